import CalendarCore
import Foundation
import Synchronization

/// Keeps where a calendar's feed stands and forgets its events, so that what is measured is the engine's own memory.
final class ForgettingRepository: EventRepository {
    private let state = Mutex<CalendarSyncState?>(nil)

    func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        CalendarSnapshot(state: state.withLock { $0 }, links: [:], records: [:], otherLinks: [:], operations: [:])
    }

    func commit(_ commit: RepositoryCommit) async throws {
        state.withLock { state in
            state = commit.state
            state?.revision += 1
        }
    }

    func erase(_ erasure: EventErasure) async throws {
        state.withLock { $0 = nil }
    }

    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) async throws -> CalendarLease? {
        CalendarLease(fencingNumber: 1, expiresAt: now.addingTimeInterval(seconds))
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {}

    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] { [] }

    func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? { nil }

    func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] { [] }

    func records(_ query: RecordQuery) async throws -> [EventRecord] { [] }

    func calendars(of tenant: TenantID) async throws -> [CalendarKey] { [] }

    func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord] { [] }

    func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] { [] }

    func issues(in calendar: CalendarKey) async throws -> [SyncIssue] { [] }

    func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] { [] }

    func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] { [] }
}
