#if !SQLite
public import CalendarCore

/// The stores in one SQLite file, which are built with the trait `SQLite` only.
@available(
    *,
    unavailable,
    message: """
        Enable the trait SQLite where your package depends on swift-calendar: .package(…, traits: ["SQLite"])
        """
)
public struct SQLiteStore {
    /// Not available without the trait.
    public init(at path: String, sealing: SecretSealing) throws {}

    /// Not available without the trait.
    public init(unsealedAt path: String) throws {}
}
#endif
