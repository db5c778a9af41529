#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("A process that dies at a statement of a store")
struct SQLiteStatementTests {
    /// A call whose work is more than one statement.
    enum Work: CaseIterable {
        /// A commit that stores one of everything.
        case making
        /// A commit that takes it all away again.
        case removing
        /// A token that replaces another one.
        case token

        func carryOut(on store: SQLiteStore) async throws {
            switch self {
            case .making: try await store.commit(SQLiteAtomicityTests.everything)
            case .removing: try await store.commit(Self.removal)
            case .token:
                let key = ConnectionKey(tenant: "acme", connection: "c1")
                let stored = try await store.credential(for: key)?.version
                let token = Credential(
                    accessToken: Secret("\(stored ?? 0)"),
                    refreshToken: nil,
                    expiresAt: Date(timeIntervalSince1970: 0),
                    scopes: []
                )
                try await store.save(token, for: key, expecting: stored, lease: nil)
            }
        }

        /// What is stored before.
        func prepare(_ store: SQLiteStore) async throws {
            switch self {
            case .making: try await store.commit(.marked(2))
            case .removing: try await Work.making.carryOut(on: store)
            case .token: try await carryOut(on: store)
            }
        }

        private static var removal: RepositoryCommit {
            var commit = RepositoryCommit(tenant: "acme")
            var state = CalendarSyncState(calendar: SQLiteAtomicityTests.calendar)
            state.revision = 1
            state.round = 7
            commit.state = state
            commit.removedRecords = ["r1": 1]
            commit.removedLinks = [.init(calendar: SQLiteAtomicityTests.calendar, event: "e1")]
            commit.removedOperations = ["o1": 1]
            commit.resolvedIssues = ["e1"]
            commit.removedConflicts = ["k1"]
            commit.records = RepositoryCommit.marked(3).records
            return commit
        }
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("leaves what the call does as a whole or not at all, whichever statement it is", arguments: Work.allCases)
    func calls(_ work: Work) async throws {
        let witness = Witness(folder)
        let store = try witness.open()
        try await work.prepare(store)
        let before = try await rows(store)
        witness.isWatching.withLock { $0 = true }
        try await work.carryOut(on: store)
        witness.isWatching.withLock { $0 = false }
        let after = try await rows(store)
        #expect(before != after)

        var kept: [Bool] = []
        for path in witness.copies {
            let left = try SQLiteStore(unsealedAt: path)
            #expect(try await left.integrityCheck() == [])
            let found = try await rows(left)
            #expect(found == before || found == after)
            kept.append(found == after)
            // Whoever comes next can do, or do over, what the dead process was at.
            if found == before { try await work.carryOut(on: left) }
            #expect(try await rows(left) == after)
        }
        // Nothing is kept until one statement, the commit, and everything from then on.
        #expect(kept.count > 8)
        #expect(kept.first == false && kept.last == true)
        #expect(kept == kept.sorted { !$0 && $1 })
    }

    @Test("leaves a file that the next process can open, while it is being created")
    func creating() async throws {
        let witness = Witness(folder)
        witness.isWatching.withLock { $0 = true }
        let empty = try await rows(try witness.open())
        witness.isWatching.withLock { $0 = false }
        #expect(witness.copies.count > 10)
        for path in witness.copies {
            let left = try SQLiteStore(unsealedAt: path)
            #expect(try await rows(left) == empty)
            try await Work.making.carryOut(on: left)
            #expect(try await left.integrityCheck() == [])
        }
    }

    /// All that is stored, row by row, with what the tables are.
    private func rows(_ store: SQLiteStore) async throws -> [String] {
        try await store.withDatabase { database in
            let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            return try tables.sorted().flatMap { table in
                try [table] + Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.debugDescription).sorted()
            }
        }
    }
}

/// Copies a store's files before and after every statement while it is watching.
private final class Witness: Sendable {
    let isWatching = Mutex(false)
    private let folder: TemporaryFolder
    private let count = Mutex(0)

    init(_ folder: TemporaryFolder) {
        self.folder = folder
    }

    var copies: [String] { (0..<count.withLock(\.self)).map { folder.path("copy-\($0).sqlite") } }

    func open() throws -> SQLiteStore {
        let path = folder.path()
        return try SQLiteStore(unsealedAt: path, executor: QueueExecutor()) {
            guard self.isWatching.withLock(\.self) else { return }
            let number = self.count.withLock { count in
                count += 1
                return count - 1
            }
            SQLiteFiles.copy(path, to: self.folder.path("copy-\(number).sqlite"))
        }
    }
}
#endif
