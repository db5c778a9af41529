import Foundation
import GRDB
import RenderedFeed

/// The tables of a store's file as bare SQL: what inserting them costs without anything that decides.
struct BareRows {
    private let schema: [String]
    private let tables: [(insert: String, rows: [StatementArguments])]

    /// Reads the schema and the rows of a store's file.
    init(readFrom path: String) throws {
        let database = try DatabaseQueue(path: path)
        defer { try? database.close() }
        (schema, tables) = try database.read { database in
            let schema = try String.fetchAll(
                database,
                sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
            )
            // Tables come in the order in which they were made, so what others refer to comes first.
            let names = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
            )
            let tables = try names.compactMap { name -> (String, [StatementArguments])? in
                let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(name)")
                guard let columns = rows.first?.count else { return nil }
                let places = repeatElement("?", count: columns).joined(separator: ", ")
                return (
                    "INSERT INTO \(name) VALUES (\(places))", rows.map { StatementArguments($0.map { $0.1 }) }
                )
            }
            return (schema, tables)
        }
    }

    /// Inserts the rows into a new file, as many in a transaction as a page has events, with the store's settings.
    func insert(into path: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA secure_delete = ON")
            try connection.execute(sql: "PRAGMA synchronous = FULL")
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? database.close() }
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            for statement in schema { try database.execute(sql: statement) }
        }
        let pages =
            tables.map { ($0.rows.count + RenderedCalendar.pageSize - 1) / RenderedCalendar.pageSize }.max() ?? 0
        for page in 0..<pages {
            try database.write { database in
                for (insert, rows) in tables {
                    let statement = try database.cachedStatement(sql: insert)
                    let first = page * RenderedCalendar.pageSize
                    guard first < rows.count else { continue }
                    for arguments in rows[first..<min(first + RenderedCalendar.pageSize, rows.count)] {
                        try statement.execute(arguments: arguments)
                    }
                }
            }
        }
    }
}
