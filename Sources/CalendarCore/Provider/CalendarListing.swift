/// What an account's list of calendars says, whole or since an earlier look.
public struct CalendarListing: Hashable, Sendable {
    /// The calendars that are there; with an incomplete listing, only those that are new or changed.
    public let calendars: [RemoteCalendar]
    /// The calendars that are gone or hidden since the earlier look; empty in a complete listing.
    public let removed: [CalendarID]
    /// Whether ``calendars`` is the whole list, so that one it does not name is gone.
    public let isComplete: Bool
    /// Where the next look goes on; nil when the service can only list everything.
    public let cursor: SyncCursor?

    /// Creates a listing.
    public init(
        calendars: [RemoteCalendar],
        removed: [CalendarID] = [],
        isComplete: Bool,
        cursor: SyncCursor?
    ) {
        self.calendars = calendars
        self.removed = removed
        self.isComplete = isComplete
        self.cursor = cursor
    }
}
