#if SQLite
import CalendarCore
import Foundation
import GRDB

/// What an event repository keeps, within one transaction.
struct EventTables {
    let database: Database
}

extension EventTables {
    /// The number of a tenant; nil when nothing of it was ever stored.
    func number(of tenant: TenantID) throws -> Int64? {
        try database.integer("SELECT id FROM tenants WHERE tenant = ?", [tenant.column])
    }

    /// The number of a tenant, a new one when it has none.
    func assuredNumber(of tenant: TenantID) throws -> Int64 {
        if let number = try number(of: tenant) { return number }
        try database.run("INSERT INTO tenants (tenant) VALUES (?)", [tenant.column])
        return database.lastInsertedRowID
    }

    /// The number of a calendar; nil when nothing of it was ever stored.
    func number(of calendar: CalendarKey) throws -> Int64? {
        try database.integer(
            """
            SELECT c.id FROM tenants AS t CROSS JOIN calendars AS c ON c.tenant = t.id
            WHERE t.tenant = ? AND c.connection = ? AND c.calendar = ?
            """,
            [calendar.tenant.column, calendar.connection.column, calendar.calendar.column]
        )
    }

    /// The number of a calendar, a new one when it has none.
    func assuredNumber(of calendar: CalendarKey) throws -> Int64 {
        if let number = try number(of: calendar) { return number }
        try database.run(
            """
            INSERT INTO calendars (tenant, connection, calendar, fencing_number)
            SELECT id, ?, ?, last_fence FROM tenants WHERE id = ?
            """,
            [calendar.connection.column, calendar.calendar.column, assuredNumber(of: calendar.tenant)]
        )
        return database.lastInsertedRowID
    }
}

extension EventTables {
    func record(_ id: RecordID, tenant: TenantID) throws -> EventRecord? {
        guard let tenant = try number(of: tenant) else { return nil }
        return try database.value(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND record = ?",
            [tenant, id.column]
        )
    }

    func links(of record: RecordID, tenant: TenantID) throws -> [EventLink] {
        guard let tenant = try number(of: tenant) else { return [] }
        return try links(of: [record], tenant: tenant, besides: nil)
    }

    /// The links of some records in all calendars but one, each record's ordered by calendar, then event.
    func links(of records: Set<RecordID>, tenant: Int64, besides calendar: Int64?) throws -> [EventLink] {
        try database.values(
            EventLink.self,
            """
            SELECT l.value FROM links AS l JOIN calendars AS c ON c.id = l.calendar
            WHERE l.tenant = ? AND l.calendar IS NOT ? AND l.record IN (\(Database.several))
            ORDER BY c.connection, c.calendar, l.event
            """,
            [tenant, calendar],
            oneOf: records.map(\.column)
        )
    }

    func links(
        in calendar: CalendarKey,
        notListedSince epoch: Int,
        after event: RemoteEventID?,
        limit: Int
    ) throws -> [EventLink] {
        guard limit > 0, let calendar = try number(of: calendar) else { return [] }
        // Few rounds are behind the links of a calendar: one walk along the index for each, and the answer is all
        // that is read.
        let isBehind = event == nil ? "event >= ?" : "event > ?"
        var found: [EventLink] = []
        var round = Int64(epoch)
        while let earlier = try database.integer(
            "SELECT max(epoch) FROM links WHERE calendar = ? AND epoch < ?",
            [calendar, round]
        ) {
            round = earlier
            found += try database.values(
                EventLink.self,
                """
                SELECT value FROM links WHERE calendar = ? AND epoch = ? AND \(isBehind)
                ORDER BY event LIMIT ?
                """,
                [calendar, round, event?.column ?? "".databaseValue, limit]
            )
        }
        return Array(found.sorted { $0.event.isBytewiseBefore($1.event) }.prefix(limit))
    }

    func calendars(of tenant: TenantID) throws -> [CalendarKey] {
        guard let number = try number(of: tenant) else { return [] }
        return try database.rows(
            """
            SELECT connection, calendar FROM calendars AS c WHERE tenant = ? AND (
                value IS NOT NULL
                OR EXISTS (SELECT 1 FROM links WHERE calendar = c.id)
                OR EXISTS (SELECT 1 FROM operations WHERE calendar = c.id)
                OR EXISTS (SELECT 1 FROM conflicts WHERE calendar = c.id)
            )
            """,
            [number]
        )
        .map { row in
            // Values, not texts: a text with a zero in it is kept as bytes, which SQLite orders behind every text.
            guard let connection = String.fromDatabaseValue(row[0]), let calendar = String.fromDatabaseValue(row[1])
            else { throw SQLiteFailure.corrupt.error }
            return CalendarKey(tenant: tenant, connection: ConnectionID(connection), calendar: CalendarID(calendar))
        }
        .sorted {
            $0.connection == $1.connection
                ? $0.calendar.isBytewiseBefore($1.calendar) : $0.connection.isBytewiseBefore($1.connection)
        }
    }

    func records(of tenant: TenantID, after id: RecordID?, limit: Int) throws -> [EventRecord] {
        guard limit > 0, let tenant = try number(of: tenant) else { return [] }
        let isBehind = id == nil ? "record >= ?" : "record > ?"
        return try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND \(isBehind) ORDER BY record LIMIT ?",
            [tenant, id?.column ?? "".databaseValue, limit]
        )
    }

    func operations(in calendar: CalendarKey) throws -> [OutboxOperation] {
        guard let calendar = try number(of: calendar) else { return [] }
        return try database.values(
            OutboxOperation.self,
            "SELECT value FROM operations WHERE calendar = ? ORDER BY created_at, operation",
            [calendar]
        )
    }

    func issues(in calendar: CalendarKey) throws -> [SyncIssue] {
        guard let calendar = try number(of: calendar) else { return [] }
        return try database.values(
            SyncIssue.self,
            "SELECT value FROM issues WHERE calendar = ? ORDER BY event, code, id",
            [calendar]
        )
    }

    func conflicts(in calendar: CalendarKey) throws -> [SyncConflict] {
        guard let calendar = try number(of: calendar) else { return [] }
        return try database.values(
            SyncConflict.self,
            "SELECT value FROM conflicts WHERE calendar = ? ORDER BY at, conflict",
            [calendar]
        )
    }

    func changes(of tenant: TenantID, after number: Int, limit: Int) throws -> [SequencedChange] {
        guard limit > 0, let tenant = try self.number(of: tenant) else { return [] }
        return try database.rows(
            "SELECT number, value FROM changes WHERE tenant = ? AND number > ? ORDER BY number LIMIT ?",
            [tenant, number, limit]
        )
        .map { SequencedChange(number: $0[0], change: try RowCoding.decode(RecordChange.self, $0[1])) }
    }
}

extension EventTables {
    func acquireLease(on calendar: CalendarKey, now: Date, lasting seconds: Double) throws -> CalendarLease? {
        let calendar = try assuredNumber(of: calendar)
        let expiresAt = now.addingTimeInterval(seconds)
        let isGiven = try database.run(
            """
            UPDATE calendars SET fencing_number = fencing_number + 1, held_until = ?
            WHERE id = ? AND (held_until IS NULL OR held_until <= ?)
            """,
            [expiresAt.millisecondsSinceEpoch, calendar, now.millisecondsSinceEpoch]
        )
        guard isGiven > 0, let number = try fencingNumber(of: calendar) else { return nil }
        return CalendarLease(fencingNumber: Int(number), expiresAt: expiresAt)
    }

    func release(_ lease: CalendarLease, on calendar: CalendarKey) throws {
        guard let calendar = try number(of: calendar) else { return }
        try database.run(
            "UPDATE calendars SET held_until = NULL WHERE id = ? AND fencing_number = ?",
            [calendar, lease.fencingNumber]
        )
    }

    /// The fencing number of a calendar's newest lease, 0 before the first one.
    func fencingNumber(of calendar: Int64) throws -> Int64? {
        try database.integer("SELECT fencing_number FROM calendars WHERE id = ?", [calendar])
    }
}

extension Identifier {
    /// Whether the identifier comes first, compared as SQLite does.
    func isBytewiseBefore(_ other: Self) -> Bool {
        rawValue.utf8.lexicographicallyPrecedes(other.rawValue.utf8)
    }
}
#endif
