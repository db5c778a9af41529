#if SQLite
import CalendarCore
import GRDB

/// What can be wrong with the file of a ``SQLiteStore``; the raw value is the `reason` of the error.
///
/// The errors name neither the path nor anything that is stored.
public enum SQLiteFailure: String, Sendable, CaseIterable {
    /// Another process wrote for longer than the store waits; trying again can help.
    case busy
    /// The disk is full, or the file may not grow; nothing of the call is stored.
    case diskFull
    /// The file or its folder may not be written.
    case readOnly
    /// The file cannot be opened: a folder is missing, or the path is one.
    case cannotOpen
    /// The file is damaged; a backup helps.
    case corrupt
    /// The file was written by a newer version of this library.
    case newer
    /// The file is not this library's.
    case foreign
    /// The disk or the operating system failed.
    case other
}

extension SQLiteFailure {
    /// The error to throw.
    var error: CalendarError { CalendarError(.storage, message, reason: rawValue) }

    /// What SQLite's result code says about the file.
    init(_ code: ResultCode) {
        switch code.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .cannotOpen
        case .SQLITE_CORRUPT: self = .corrupt
        case .SQLITE_NOTADB: self = .foreign
        default: self = .other
        }
    }

    /// Runs work on the file, and throws its failures without the statement, the path or the values.
    static func translated<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw SQLiteFailure(error.extendedResultCode).error
        } catch is DecodingError {
            throw SQLiteFailure.corrupt.error
        }
    }

    private var message: String {
        switch self {
        case .busy: "Another process has been writing to the SQLite file for too long."
        case .diskFull: "The disk of the SQLite file is full; nothing was stored."
        case .readOnly: "The SQLite file cannot be written."
        case .cannotOpen: "The SQLite file cannot be opened."
        case .corrupt: "The SQLite file is damaged."
        case .newer: "The SQLite file was written by a newer version of swift-calendar."
        case .foreign: "The file is not a SQLite file of swift-calendar."
        case .other: "SQLite could not read or write its file."
        }
    }
}
#endif
