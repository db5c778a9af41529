public import CalendarCore
public import Foundation
import Synchronization

/// An event repository that forgets everything with the process; the first implementation of its contract.
///
/// A read costs what it answers and a commit what it changes, however much is stored: good for tests, for examples and
/// for a host that keeps its mirror in memory.
public final class InMemoryEventRepository: EventRepository {
    private let state = Mutex(StoredEvents())

    /// Creates an empty repository.
    public init() {}

    /// What is stored about some events of a calendar.
    public func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        state.withLock { $0[request.calendar.tenant].snapshot(request) }
    }

    /// Links of a calendar that were not listed in or after a full round.
    public func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        state.withLock { stored in
            stored.withCalendar(calendar) { $0.links(notListedSince: epoch, after: event, limit: limit) }
        }
    }

    /// One record.
    public func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        state.withLock { $0[tenant].records[id] }
    }

    /// The links of a record.
    public func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        state.withLock { $0[tenant].links(of: record) }
    }

    /// The records that may fall into a span of time.
    public func records(_ query: RecordQuery) async throws -> [EventRecord] {
        state.withLock { $0[query.tenant].records(query) }
    }

    /// The calendars of which anything is stored.
    public func calendars(of tenant: TenantID) async throws -> [CalendarKey] {
        state.withLock { $0[tenant].knownCalendars }
    }

    /// Every record of a tenant, ordered by id; each answer orders what is left.
    public func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord] {
        state.withLock { $0[tenant].records.page(after: id, limit: limit) }
    }

    /// The operations of a calendar that are not settled.
    public func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        state.withLock { $0[calendar.tenant].operations.operations(in: calendar) }
    }

    /// What changed in a tenant after a number.
    public func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        state.withLock { $0[tenant].changes(after: number, limit: limit) }
    }

    /// The recorded issues of a calendar.
    public func issues(in calendar: CalendarKey) async throws -> [SyncIssue] {
        state.withLock { $0[calendar.tenant].calendars[calendar]?.issues ?? [] }
    }

    /// The recorded conflicts of a calendar.
    public func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        state.withLock { $0[calendar.tenant].conflicts.conflicts(in: calendar) }
    }

    /// Takes the right to change a calendar's mirror.
    public func acquireLease(
        on calendar: CalendarKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> CalendarLease? {
        state.withLock { stored in stored.withCalendar(calendar) { $0.acquireLease(now: now, lasting: seconds) } }
    }

    /// Gives a lease back.
    public func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        state.withLock { stored in stored.withCalendar(calendar) { $0.release(lease) } }
    }

    /// Stores a commit as a whole.
    public func commit(_ commit: RepositoryCommit) async throws {
        try state.withLock { try $0.apply(commit) }
    }

    /// Erases everything of a tenant, or of some of its connections.
    public func erase(_ erasure: EventErasure) async throws {
        state.withLock { $0.erase(erasure) }
    }
}
