public import Foundation

/// How the mirror of one calendar is doing (requirement M-15).
public struct CalendarStatus: Hashable, Sendable {
    /// The calendar.
    public let calendar: CalendarID
    /// When the last round finished; nil before the first.
    public let syncedAt: Date?
    /// Whether a round is under way or was interrupted, so that the next sync goes on from there.
    public let isUnfinished: Bool
    /// Writes that are still to be sent.
    public let waiting: Int
    /// Events and writes with a recorded fault that nobody ignores.
    public let issues: Int
    /// What has to be confirmed before anything is removed; nil when nothing has.
    public let quarantine: SyncQuarantine?

    /// Creates a status.
    public init(
        calendar: CalendarID,
        syncedAt: Date?,
        isUnfinished: Bool,
        waiting: Int,
        issues: Int,
        quarantine: SyncQuarantine?
    ) {
        self.calendar = calendar
        self.syncedAt = syncedAt
        self.isUnfinished = isUnfinished
        self.waiting = waiting
        self.issues = issues
        self.quarantine = quarantine
    }
}

extension ActingCalendars {
    /// How the mirrors of a connection's calendars are doing, in the order in which they were selected.
    ///
    /// - Parameter connection: The connection.
    /// - Returns: A status per calendar that is read or written; empty before the first sync.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to view it.
    public func status(of connection: ConnectionID) async throws -> [CalendarStatus] {
        let connection = try await self.connection(connection, for: .view)
        var found: [CalendarStatus] = []
        for calendar in connection.selection.mirrored {
            let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
            let events = service.storage.events
            let state = try await events.snapshot(SnapshotRequest(calendar: key)).state
            found.append(
                CalendarStatus(
                    calendar: calendar,
                    syncedAt: state?.syncedAt,
                    isUnfinished: state.map { $0.resumePoint != nil || $0.isSweepPending } ?? false,
                    waiting: try await events.pendingOperations(in: key).count,
                    issues: try await events.issues(in: key).count { !$0.isIgnored },
                    quarantine: state?.quarantine
                )
            )
        }
        return found
    }
}
