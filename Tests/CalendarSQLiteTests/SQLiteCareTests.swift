#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("Care for a SQLite store")
struct SQLiteCareTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("the check finds rows without their calendar, and links that are not where their record is")
    func inconsistent() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.withDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA foreign_keys = OFF;
                    INSERT INTO links (tenant, calendar, event, record, epoch, starts, value)
                    VALUES (1, 99, 'e1', 'r1', 1, 5, x'')
                    """
            )
        }
        #expect(try await store.integrityCheck().count == 2)
    }

    @Test("what is deleted is overwritten in the file")
    func secureDeletion() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        for number in 1...20 { try await store.commit(.marked(number)) }
        var removal = RepositoryCommit(tenant: "acme")
        for number in 1...20 { removal.removedRecords[RecordID("r\(number)")] = 1 }
        try await store.commit(removal)
        let journal = URL(filePath: folder.path() + "-wal")
        #expect(try Data(contentsOf: journal).range(of: Data("marker".utf8)) != nil)

        try await store.emptyJournal()
        #expect(try Data(contentsOf: journal).isEmpty)
        let bytes = try Data(contentsOf: URL(filePath: folder.path()))
        #expect(bytes.count > 4_096)
        #expect(bytes.range(of: Data("marker".utf8)) == nil)
    }

    @Test("a journal that another process reads is not emptied, and the store says so")
    func readJournal() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path(), busyTimeout: 0.05)
        try await store.commit(.marked(1))
        let reader = try await Self.reader(of: folder.path())
        await expectFailure(.busy) { try await store.emptyJournal() }
        try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try await store.emptyJournal()
    }

    @Test("a backup is a store with the same contents, and replaces nothing")
    func backup() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.backup(to: folder.path("copy.sqlite"))
        try await store.commit(.marked(2))

        let copy = try SQLiteStore(unsealedAt: folder.path("copy.sqlite"))
        #expect(try await copy.record("r1", tenant: "acme") == store.record("r1", tenant: "acme"))
        #expect(try await copy.record("r2", tenant: "acme") == nil)
        #expect(try await copy.integrityCheck() == [])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("copy.sqlite"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let error = await #expect(throws: CalendarError.self) {
            try await store.backup(to: folder.path("copy.sqlite"))
        }
        #expect(error?.code == .invalidArgument)
        await expectFailure(.cannotOpen) { try await store.backup(to: folder.path("missing/copy.sqlite")) }
    }

    /// A connection in the middle of a reading transaction.
    private static func reader(of path: String) async throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: path, configuration: configuration)
        try await reader.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN; SELECT count(*) FROM records")
        }
        return reader
    }
}
#endif
