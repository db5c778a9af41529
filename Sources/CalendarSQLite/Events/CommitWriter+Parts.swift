#if SQLite
import CalendarCore
import GRDB

extension CommitWriter {
    mutating func store(_ link: EventLink) throws {
        links.append(tenant)
        links.append(try number(of: link.calendar))
        links.append(link.event.rawValue)
        links.append(link.record.rawValue)
        links.append(link.series?.rawValue)
        links.append(Int64(link.epoch))
        links.append(try span(of: link.record))
        links.append(blob: try RowCoding.bytes(link))
        _ = try links.run()
    }

    mutating func remove(_ link: RepositoryCommit.LinkKey) throws {
        try database.run(
            "DELETE FROM links WHERE calendar = ? AND event = ?",
            [try number(of: link.calendar), link.event.column]
        )
    }

    mutating func store(_ operation: OutboxOperation) throws {
        var next = operation
        next.revision += 1
        let span = try span(of: operation.record)
        let columns: StatementArguments = [
            try number(of: operation.calendar), operation.record.column, next.revision,
            operation.createdAt.millisecondsSinceEpoch, span?.length, span?.starts, span?.ends,
            try RowCoding.encode(next), tenant, operation.id.column,
        ]
        let changed =
            if operation.revision == 0 {
                try database.run(
                    """
                    INSERT INTO operations
                        (calendar, record, revision, created_at, length, starts, ends, value, tenant, operation)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    columns
                )
            } else {
                try database.run(
                    """
                    UPDATE operations SET calendar = ?, record = ?, revision = ?, created_at = ?,
                        length = ?, starts = ?, ends = ?, value = ?
                    WHERE tenant = ? AND operation = ? AND revision = ?
                    """,
                    columns + [operation.revision]
                )
            }
        try require(changed, "operation")
    }

    func removeOperation(_ id: OperationID, expecting revision: Int) throws {
        let changed = try database.run(
            "DELETE FROM operations WHERE tenant = ? AND operation = ? AND revision = ?",
            [tenant, id.column, revision]
        )
        try require(changed, "operation")
    }

    /// Ends the issues of some events, then records some, each in the place of earlier ones of its event and code.
    mutating func store(
        _ issues: [SyncIssue],
        resolving events: Set<RemoteEventID>,
        in calendar: CalendarKey
    ) throws {
        let calendar = try number(of: calendar)
        for event in events {
            try database.run("DELETE FROM issues WHERE calendar = ? AND event = ?", [calendar, event.column])
        }
        for issue in issues {
            try database.run(
                "DELETE FROM issues WHERE calendar = ? AND event IS ? AND code = ?",
                [calendar, issue.event?.column, issue.code.rawValue.column]
            )
        }
        for issue in issues {
            try database.run(
                "INSERT INTO issues (calendar, event, code, value) VALUES (?, ?, ?, ?)",
                [calendar, issue.event?.column, issue.code.rawValue.column, try RowCoding.encode(issue)]
            )
        }
    }

    mutating func store(_ conflict: SyncConflict) throws {
        try database.run(
            """
            INSERT INTO conflicts (tenant, conflict, calendar, at, value) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (tenant, conflict) DO UPDATE SET calendar = excluded.calendar, at = excluded.at,
                value = excluded.value
            """,
            [
                tenant, conflict.id.column, try number(of: conflict.calendar), conflict.at.millisecondsSinceEpoch,
                try RowCoding.encode(conflict),
            ]
        )
    }

    /// Appends to the tenant's feed.
    ///
    /// Its numbers are counted under the lock that the transaction holds from its beginning, so they become visible in
    /// their order.
    func append(_ changes: [RecordChange]) throws {
        guard !changes.isEmpty else { return }
        var number = try database.integer("SELECT last_change FROM tenants WHERE id = ?", [tenant]) ?? 0
        var statement = try RowStatement(database, "INSERT INTO changes (tenant, number, value) VALUES (?, ?, ?)")
        for change in changes {
            number += 1
            statement.append(tenant)
            statement.append(number)
            statement.append(blob: try RowCoding.bytes(change))
            _ = try statement.run()
        }
        try database.run("UPDATE tenants SET last_change = ? WHERE id = ?", [number, tenant])
    }
}
#endif
