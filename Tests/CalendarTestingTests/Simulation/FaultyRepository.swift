import CalendarCore
import Foundation

/// An event repository that makes one of the mistakes.
struct FaultyRepository: EventRepository {
    let next: any EventRepository
    let fault: EngineFault
    private let count = CallCount()

    init(_ next: any EventRepository, _ fault: EngineFault) {
        (self.next, self.fault) = (next, fault)
    }

    func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        try await next.snapshot(request)
    }

    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        guard fault != .noSweep else { return [] }
        return try await next.links(in: calendar, notListedSince: epoch, after: event, limit: limit)
    }

    func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        try await next.record(id, tenant: tenant)
    }

    func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        try await next.links(of: record, tenant: tenant)
    }

    func records(_ query: RecordQuery) async throws -> [EventRecord] { try await next.records(query) }

    func pendingOperations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        try await next.pendingOperations(in: calendar)
    }

    func issues(in calendar: CalendarKey) async throws -> [SyncIssue] { try await next.issues(in: calendar) }

    func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        try await next.changes(of: tenant, after: number, limit: limit)
    }

    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease? {
        try await next.acquireLease(on: calendar, now: now, lasting: seconds)
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        try await next.release(lease, on: calendar)
    }

    func commit(_ commit: RepositoryCommit) async throws {
        var commit = commit
        switch fault {
        case .cursorBeforePage where commit.state?.cursor != nil && !commit.links.isEmpty && count.next() % 3 == 0:
            var cursorOnly = RepositoryCommit(tenant: commit.tenant)
            cursorOnly.state = commit.state
            cursorOnly.lease = commit.lease
            try await next.commit(cursorOnly)
            throw CalendarError(.unavailable, "The disk is gone for a moment.")
        case .forgottenBase:
            if !commit.removedOperations.isEmpty { commit.links = [] }
        case .unjournalledEdits where commit.state == nil && count.next() % 3 == 0: commit.operations = []
        case .unsettledWrites: commit.removedOperations = []
        default: break
        }
        try await next.commit(commit)
    }
}
