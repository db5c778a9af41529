#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("Whose file a SQLite store opens")
struct SQLiteVersionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("a file that is no SQLite file is refused and left alone")
    func noDatabase() async throws {
        let bytes = Data(repeating: 0x41, count: 5_000)
        try bytes.write(to: URL(filePath: folder.path()))
        await expectFailure(.foreign) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)
    }

    @Test(
        "another program's file is refused and left alone",
        arguments: ["PRAGMA application_id = 7", "CREATE TABLE theirs (id)", "PRAGMA user_version = 1"]
    )
    func foreign(_ sql: String) async throws {
        try change(sql)
        let bytes = try Data(contentsOf: URL(filePath: folder.path()))
        await expectFailure(.foreign) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)
    }

    @Test("a file of a newer version is refused and left alone")
    func newer() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.close()
        try change("PRAGMA user_version = 1000")
        let bytes = try Data(contentsOf: URL(filePath: folder.path()))
        await expectFailure(.newer) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)

        try change("PRAGMA user_version = 2")
        let again = try SQLiteStore(unsealedAt: folder.path())
        #expect(try await again.record("r1", tenant: "acme") != nil)
    }

    @Test("an empty file becomes a store that says whose it is")
    func marked() async throws {
        try Data().write(to: URL(filePath: folder.path()))
        try await SQLiteStore(unsealedAt: folder.path()).close()
        // "SwCa" in ASCII.
        #expect(try integer("PRAGMA application_id") == 0x5377_4361)
        #expect(try integer("PRAGMA user_version") == 2)
    }

    @Test("an older file is migrated, and keeps what is in it")
    func migrated() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.close()
        try prepare(adding: { try $0.execute(sql: "ALTER TABLE records ADD COLUMN remark TEXT DEFAULT 'none'") })
        #expect(try integer("PRAGMA user_version") == 3)
        #expect(try integer("SELECT count(*) FROM records WHERE remark = 'none'") == 1)
        await expectFailure(.newer) { _ = try SQLiteStore(unsealedAt: folder.path()) }
    }

    @Test("a file of the first version is migrated, and its leases go on")
    func firstVersion() async throws {
        let first = Array(FileVersion.migrations.prefix(1))
        let database = try DatabaseQueue(path: folder.path())
        try await database.writeWithoutTransaction { database in
            try FileVersion.prepare(database, migrations: first)
            try database.execute(
                sql: """
                    INSERT INTO tenants (id, tenant) VALUES (1, 'acme');
                    INSERT INTO calendars (tenant, connection, calendar, fencing_number) VALUES (1, 'c1', 'main', 7);
                    """
            )
        }
        try database.close()
        let store = try SQLiteStore(unsealedAt: folder.path())
        #expect(try integer("PRAGMA user_version") == 2)
        let start = Date(timeIntervalSince1970: 0)
        for (calendar, number) in [("main", 8), ("second", 1)] {
            let key = CalendarKey(tenant: "acme", connection: "c1", calendar: CalendarID(calendar))
            #expect(try await store.acquireLease(on: key, now: start, lasting: 60)?.fencingNumber == number)
        }
    }

    @Test("a migration that fails leaves the file as it was")
    func failedMigration() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.close()
        #expect(throws: DatabaseError.self) {
            try prepare(adding: { try $0.execute(sql: "DROP TABLE records; DROP TABLE nothing") })
        }
        #expect(try integer("PRAGMA user_version") == 2)
        let again = try SQLiteStore(unsealedAt: folder.path())
        #expect(try await again.record("r1", tenant: "acme") != nil)
    }

    /// Opens the file as a later version would.
    private func prepare(adding migration: @escaping FileVersion.Migration) throws {
        try DatabaseQueue(path: folder.path()).writeWithoutTransaction { database in
            try FileVersion.prepare(database, migrations: FileVersion.migrations + [migration])
        }
    }

    private func change(_ sql: String) throws {
        let database = try DatabaseQueue(path: folder.path())
        try database.writeWithoutTransaction { try $0.execute(sql: sql + "; PRAGMA wal_checkpoint(TRUNCATE)") }
        try database.close()
    }

    private func integer(_ sql: String) throws -> Int? {
        try DatabaseQueue(path: folder.path()).read { try Int.fetchOne($0, sql: sql) }
    }
}
#endif
