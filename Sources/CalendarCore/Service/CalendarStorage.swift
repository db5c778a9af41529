/// The stores a host injects: events, connections and tokens, which may be one store or three.
public struct CalendarStorage: Sendable {
    /// Records, links, cursors and the outbox.
    public let events: any EventRepository
    /// Connections and attempts to make them.
    public let connections: any ConnectionRepository
    /// Tokens.
    public let tokens: any TokenStore

    /// Combines three stores.
    public init(events: any EventRepository, connections: any ConnectionRepository, tokens: any TokenStore) {
        self.events = events
        self.connections = connections
        self.tokens = tokens
    }

    /// Uses one store for everything.
    public init(_ store: some EventRepository & ConnectionRepository & TokenStore) {
        self.init(events: store, connections: store, tokens: store)
    }
}
