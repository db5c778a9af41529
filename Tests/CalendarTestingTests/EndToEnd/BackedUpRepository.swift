import CalendarCore
import Foundation
import Synchronization

/// A repository that keeps a copy of itself until the copying ends, which is then a backup from that moment.
final class BackedUpRepository: EventRepository {
    private let next: any EventRepository
    private let backup: any EventRepository
    private let isCopying = Mutex(true)

    init(_ next: any EventRepository, backup: any EventRepository) {
        (self.next, self.backup) = (next, backup)
    }

    /// Ends the copying: what follows is lost when the backup is restored.
    func endCopying() {
        isCopying.withLock { $0 = false }
    }

    func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot { try await next.snapshot(request) }

    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        try await next.links(in: calendar, notListedSince: epoch, after: event, limit: limit)
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
        if isCopying.withLock(\.self) {
            _ = try await backup.acquireLease(on: calendar, now: now, lasting: seconds)
        }
        return try await next.acquireLease(on: calendar, now: now, lasting: seconds)
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        if isCopying.withLock(\.self) { try await backup.release(lease, on: calendar) }
        try await next.release(lease, on: calendar)
    }

    func commit(_ commit: RepositoryCommit) async throws {
        try await next.commit(commit)
        if isCopying.withLock(\.self) { try await backup.commit(commit) }
    }
}
