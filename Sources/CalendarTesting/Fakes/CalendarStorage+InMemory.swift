public import CalendarCore

extension CalendarStorage {
    /// Fresh in-memory stores for events, connections and tokens.
    public static func inMemory() -> CalendarStorage {
        CalendarStorage(
            events: InMemoryEventRepository(),
            connections: InMemoryConnectionRepository(),
            tokens: InMemoryTokenStore()
        )
    }
}
