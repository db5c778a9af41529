#if SQLite
package import GRDB

/// Whose file it is and of which version, as SQLite keeps it in the file's head.
package struct FileVersion {
    /// A step from one version to the next, within a transaction.
    package typealias Migration = @Sendable (Database) throws -> Void

    /// Marks a file as a store of this library: "SwCa" in ASCII.
    static let application: Int64 = 0x5377_4361

    /// One step for each version, from the one before it; the last leads to the version that this library writes.
    package static let migrations: [Migration] = [
        { try $0.execute(sql: SchemaVersion1.sql) },
        { try $0.execute(sql: SchemaVersion2.sql) },
    ]

    /// Which program wrote the file; 0 for none that says so.
    let application: Int64
    /// The version; 0 before the first migration.
    let version: Int
    /// Whether nothing is in the file.
    let isEmpty: Bool

    init(_ database: Database) throws {
        application = try database.integer("PRAGMA application_id") ?? 0
        version = Int(try database.integer("PRAGMA user_version") ?? 0)
        isEmpty = try database.integer("SELECT count(*) FROM sqlite_master") == 0
    }

    /// Brings a file to the current version, or refuses it without a change.
    package static func prepare(_ database: Database, migrations: [Migration] = migrations) throws {
        let current = migrations.count
        // In a transaction, for another process may be creating the file.
        let found = try database.transaction(.deferred) { try FileVersion($0) }
        try found.check(upTo: current)
        // Not in a transaction: SQLite changes the mode outside of one only. A file in memory keeps its own.
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard found.version != current else { return }
        try database.transaction(.immediate) { database in
            // The other process may have done it meanwhile.
            let stored = try FileVersion(database)
            try stored.check(upTo: current)
            for migration in migrations.dropFirst(stored.version) { try migration(database) }
            try database.execute(sql: "PRAGMA application_id = \(application)")
            try database.execute(sql: "PRAGMA user_version = \(current)")
        }
    }

    private func check(upTo current: Int) throws {
        if application == 0 && version == 0 && isEmpty { return }
        guard application == Self.application, version > 0 else { throw SQLiteFailure.foreign.error }
        guard version <= current else { throw SQLiteFailure.newer.error }
    }
}
#endif
