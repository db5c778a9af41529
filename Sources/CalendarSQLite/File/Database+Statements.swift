#if SQLite
import CalendarCore
import Foundation
import GRDB

extension Database {
    /// Runs the body in a transaction, which ends without a trace when the body throws.
    func transaction<Value>(_ kind: TransactionKind, _ body: (Database) throws -> Value) throws -> Value {
        try beginTransaction(kind)
        do {
            let value = try body(self)
            try commit()
            return value
        } catch {
            // SQLite has ended the transaction by itself after some failures; that of the body is the one to tell.
            try? rollback()
            throw error
        }
    }

    /// Runs a prepared statement and answers how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return changesCount
    }

    /// The rows of a prepared statement.
    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of a prepared statement.
    func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The integers in the first column.
    func integers(_ sql: String, _ arguments: StatementArguments) throws -> [Int64] {
        try Int64.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The integer in the first row and column.
    func integer(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64? {
        try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The values that are kept in the first column.
    func values<Value: Decodable>(
        _ type: Value.Type,
        _ sql: String,
        _ arguments: StatementArguments
    ) throws -> [Value] {
        try Data.fetchAll(cachedStatement(sql: sql), arguments: arguments).map { try RowCoding.decode(type, $0) }
    }

    /// As many places for values as a list has that a statement is prepared for.
    static let several = repeatElement("?", count: severalCount).joined(separator: ", ")
    private static let severalCount = 50

    /// The values that are kept in the first column of the rows with one of the keys.
    ///
    /// - Parameters:
    ///   - type: What is kept.
    ///   - sql: The statement; it ends with ``several`` in an `IN`, or with what orders the rows of each of the lists.
    ///   - arguments: The arguments in front of the list.
    ///   - keys: The keys, any number of them; a key's rows come together.
    /// - Returns: The values.
    /// - Throws: SQLite's failure.
    func values<Value: Decodable>(
        _ type: Value.Type,
        _ sql: String,
        _ arguments: StatementArguments = [],
        oneOf keys: [DatabaseValue]
    ) throws -> [Value] {
        try lists(of: keys).flatMap { try self.values(type, sql, arguments + $0) }
    }

    /// The keys in the first column of the rows with one of some keys, as ``values(_:_:_:oneOf:)`` finds them.
    func keys(_ sql: String, _ arguments: StatementArguments, oneOf keys: [DatabaseValue]) throws -> [DatabaseValue] {
        try lists(of: keys).flatMap { list in
            try DatabaseValue.fetchAll(cachedStatement(sql: sql), arguments: arguments + list)
        }
    }

    /// The keys in lists that statements are prepared for.
    private func lists(of keys: [DatabaseValue]) -> [StatementArguments] {
        stride(from: 0, to: keys.count, by: Self.severalCount).map { start in
            let list = keys[start..<min(start + Self.severalCount, keys.count)]
            // Nothing equals null, so what is left of the list asks for nothing.
            let rest = repeatElement(DatabaseValue.null, count: Self.severalCount - list.count)
            return StatementArguments(list + rest)
        }
    }

    /// The value that is kept in the first row and column.
    func value<Value: Decodable>(
        _ type: Value.Type,
        _ sql: String,
        _ arguments: StatementArguments
    ) throws -> Value? {
        try Data.fetchOne(cachedStatement(sql: sql), arguments: arguments).map { try RowCoding.decode(type, $0) }
    }
}

extension Identifier {
    /// The identifier as a column holds it.
    var column: DatabaseValue { rawValue.column }
}

extension String {
    /// The text as a column holds it; one with a zero in it as bytes, because SQLite ends a text there.
    var column: DatabaseValue {
        utf8.contains(0) ? Data(utf8).databaseValue : databaseValue
    }
}
#endif
