#if SQLite
import CalendarCore
import GRDB

/// Stores one commit, statement by statement; the transaction around it makes it a whole.
///
/// A version is compared by the statement that replaces it: what changes no row was made on another version.
struct CommitWriter {
    let tables: EventTables
    let tenant: Int64
    private var calendars: [CalendarKey: Int64] = [:]
    private var spans: [RecordID: EventSpan] = [:]
    private var newRecords: RowStatement
    private var changedRecords: RowStatement
    var links: RowStatement

    var database: Database { tables.database }

    init(_ database: Database, tenant: TenantID) throws {
        tables = EventTables(database: database)
        self.tenant = try tables.assuredNumber(of: tenant)
        newRecords = try RowStatement(
            database,
            """
            INSERT INTO records (revision, ical_uid, series, owner, length, starts, ends, value, tenant, record)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """
        )
        changedRecords = try RowStatement(
            database,
            """
            UPDATE records SET revision = ?, ical_uid = ?, series = ?, owner = ?,
                length = ?, starts = ?, ends = ?, value = ?
            WHERE tenant = ? AND record = ? AND revision = ?
            """
        )
        links = try RowStatement(
            database,
            """
            INSERT INTO links (tenant, calendar, event, record, series, epoch, length, starts, ends, value)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (calendar, event) DO UPDATE SET record = excluded.record, series = excluded.series,
                epoch = excluded.epoch, length = excluded.length, starts = excluded.starts, ends = excluded.ends,
                value = excluded.value
            """
        )
    }

    mutating func store(_ commit: RepositoryCommit) throws {
        if let state = commit.state { try store(state, under: commit.lease) }
        for write in commit.records { try store(write) }
        for (id, revision) in commit.removedRecords { try removeRecord(id, expecting: revision) }
        try tellSpans(of: commit.records.map(\.record.id) + commit.removedRecords.keys)
        for link in commit.links { try store(link) }
        for key in commit.removedLinks { try remove(key) }
        for operation in commit.operations { try store(operation) }
        for (id, revision) in commit.removedOperations { try removeOperation(id, expecting: revision) }
        if let state = commit.state { try store(commit.issues, resolving: commit.resolvedIssues, in: state.calendar) }
        for conflict in commit.conflicts { try store(conflict) }
        for id in commit.removedConflicts {
            try database.run("DELETE FROM conflicts WHERE tenant = ? AND conflict = ?", [tenant, id.column])
        }
        try append(commit.changes)
    }

    /// The number of a calendar; most commits name one many times.
    mutating func number(of calendar: CalendarKey) throws -> Int64 {
        if let number = calendars[calendar] { return number }
        let number = try tables.assuredNumber(of: calendar)
        calendars[calendar] = number
        return number
    }

    /// The span of a record; nil while it is not stored.
    mutating func span(of record: RecordID) throws -> EventSpan? {
        if let span = spans[record] { return span }
        let row = try database.row(
            "SELECT length, starts, ends FROM records WHERE tenant = ? AND record = ?",
            [tenant, record.column]
        )
        guard let row else { return nil }
        let span = EventSpan(length: row[0], starts: row[1], ends: row[2])
        spans[record] = span
        return span
    }

    /// Refuses the commit unless one row was changed.
    func require(_ changed: Int, _ what: String) throws {
        guard changed == 1 else {
            throw CalendarError(.revisionConflict, "The stored \(what) is not the version the change was made on.")
        }
    }

    private mutating func store(_ state: CalendarSyncState, under lease: CalendarLease?) throws {
        let calendar = try number(of: state.calendar)
        if let lease, try tables.fencingNumber(of: calendar) != Int64(lease.fencingNumber) {
            throw CalendarError(.leaseLost, "Another worker has taken over this calendar's mirror.")
        }
        var next = state
        next.revision += 1
        let changed = try database.run(
            "UPDATE calendars SET revision = ?, value = ? WHERE id = ? AND revision = ?",
            [next.revision, RowCoding.encode(next), calendar, state.revision]
        )
        try require(changed, "calendar")
    }

    private mutating func store(_ write: RepositoryCommit.RecordWrite) throws {
        let record = write.stored
        let span = EventSpan(record)
        let changed =
            if let revision = write.expecting {
                try run(&changedRecords, record, span, Int64(revision))
            } else {
                try run(&newRecords, record, span)
            }
        try require(changed, "record")
        spans[record.id] = span
    }

    private func run(
        _ statement: inout RowStatement,
        _ record: EventRecord,
        _ span: EventSpan,
        _ earlier: Int64? = nil
    ) throws -> Int {
        statement.append(Int64(record.revision))
        statement.append(record.iCalUID)
        statement.append(record.series?.rawValue)
        statement.append(record.owner?.text)
        statement.append(span)
        statement.append(blob: try RowCoding.bytes(record))
        statement.append(tenant)
        statement.append(record.id.rawValue)
        if let earlier { statement.append(earlier) }
        return try statement.run()
    }

    private func removeRecord(_ id: RecordID, expecting revision: Int) throws {
        let changed = try database.run(
            "DELETE FROM records WHERE tenant = ? AND record = ? AND revision = ?",
            [tenant, id.column, revision]
        )
        try require(changed, "record")
    }

    /// Has the stored links and operations of records carry their spans; most of a page's new records have none yet.
    private func tellSpans(of records: [RecordID]) throws {
        let keys = records.map(\.column)
        let recordOfKey = Dictionary(zip(keys, records), uniquingKeysWith: { first, _ in first })
        for table in ["links", "operations"] {
            let named = try database.keys(
                "SELECT DISTINCT record FROM \(table) WHERE tenant = ? AND record IN (\(Database.several))",
                [tenant],
                oneOf: keys
            )
            for key in named {
                let span = recordOfKey[key].flatMap { spans[$0] }
                let columns: StatementArguments = [span?.length, span?.starts, span?.ends]
                try database.run(
                    """
                    UPDATE \(table) SET length = ?, starts = ?, ends = ? WHERE tenant = ? AND record = ?
                        AND (length IS NOT ? OR starts IS NOT ? OR ends IS NOT ?)
                    """,
                    columns + [tenant, key] + columns
                )
            }
        }
    }
}

extension RowStatement {
    /// Hands over the three values of a span.
    mutating func append(_ span: EventSpan?) {
        append(span.map { Int64($0.length) })
        append(span?.starts)
        append(span?.ends)
    }
}
#endif
