#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("Several stores on one SQLite file")
struct SQLiteSharingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func change(_ record: String) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: "acme")
        commit.changes = [
            RecordChange(
                record: RecordID(record),
                kind: .created,
                reason: .localEdit,
                calendar: nil,
                activity: nil,
                at: Date(timeIntervalSince1970: 0)
            )
        ]
        return commit
    }

    @Test("all of them may create the file at once")
    func creating() async throws {
        for round in 0..<10 {
            let path = folder.path("\(round).sqlite")
            try await withThrowingTaskGroup { group in
                for number in 0..<6 {
                    group.addTask { try await SQLiteStore(unsealedAt: path).commit(change("\(number)")) }
                }
                try await group.waitForAll()
            }
            let changes = try await SQLiteStore(unsealedAt: path).changes(of: "acme", after: 0, limit: 10)
            #expect(changes.map(\.number) == [Int](1...6))
        }
    }

    @Test("writers wait for each other, and none is told that the file is locked")
    func writing() async throws {
        let path = folder.path()
        try await withThrowingTaskGroup { group in
            for writer in 0..<4 {
                let store = try SQLiteStore(unsealedAt: path, busyTimeout: 60)
                group.addTask {
                    for number in 0..<50 {
                        try await store.commit(change("\(writer)-\(number)"))
                        _ = try await store.changes(of: "acme", after: 0, limit: 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        let changes = try await SQLiteStore(unsealedAt: path).changes(of: "acme", after: 0, limit: 1_000)
        #expect(changes.map(\.number) == [Int](1...200))
        #expect(Set(changes.map(\.change.record)).count == 200)
    }

    @Test("a reader is not held up by a writer, and a second writer gives up in the end")
    func busy() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path(), busyTimeout: 0.05)
        try await store.commit(change("1"))
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.path(), configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE; DELETE FROM changes") }
        #expect(try await store.changes(of: "acme", after: 0, limit: 9).count == 1)
        let error = await #expect(throws: CalendarError.self) { try await store.commit(change("2")) }
        #expect(error?.code == .storage)
        #expect(error?.reason == SQLiteFailure.busy.rawValue)
        #expect(error?.isRetryable == true)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }

        try await store.commit(change("2"))
        #expect(try await store.changes(of: "acme", after: 0, limit: 9).count == 2)
    }

    @Test("what a process had not committed when it died was never stored")
    func dead() async throws {
        let store = try SQLiteStore(unsealedAt: folder.path())
        try await store.commit(change("1"))
        let copy = folder.path("copy.sqlite")
        try await store.withDatabase { database in
            try database.execute(sql: "BEGIN IMMEDIATE; DELETE FROM changes")
            // The files as a process leaves them that dies now.
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: folder.path() + suffix, toPath: copy + suffix)
            }
            try database.execute(sql: "COMMIT")
        }
        #expect(try await store.changes(of: "acme", after: 0, limit: 9) == [])
        let next = try SQLiteStore(unsealedAt: copy)
        #expect(try await next.changes(of: "acme", after: 0, limit: 9).map(\.number) == [1])
        #expect(try await next.integrityCheck() == [])
    }
}
#endif
