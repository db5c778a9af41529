#if SQLite
import CalendarCore
import GRDB

/// Erases events within one transaction; SQLite overwrites what is deleted, because `secure_delete` is on.
struct EventEraser {
    private let database: Database
    private let tenant: Int64
    private var concerned: [DatabaseValue] = []
    private var removed: Set<DatabaseValue> = []

    /// Prepares an erasure; nil for a tenant of which nothing was ever stored.
    init?(_ database: Database, tenant: TenantID) throws {
        guard let number = try EventTables(database: database).number(of: tenant) else { return nil }
        self.database = database
        self.tenant = number
    }

    mutating func erase(_ erasure: EventErasure) throws {
        switch erasure {
        case .tenant:
            try eraseCalendars(try database.integers("SELECT id FROM calendars WHERE tenant = ?", [tenant]))
            for table in ["records", "changes"] {
                try database.run("DELETE FROM \(table) WHERE tenant = ?", [tenant])
            }
        case .connections(let connections, of: _, let user):
            let owner = user.map { Connection.Owner.user($0) }
            for connection in connections { try noteRecords(of: connection) }
            if let owner {
                try note("SELECT record FROM records WHERE tenant = ? AND owner = ?", [tenant, owner.column])
            }
            for connection in connections { try eraseCalendars(calendars(of: connection)) }
            try eraseRecords(ownedBy: owner)
            try eraseChanges(of: connections)
        }
    }

    private func calendars(of connection: ConnectionID) throws -> [Int64] {
        try database.integers(
            "SELECT id FROM calendars WHERE tenant = ? AND connection = ?",
            [tenant, connection.column]
        )
    }

    private mutating func note(_ sql: String, _ arguments: StatementArguments) throws {
        concerned += try database.rows(sql, arguments).map { $0[0] }
    }

    private mutating func noteRecords(of connection: ConnectionID) throws {
        for calendar in try calendars(of: connection) {
            for table in ["links", "operations"] {
                try note("SELECT DISTINCT record FROM \(table) WHERE calendar = ?", [calendar])
            }
        }
    }

    /// Erases calendars with all that is theirs; no lease gets one of their fencing numbers again.
    private func eraseCalendars(_ calendars: [Int64]) throws {
        for calendar in calendars {
            for table in ["links", "operations", "issues", "conflicts"] {
                try database.run("DELETE FROM \(table) WHERE calendar = ?", [calendar])
            }
            // One more than any: a calendar's row begins with this number, and a commit under an equal one is let through.
            try database.run(
                """
                UPDATE tenants SET last_fence =
                    max(last_fence, 1 + (SELECT fencing_number FROM calendars WHERE id = ?)) WHERE id = ?
                """,
                [calendar, tenant]
            )
            try database.run("DELETE FROM calendars WHERE id = ?", [calendar])
        }
    }

    /// Erases the concerned records that no calendar has any more, with their exceptions; the others lose that owner.
    private mutating func eraseRecords(ownedBy owner: Connection.Owner?) throws {
        while let record = concerned.popLast() {
            let isShared = try database.integer(
                """
                SELECT EXISTS (SELECT 1 FROM links WHERE tenant = ? AND record = ?)
                    OR EXISTS (SELECT 1 FROM operations WHERE tenant = ? AND record = ?)
                """,
                [tenant, record, tenant, record]
            )
            if isShared == 1 {
                if let owner { try takeOwner(owner, from: record) }
            } else if try database.run("DELETE FROM records WHERE tenant = ? AND record = ?", [tenant, record]) == 1 {
                removed.insert(record)
                try note("SELECT record FROM records WHERE tenant = ? AND series = ?", [tenant, record])
            }
        }
    }

    private func takeOwner(_ owner: Connection.Owner, from name: DatabaseValue) throws {
        let stored = try database.value(
            EventRecord.self,
            "SELECT value FROM records WHERE tenant = ? AND record = ? AND owner = ?",
            [tenant, name, owner.column]
        )
        guard var record = stored else { return }
        record.owner = nil
        record.revision += 1
        try database.run(
            "UPDATE records SET owner = NULL, revision = ?, value = ? WHERE tenant = ? AND record = ?",
            [record.revision, try RowCoding.encode(record), tenant, name]
        )
    }

    private func eraseChanges(of connections: Set<ConnectionID>) throws {
        let numbered = try Row.fetchCursor(
            database,
            sql: "SELECT number, value FROM changes WHERE tenant = ?",
            arguments: [tenant]
        )
        var numbers: [Int64] = []
        while let row = try numbered.next() {
            let change = try RowCoding.decode(RecordChange.self, row[1])
            let isOfConnection = change.calendar.map { connections.contains($0.connection) } ?? false
            if isOfConnection || removed.contains(change.record.column) { numbers.append(row[0]) }
        }
        for number in numbers {
            try database.run("DELETE FROM changes WHERE tenant = ? AND number = ?", [tenant, number])
        }
    }
}
#endif
