#if SQLite
public import CalendarCore
public import Foundation

extension SQLiteStore: EventRepository {
    /// What is stored about some events of a calendar.
    public func snapshot(_ request: SnapshotRequest) async throws -> CalendarSnapshot {
        try read { try EventTables(database: $0).snapshot(request) }
    }

    /// Links of a calendar that were not listed in or after a full round.
    public func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) async throws -> [EventLink] {
        try read {
            try EventTables(database: $0).links(in: calendar, notListedSince: epoch, after: event, limit: limit)
        }
    }

    /// One record; nil when there is none.
    public func record(_ id: RecordID, tenant: TenantID) async throws -> EventRecord? {
        try read { try EventTables(database: $0).record(id, tenant: tenant) }
    }

    /// The links of a record.
    public func links(of record: RecordID, tenant: TenantID) async throws -> [EventLink] {
        try read { try EventTables(database: $0).links(of: record, tenant: tenant) }
    }

    /// The records that may fall into a span of time.
    public func records(_ query: RecordQuery) async throws -> [EventRecord] {
        try read { database in
            let tables = EventTables(database: database)
            guard let tenant = try tables.number(of: query.tenant) else { return [] }
            var search = RecordSearch(database, tenant: tenant, from: query.start, to: query.end)
            guard let calendars = query.calendars else {
                try search.addAll()
                return try search.records()
            }
            for calendar in calendars where calendar.tenant == query.tenant {
                guard let calendar = try tables.number(of: calendar) else { continue }
                try search.addLinked(in: calendar)
                try search.addUnsent(to: calendar)
            }
            for owner in query.owners { try search.addOwned(by: owner) }
            return try search.records()
        }
    }

    /// The calendars of which anything is stored.
    public func calendars(of tenant: TenantID) async throws -> [CalendarKey] {
        try read { try EventTables(database: $0).calendars(of: tenant) }
    }

    /// Every record of a tenant, ordered by id.
    public func records(of tenant: TenantID, after id: RecordID?, limit: Int) async throws -> [EventRecord] {
        try read { try EventTables(database: $0).records(of: tenant, after: id, limit: limit) }
    }

    /// The operations of a calendar that are not settled.
    public func operations(in calendar: CalendarKey) async throws -> [OutboxOperation] {
        try read { try EventTables(database: $0).operations(in: calendar) }
    }

    /// The recorded issues of a calendar.
    public func issues(in calendar: CalendarKey) async throws -> [SyncIssue] {
        try read { try EventTables(database: $0).issues(in: calendar) }
    }

    /// The recorded conflicts of a calendar.
    public func conflicts(in calendar: CalendarKey) async throws -> [SyncConflict] {
        try read { try EventTables(database: $0).conflicts(in: calendar) }
    }

    /// What changed in a tenant after a number.
    public func changes(of tenant: TenantID, after number: Int, limit: Int) async throws -> [SequencedChange] {
        try read { try EventTables(database: $0).changes(of: tenant, after: number, limit: limit) }
    }

    /// Takes the right to change a calendar's mirror.
    public func acquireLease(
        on calendar: CalendarKey,
        now: Date,
        lasting seconds: Double
    ) async throws -> CalendarLease? {
        try write { try EventTables(database: $0).acquireLease(on: calendar, now: now, lasting: seconds) }
    }

    /// Gives a lease back.
    public func release(_ lease: CalendarLease, on calendar: CalendarKey) async throws {
        try write { try EventTables(database: $0).release(lease, on: calendar) }
    }

    /// Stores a commit as a whole.
    public func commit(_ commit: RepositoryCommit) async throws {
        try commit.validate()
        try write { database in
            var writer = try CommitWriter(database, tenant: commit.tenant)
            try writer.store(commit)
        }
    }

    /// Erases everything of a tenant, or of some of its connections, from the file and its journal.
    ///
    /// - Throws: `CalendarError` with the code `storage`; `busy` when another process reads or writes for too long. Then
    ///   nothing is erased, or what was erased is still in the journal: doing it again completes it.
    public func erase(_ erasure: EventErasure) async throws {
        try write { database in
            guard var eraser = try EventEraser(database, tenant: erasure.tenant) else { return }
            try eraser.erase(erasure)
        }
        try emptyJournal()
    }
}
#endif
