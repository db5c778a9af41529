public import CalendarCore
import Foundation

/// The promises of `EventRepository`, one check each.
public enum EventRepositoryConformance {
    /// A check of an event repository.
    public typealias Check = ConformanceCheck<any EventRepository>

    /// Every check.
    public static let all: [Check] = [
        commits, atomicity, races, removals, fidelity, tenants, sharedIDs, leases, fencing, queries, spans, snapshots,
        completeness, listing, erasure,
    ].flatMap(\.self)

    static let start = Date(timeIntervalSince1970: 1_772_442_000)
    static let calendar = CalendarKey(tenant: "acme", connection: "c1", calendar: "main")

    static func content(_ title: String, hours: Double = 0) -> EventContent {
        EventContent(
            title: title,
            start: .zoned(ZonedDateTime(start.addingTimeInterval(hours * 3600), in: .utc)),
            end: .zoned(ZonedDateTime(start.addingTimeInterval(hours * 3600 + 3600), in: .utc))
        )
    }

    static func record(_ id: RecordID, tenant: TenantID = "acme", hours: Double = 0) -> EventRecord {
        EventRecord(
            id: id,
            tenant: tenant,
            role: .single,
            content: content("Title of \(id)", hours: hours),
            direction: .inbound,
            iCalUID: "\(id)@example.com",
            updatedAt: start
        )
    }

    static func link(
        _ event: RemoteEventID,
        record: RecordID,
        in calendar: CalendarKey = calendar,
        role: RemoteEvent.Role = .single,
        epoch: Int = 1
    ) -> EventLink {
        EventLink(
            calendar: calendar,
            event: event,
            record: record,
            role: role,
            etag: "1",
            base: content("Title of \(record)"),
            syncedRevision: 0,
            isPrimary: true,
            isOrganizer: true,
            epoch: epoch,
            syncedAt: start
        )
    }

    static func operation(
        _ id: OperationID,
        record: RecordID,
        in calendar: CalendarKey = calendar,
        age: Double = 0
    ) -> OutboxOperation {
        OutboxOperation(
            id: id,
            calendar: calendar,
            record: record,
            action: .create,
            generation: 1,
            content: content("Title of \(record)"),
            localRevision: 1,
            invitations: .silent,
            createdAt: start.addingTimeInterval(-age)
        )
    }

    static func conflict(
        _ id: ConflictID,
        in calendar: CalendarKey = calendar,
        age: Double = 0
    ) -> SyncConflict {
        SyncConflict(
            id: id,
            calendar: calendar,
            event: "e1",
            record: "r1",
            kind: .edits,
            fields: [.title],
            base: content("Base"),
            local: content("Local"),
            remote: content("Remote"),
            kept: .remote,
            isOpen: true,
            at: start.addingTimeInterval(-age)
        )
    }

    static func change(_ id: RecordID) -> RecordChange {
        RecordChange(
            record: id,
            kind: .updated,
            reason: .remoteEdit,
            fields: [.title],
            calendar: calendar,
            activity: nil,
            at: start
        )
    }

    /// A commit with one event: its record, its link and the calendar's state.
    static func commit(_ event: RemoteEventID, record id: RecordID, revision: Int = 0) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: "acme")
        var state = CalendarSyncState(calendar: calendar)
        state.revision = revision
        state.cursor = SyncCursor("cursor of \(event)")
        commit.state = state
        commit.records = [.init(record(id), expecting: nil)]
        commit.links = [link(event, record: id)]
        return commit
    }
}

extension OutboxOperation {
    /// The operation as it was before it was stored.
    var unrevised: OutboxOperation {
        var operation = self
        operation.revision = 0
        return operation
    }
}
