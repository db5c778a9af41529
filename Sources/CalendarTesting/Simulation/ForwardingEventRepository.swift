package import CalendarCore
package import Foundation

/// An event repository in front of another one: what a conforming type does not do itself, the other one does.
package protocol ForwardingEventRepository: EventRepository {
    /// The repository behind.
    var next: any EventRepository { get }
}

extension ForwardingEventRepository {
    package func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        try await next.snapshot(request)
    }

    package func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        try await next.links(in: calendar, notListedSince: epoch, after: event, limit: limit)
    }

    package func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        try await next.record(id, tenant: tenant)
    }

    package func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        try await next.links(of: record, tenant: tenant)
    }

    package func records(_ query: RecordQuery) async throws -> [EventRecord] { try await next.records(query) }

    package func calendars(of tenant: TenantID) async throws -> [CalendarKey] {
        try await next.calendars(of: tenant)
    }

    package func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord] {
        try await next.records(of: tenant, after: id, limit: limit)
    }

    package func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        try await next.operations(in: calendar)
    }

    package func issues(in calendar: CalendarKey) async throws -> [SyncIssue] { try await next.issues(in: calendar) }

    package func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        try await next.conflicts(in: calendar)
    }

    package func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        try await next.changes(of: tenant, after: number, limit: limit)
    }

    package func acquireLease(
        on calendar: CalendarKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> CalendarLease? {
        try await next.acquireLease(on: calendar, now: now, lasting: seconds)
    }

    package func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        try await next.release(lease, on: calendar)
    }

    package func commit(_ commit: RepositoryCommit) async throws { try await next.commit(commit) }

    package func erase(_ erasure: EventErasure) async throws { try await next.erase(erasure) }
}
