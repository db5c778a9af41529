#if SQLite
import CalendarCore
import Foundation
import GRDB

/// Finds the records that touch a span, by the indexes on ``EventSpan``.
struct RecordSearch {
    let database: Database
    let tenant: Int64
    private let bounds: StatementArguments
    private let start: Int64
    private let end: Int64
    private var found: Set<Int64> = []
    private var series: Set<String> = []

    init(_ database: Database, tenant: Int64, from start: Date, to end: Date) {
        self.database = database
        self.tenant = tenant
        self.start = start.millisecondsSinceEpoch
        self.end = end.millisecondsSinceEpoch
        bounds = StatementArguments(EventSpan.earliestStarts(endingAfter: self.start))
    }

    /// Finds every record of the tenant.
    mutating func addAll() throws {
        try add("records AS r ON r.tenant = ?", [tenant], in: "r")
    }

    /// Finds what a calendar holds.
    mutating func addLinked(in calendar: Int64) throws {
        try add("links AS l ON l.calendar = ?", [calendar], in: "l", joining: Self.record)
    }

    /// Finds what is still to be sent to a calendar.
    mutating func addUnsent(to calendar: Int64) throws {
        try add("operations AS l ON l.calendar = ?", [calendar], in: "l", joining: Self.record)
    }

    /// Finds somebody's own events.
    mutating func addOwned(by owner: Connection.Owner) throws {
        try add("records AS r ON r.tenant = ? AND r.owner = ?", [tenant, owner.column], in: "r")
    }

    /// What was found, with all exceptions of the series among it, ordered by id.
    func records() throws -> [EventRecord] {
        var rows = found
        for name in series {
            rows.formUnion(
                try database.integers("SELECT id FROM records WHERE tenant = ? AND series = ?", [tenant, name.column])
            )
        }
        return try database.values(
            EventRecord.self,
            "SELECT value FROM records WHERE id IN (\(Database.several))",
            oneOf: rows.map(\.databaseValue)
        )
        .sorted { $0.id.isBytewiseBefore($1.id) }
    }

    private static let record = "CROSS JOIN records AS r ON r.tenant = l.tenant AND r.record = l.record"

    /// Looks a span up in one table: once for each length, from where its index says that the span may be touched.
    private mutating func add(
        _ table: String,
        _ keys: StatementArguments,
        in alias: String,
        joining join: String = ""
    ) throws {
        let lengths = (0...EventSpan.series).map { "(\($0), ?)" }.joined(separator: ", ")
        let rows = try database.rows(
            """
            WITH reaches (length, earliest) AS (VALUES \(lengths))
            SELECT r.id, CASE WHEN r.length = \(EventSpan.series) THEN r.record END
            FROM reaches CROSS JOIN \(table)
                AND \(alias).length = reaches.length AND \(alias).starts > reaches.earliest
                AND \(alias).starts < ? AND \(alias).ends > ?
            \(join)
            """,
            bounds + keys + [end, start]
        )
        for row in rows {
            found.insert(row[0])
            if let name: String = row[1] { series.insert(name) }
        }
    }
}

extension Connection.Owner {
    /// The owner as a column holds it.
    var column: DatabaseValue { text.column }

    /// The owner as one text.
    var text: String {
        switch self {
        case .organization: "organization"
        case .user(let user): "user \(user.rawValue)"
        }
    }
}
#endif
