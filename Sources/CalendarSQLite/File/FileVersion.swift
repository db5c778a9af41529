#if SQLite
import GRDB

/// Whose file it is and of which version, as SQLite keeps it in the file's head.
struct FileVersion {
    /// Marks a file as a store of this library: "SwCa" in ASCII.
    static let application: Int64 = 0x5377_4361

    /// One step for each version, from the one before it.
    private static let migrations: [@Sendable (Database) throws -> Void] = [
        { try $0.execute(sql: SchemaVersion1.sql) }
    ]

    /// The version that this library writes.
    static var current: Int64 { Int64(migrations.count) }

    /// Which program wrote the file; 0 for none that says so.
    let application: Int64
    /// The version; 0 before the first migration.
    let version: Int64
    /// Whether nothing is in the file.
    let isEmpty: Bool

    init(_ database: Database) throws {
        application = try database.integer("PRAGMA application_id") ?? 0
        version = try database.integer("PRAGMA user_version") ?? 0
        isEmpty = try database.integer("SELECT count(*) FROM sqlite_master") == 0
    }

    /// Brings a file to the current version, or refuses it without a change.
    static func prepare(_ database: Database) throws {
        try FileVersion(database).check()
        // Not in a transaction: SQLite changes the mode outside of one only. A file in memory keeps its own.
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard try FileVersion(database).version != current else { return }
        try database.transaction(.immediate) { database in
            // Another process may have done it meanwhile.
            let stored = try FileVersion(database)
            try stored.check()
            for migration in migrations.dropFirst(Int(stored.version)) { try migration(database) }
            try database.execute(sql: "PRAGMA application_id = \(application)")
            try database.execute(sql: "PRAGMA user_version = \(current)")
        }
    }

    private func check() throws {
        if application == 0 && version == 0 && isEmpty { return }
        guard application == Self.application, version > 0 else { throw SQLiteFailure.foreign.error }
        guard version <= Self.current else { throw SQLiteFailure.newer.error }
    }
}
#endif
