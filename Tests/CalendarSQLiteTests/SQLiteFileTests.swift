#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("The file of a SQLite store")
struct SQLiteFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("what was stored is there when the file is opened again")
    func reopened() async throws {
        let first = try SQLiteStore(unsealedAt: folder.path())
        try await first.commit(.marked(1))
        try await first.close()

        let second = try SQLiteStore(unsealedAt: folder.path())
        #expect(try await second.record("r1", tenant: "acme")?.content.title?.hasPrefix("marker") == true)
    }

    @Test("a closed store says that it cannot work")
    func closed() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.close()
        await expectFailure(.other) { try await store.commit(.marked(1)) }
    }

    @Test("the file and its journals are readable by their owner alone")
    func rights() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path() + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("ids are compared byte by byte, also such as Swift takes for equal, and with a zero in them")
    func bytes() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        let names = ["e\u{301}", "\u{e9}", "a", "a\u{0}", "a\u{0}b", "A", "a "]
        for (index, name) in names.enumerated() {
            var commit = RepositoryCommit.marked(0)
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

    @Test("neither a token nor the path is in a printed store")
    func silent() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        var text = ""
        dump(store, to: &text)
        #expect(!("\(store)" + String(reflecting: store) + text).contains("calendars.sqlite"))
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
