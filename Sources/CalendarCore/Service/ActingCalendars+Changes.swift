/// A part of the change feed, and where to go on.
public struct RecordChangePage: Hashable, Sendable {
    /// The changes the caller may see, oldest first.
    public let changes: [SequencedChange]
    /// The number to pass next; the same as before when nothing is new.
    public let next: Int

    /// Creates a page.
    public init(changes: [SequencedChange], next: Int) {
        self.changes = changes
        self.next = next
    }
}

extension ActingCalendars {
    /// What changed in the host's events since a number, so that screens, activities and caches follow (M-42).
    ///
    /// Every change is told once, in the order in which it was stored, together with the commit that made it: a crash
    /// neither loses nor repeats one. Store ``RecordChangePage/next`` after the changes were worked off, and pass it with
    /// the next call. Costs one read, in proportion to `limit`.
    ///
    /// - Parameters:
    ///   - number: The last `next`; 0 begins with the oldest change.
    ///   - limit: How many changes are looked at, those of others' calendars included.
    /// - Returns: The changes of calendars that the caller may view, and the next number.
    /// - Throws: `permissionDenied` without the permission to view; `invalidArgument` for a limit below 1.
    public func changes(after number: Int = 0, limit: Int = 500) async throws -> RecordChangePage {
        guard limit > 0 else { throw CalendarError.invalidArgument("limit", "At least one change must be asked for.") }
        try service.policy.require(.view, for: principal)
        let found = try await service.storage.events.changes(of: principal.tenant, after: number, limit: limit)
        let own = Set(try await viewableConnections().map(\.key.connection))
        return RecordChangePage(
            changes: found.filter { entry in entry.change.calendar.map { own.contains($0.connection) } ?? false },
            next: found.last?.number ?? number
        )
    }
}
