#if SQLite
import GRDB
import GRDBSQLite

/// A prepared statement that is run for many rows: SQLite reads the values where they are, without an object for each.
struct RowStatement {
    private enum Column {
        case null
        case integer(Int64)
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    private let database: Database
    private let statement: Statement
    private var columns: [Column] = []
    /// The bytes of the texts and blobs, one behind the other.
    private var bytes: [UInt8] = []

    /// Prepares a statement.
    init(_ database: Database, _ sql: String) throws {
        self.database = database
        statement = try database.cachedStatement(sql: sql)
    }

    /// Hands over the next value.
    mutating func append(_ integer: Int64?) {
        columns.append(integer.map { .integer($0) } ?? .null)
    }

    /// Hands over the next value, as ``Swift/String/column`` says.
    mutating func append(_ text: String?) {
        guard var text else { return columns.append(.null) }
        let start = bytes.count
        let isBlob = text.withUTF8 { contents in
            bytes.append(contentsOf: contents)
            return contents.contains(0)
        }
        columns.append(isBlob ? .blob(start..<bytes.count) : .text(start..<bytes.count))
    }

    /// Hands over the next value as a blob.
    mutating func append(blob: [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: blob)
        columns.append(.blob(start..<bytes.count))
    }

    /// Runs the statement with the values that were handed over, and begins the next row.
    ///
    /// - Returns: How many rows were changed.
    /// - Throws: SQLite's failure.
    mutating func run() throws -> Int {
        let prepared = statement.sqliteStatement
        defer {
            sqlite3_reset(prepared)
            sqlite3_clear_bindings(prepared)
            columns.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
        }
        let code = bytes.withUnsafeBytes { bytes in
            for (place, column) in columns.enumerated() {
                let code = Self.bind(column, of: bytes, to: prepared, at: Int32(place + 1))
                guard code == SQLITE_OK else { return code }
            }
            return sqlite3_step(prepared)
        }
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        return database.changesCount
    }

    /// Binds a value that SQLite need not copy: it is there until the statement has run.
    private static func bind(
        _ column: Column,
        of bytes: UnsafeRawBufferPointer,
        to prepared: SQLiteStatement,
        at place: Int32
    ) -> Int32 {
        switch column {
        case .null: return sqlite3_bind_null(prepared, place)
        case .integer(let value): return sqlite3_bind_int64(prepared, place, value)
        case .text(let range):
            let text = UnsafeRawBufferPointer(rebasing: bytes[range]).assumingMemoryBound(to: CChar.self)
            // Without an address a text would be null.
            guard let start = text.baseAddress else { return sqlite3_bind_text(prepared, place, "", 0, nil) }
            return sqlite3_bind_text(prepared, place, start, Int32(range.count), nil)
        case .blob(let range):
            guard let start = UnsafeRawBufferPointer(rebasing: bytes[range]).baseAddress else {
                return sqlite3_bind_zeroblob(prepared, place, 0)
            }
            return sqlite3_bind_blob(prepared, place, start, Int32(range.count), nil)
        }
    }
}
#endif
