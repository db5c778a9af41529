public import CalendarCore
public import Foundation
import Synchronization

/// An event repository that forgets everything with the process; the first implementation of its contract.
///
/// Reads cost time in proportion to the whole store: it is for tests and examples.
public final class InMemoryEventRepository: EventRepository {
    private let state = Mutex(StoredEvents())

    /// Creates an empty repository.
    public init() {}

    /// What is stored about some events of a calendar.
    public func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        state.withLock { $0.snapshot(request) }
    }

    /// Links of a calendar that were not listed in or after a full round.
    public func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        state.withLock { stored in
            let stale = stored.links.values.filter { link in
                link.calendar == calendar && link.epoch < epoch && (event.map { link.event > $0 } ?? true)
            }
            return Array(stale.sorted { $0.event < $1.event }.prefix(limit))
        }
    }

    /// One record.
    public func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        state.withLock { $0.records[.init(tenant: tenant, id: id)] }
    }

    /// The links of a record.
    public func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        state.withLock { $0.links(of: record, tenant: tenant) }
    }

    /// The records that may fall into a span of time.
    public func records(_ query: RecordQuery) async throws -> [EventRecord] {
        state.withLock { $0.records(query) }
    }

    /// The operations of a calendar that are not settled.
    public func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        state.withLock { stored in
            stored.operations.values
                .filter { $0.calendar == calendar }
                .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
        }
    }

    /// What changed in a tenant after a number.
    public func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        state.withLock { $0.changes(of: tenant, after: number, limit: limit) }
    }

    /// The recorded issues of a calendar.
    public func issues(in calendar: CalendarKey) async throws -> [SyncIssue] {
        state.withLock { stored in
            (stored.issues[calendar] ?? []).sorted {
                ($0.event?.rawValue ?? "", $0.code.rawValue) < ($1.event?.rawValue ?? "", $1.code.rawValue)
            }
        }
    }

    /// The recorded conflicts of a calendar.
    public func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        state.withLock { stored in
            (stored.conflicts[calendar.tenant] ?? [:]).values
                .filter { $0.calendar == calendar }
                .sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        }
    }

    /// Takes the right to change a calendar's mirror.
    public func acquireLease(
        on calendar: CalendarKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> CalendarLease? {
        state.withLock { stored in
            let previous = stored.leases[calendar]
            if let previous, previous.isHeld, previous.lease.expiresAt > now { return nil }
            let lease = CalendarLease(
                fencingNumber: (previous?.lease.fencingNumber ?? 0) + 1,
                expiresAt: now.addingTimeInterval(seconds)
            )
            stored.leases[calendar] = .init(lease: lease, isHeld: true)
            return lease
        }
    }

    /// Gives a lease back.
    public func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        state.withLock { stored in
            guard stored.leases[calendar]?.lease.fencingNumber == lease.fencingNumber else { return }
            stored.leases[calendar]?.isHeld = false
        }
    }

    /// Stores a commit as a whole.
    public func commit(_ commit: RepositoryCommit) async throws {
        try state.withLock { stored in
            var copy = stored
            try copy.apply(commit)
            stored = copy
        }
    }
}
