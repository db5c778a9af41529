#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("The file of a SQLite store")
struct SQLiteFileTests {
    private static let key = ConnectionKey(tenant: "acme", connection: "one")
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func fail(_ failure: SQLiteFailure, _ work: () async throws -> Void) async {
        let error = await #expect(throws: CalendarError.self) { try await work() }
        #expect(error?.code == .storage)
        #expect(error?.reason == failure.rawValue)
        #expect(error?.description.contains(folder.path("")) == false)
    }

    /// A commit with one event whose title has a marker and some length.
    private func commit(_ number: Int, titleLength: Int = 10) -> RepositoryCommit {
        let start = EventTime.day(CivilDate(daysSinceEpoch: 20_514))
        let content = EventContent(
            title: "marker" + String(repeating: "x", count: titleLength),
            start: start,
            end: start.advanced(bySeconds: 86_400)
        )
        var commit = RepositoryCommit(tenant: "acme")
        commit.records = [
            .init(
                EventRecord(
                    id: RecordID("r\(number)"),
                    tenant: "acme",
                    role: .single,
                    content: content,
                    direction: .inbound,
                    updatedAt: Date(timeIntervalSince1970: 0)
                ),
                expecting: nil
            )
        ]
        return commit
    }

    @Test("what was stored is there when the file is opened again")
    func reopened() async throws {
        let first = try SQLiteStore(unsealedAt: folder.path())
        try await first.commit(commit(1))
        try await first.close()

        let second = try SQLiteStore(unsealedAt: folder.path())
        #expect(try await second.record("r1", tenant: "acme")?.content.title?.hasPrefix("marker") == true)
    }

    @Test("a closed store says that it cannot work")
    func closed() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.close()
        await fail(.other) { try await store.commit(commit(1)) }
    }

    @Test("the file and its journals are readable by their owner alone")
    func rights() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path() + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("a folder in place of the file, or a missing one around it, cannot be opened")
    func folders() async throws {
        await fail(.cannotOpen) { _ = try SQLiteStore(unsealedAt: folder.path("")) }
        await fail(.cannotOpen) { _ = try SQLiteStore(unsealedAt: folder.path("missing/calendars.sqlite")) }
    }

    @Test("a file that is no SQLite file is refused and left alone")
    func noDatabase() async throws {
        let bytes = Data(repeating: 0x41, count: 5_000)
        try bytes.write(to: URL(filePath: folder.path()))
        await fail(.foreign) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)
    }

    @Test(
        "another program's file is refused and left alone",
        arguments: ["PRAGMA application_id = 7", "CREATE TABLE theirs (id)", "PRAGMA user_version = 1"]
    )
    func foreign(_ sql: String) async throws {
        try change(sql)
        let bytes = try Data(contentsOf: URL(filePath: folder.path()))
        await fail(.foreign) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)
    }

    @Test("a file of a newer version is refused and left alone")
    func newer() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
        try await store.close()
        try change("PRAGMA user_version = 1000")
        let bytes = try Data(contentsOf: URL(filePath: folder.path()))
        await fail(.newer) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)

        try change("PRAGMA user_version = 1")
        let again = try SQLiteStore(unsealedAt: folder.path())
        #expect(try await again.record("r1", tenant: "acme") != nil)
    }

    @Test("an empty file becomes a store that says whose it is")
    func marked() async throws {
        try Data().write(to: URL(filePath: folder.path()))
        try await SQLiteStore(unsealedAt: folder.path()).close()
        // "SwCa" in ASCII.
        #expect(try integer("PRAGMA application_id") == 0x5377_4361)
        #expect(try integer("PRAGMA user_version") == 1)
    }

    @Test("a file that may not grow refuses a commit, stores nothing of it and goes on reading")
    func full() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
        try await store.withDatabase { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        var large = commit(2)
        large.changes = [
            RecordChange(
                record: "r2",
                kind: .created,
                reason: .localEdit,
                calendar: nil,
                activity: nil,
                at: Date(timeIntervalSince1970: 0)
            )
        ]
        large.records += commit(3, titleLength: 100_000).records
        await fail(.diskFull) { try await store.commit(large) }
        #expect(try await store.record("r1", tenant: "acme") != nil)
        #expect(try await store.record("r2", tenant: "acme") == nil)
        #expect(try await store.changes(of: "acme", after: 0, limit: 10) == [])

        try await store.withDatabase { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try await store.commit(large)
        #expect(try await store.record("r3", tenant: "acme") != nil)
        #expect(try await store.integrityCheck() == [])
    }

    @Test("a file that may not be written can be read, and says so when it is written")
    func readOnly() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
        try await store.withDatabase { try $0.execute(sql: "PRAGMA query_only = 1") }
        #expect(try await store.record("r1", tenant: "acme") != nil)
        await fail(.readOnly) { try await store.commit(commit(2)) }
    }

    @Test("a damaged page is told on reading and found by the check")
    func damaged() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        for number in 1...200 { try await store.commit(commit(number, titleLength: 500)) }
        #expect(try await store.integrityCheck() == [])
        try await store.close()
        let url = URL(filePath: folder.path())
        var bytes = try Data(contentsOf: url)
        // The schema is in the first pages, which are left as they are.
        let damaged = bytes.count / 2..<bytes.count
        bytes.replaceSubrange(damaged, with: Data(repeating: 0xA5, count: damaged.count))
        try bytes.write(to: url)

        let again = try SQLiteStore(unsealedAt: folder.path())
        await fail(.corrupt) {
            for number in 1...200 { _ = try await again.record(RecordID("r\(number)"), tenant: "acme") }
        }
        let findings = (try? await again.integrityCheck()) ?? ["unreadable"]
        #expect(!findings.isEmpty)
        #expect(!findings.contains { $0.contains("marker") })
    }

    @Test("a value that cannot be read is damage, and is not told")
    func unreadable() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
        try await store.withDatabase { try $0.execute(sql: "UPDATE records SET value = x'7b226d61726b6572'") }
        await fail(.corrupt) { _ = try await store.record("r1", tenant: "acme") }
    }

    @Test("the check finds rows without their calendar, and links that are not where their record is")
    func inconsistent() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
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
        for number in 1...20 { try await store.commit(commit(number)) }
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
        try await store.commit(commit(1))
        let reader = try await Self.reader(of: folder.path())
        await fail(.busy) { try await store.emptyJournal() }
        try await reader.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        try await store.emptyJournal()
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

    @Test("ids are compared byte by byte, also such as Swift takes for equal, and with a zero in them")
    func bytes() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        let names = ["e\u{301}", "\u{e9}", "a", "a\u{0}", "a\u{0}b", "A", "a "]
        for (index, name) in names.enumerated() {
            var commit = commit(0)
            commit.records[0].record.iCalUID = name
            commit.records[0] = .init(commit.records[0].record.renamed(name), expecting: nil)
            commit.records[0].record.localRevision = index
            try await store.commit(commit)
        }
        for (index, name) in names.enumerated() {
            let stored = try #require(try await store.record(RecordID(name), tenant: "acme"))
            #expect(stored.localRevision == index)
            #expect(stored.id.rawValue.utf8.elementsEqual(name.utf8))
        }
        let day = Date(timeIntervalSince1970: 20_514 * 86_400)
        let query = try RecordQuery(tenant: "acme", start: day, end: day.addingTimeInterval(60))
        let found = try await store.records(query).map { Array($0.id.rawValue.utf8) }
        #expect(found == names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test("a backup is a store with the same contents, and replaces nothing")
    func backup() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(commit(1))
        try await store.backup(to: folder.path("copy.sqlite"))
        try await store.commit(commit(2))

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
        await fail(.cannotOpen) { try await store.backup(to: folder.path("missing/copy.sqlite")) }
    }

    @Test("neither a token nor the path is in a printed store")
    func silent() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        var text = ""
        dump(store, to: &text)
        #expect(!("\(store)" + String(reflecting: store) + text).contains("calendars.sqlite"))
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

extension EventRecord {
    /// The same record under another id.
    fileprivate func renamed(_ id: String) -> EventRecord {
        EventRecord(
            id: RecordID(id),
            tenant: tenant,
            role: role,
            content: content,
            direction: direction,
            iCalUID: iCalUID,
            updatedAt: updatedAt
        )
    }
}
#endif
