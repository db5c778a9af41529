#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("Failures of a SQLite store")
struct SQLiteFailureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("a folder in place of the file, or a missing one around it, cannot be opened")
    func folders() async throws {
        await expectFailure(.cannotOpen) { _ = try SQLiteStore(unsealedAt: folder.path("")) }
        await expectFailure(.cannotOpen) { _ = try SQLiteStore(unsealedAt: folder.path("missing/calendars.sqlite")) }
    }

    @Test("a file that may not grow refuses a commit, stores nothing of it and goes on reading")
    func full() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.withDatabase { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        var large = RepositoryCommit.marked(2)
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
        large.records += RepositoryCommit.marked(3, titleLength: 100_000).records
        await expectFailure(.diskFull) { try await store.commit(large) }
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
        try await store.commit(.marked(1))
        try await store.withDatabase { try $0.execute(sql: "PRAGMA query_only = 1") }
        #expect(try await store.record("r1", tenant: "acme") != nil)
        await expectFailure(.readOnly) { try await store.commit(.marked(2)) }
    }

    @Test(
        "a file whose rights forbid writing is not opened",
        .disabled(if: isAdministrator, "an administrator may write to a read-only file")
    )
    func writeProtected() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.close()
        let bytes = try Data(contentsOf: URL(filePath: folder.path()))
        for (path, rights) in [(folder.path(), 0o400), (folder.path(""), 0o500)] {
            try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
        }
        await expectFailure(.readOnly) { _ = try SQLiteStore(unsealedAt: folder.path()) }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == bytes)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path(""))
    }

    /// Whether the rights of files do not bind this process.
    private static let isAdministrator = FileManager.default.isWritableFile(atPath: "/etc")

    @Test("a damaged page is told on reading and found by the check")
    func damaged() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        for number in 1...200 { try await store.commit(.marked(number, titleLength: 500)) }
        #expect(try await store.integrityCheck() == [])
        try await store.close()
        let url = URL(filePath: folder.path())
        var bytes = try Data(contentsOf: url)
        // The schema is in the first pages, which are left as they are.
        let damaged = bytes.count / 2..<bytes.count
        bytes.replaceSubrange(damaged, with: Data(repeating: 0xA5, count: damaged.count))
        try bytes.write(to: url)

        let again = try SQLiteStore(unsealedAt: folder.path())
        await expectFailure(.corrupt) {
            for number in 1...200 { _ = try await again.record(RecordID("r\(number)"), tenant: "acme") }
        }
        let findings = (try? await again.integrityCheck()) ?? ["unreadable"]
        #expect(!findings.isEmpty)
        #expect(!findings.contains { $0.contains("marker") })
    }

    @Test("a value that cannot be read is damage, and is not told")
    func unreadable() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(.marked(1))
        try await store.withDatabase { try $0.execute(sql: "UPDATE records SET value = x'7b226d61726b6572'") }
        await expectFailure(.corrupt) { _ = try await store.record("r1", tenant: "acme") }
    }
}
#endif
