#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import GRDB
import Testing

@Suite("A commit that fails half-way")
struct SQLiteAtomicityTests {
    static let calendar = CalendarKey(tenant: "acme", connection: "c1", calendar: "main")
    private static let start = Date(timeIntervalSince1970: 1_772_442_000)
    private static let tables = [
        "tenants", "calendars", "records", "links", "operations", "issues", "conflicts", "changes",
    ]

    private static var content: EventContent {
        let start = ZonedDateTime(start, in: .utc)
        return EventContent(title: "Title", start: .zoned(start), end: EventTime.zoned(start).advanced(bySeconds: 60))
    }

    /// One of everything.
    static var everything: RepositoryCommit {
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: calendar)
        commit.records = [
            .init(
                EventRecord(
                    id: "r1",
                    tenant: "acme",
                    role: .single,
                    content: content,
                    direction: .inbound,
                    updatedAt: start
                ),
                expecting: nil
            )
        ]
        commit.links = [
            EventLink(
                calendar: calendar,
                event: "e1",
                record: "r1",
                role: .single,
                etag: nil,
                base: nil,
                syncedRevision: 0,
                isPrimary: true,
                isOrganizer: true,
                epoch: 1,
                syncedAt: start
            )
        ]
        commit.operations = [
            OutboxOperation(
                id: "o1",
                calendar: calendar,
                record: "r1",
                action: .create,
                generation: 1,
                content: content,
                localRevision: 1,
                invitations: .silent,
                createdAt: start
            )
        ]
        commit.issues = [SyncIssue(event: "e1", code: .unreadableField, message: "Message.")]
        commit.conflicts = [
            SyncConflict(
                id: "k1",
                calendar: calendar,
                event: "e1",
                record: "r1",
                kind: .edits,
                fields: [],
                base: nil,
                local: nil,
                remote: nil,
                kept: .local,
                isOpen: true,
                at: start
            )
        ]
        commit.changes = [
            RecordChange(record: "r1", kind: .created, reason: .localEdit, calendar: nil, activity: nil, at: start)
        ]
        return commit
    }

    private func counts(_ store: SQLiteStore) async throws -> [Int] {
        try await store.withDatabase { database in
            try Self.tables.map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? -1 }
        }
    }

    @Test("stores nothing, whichever table fails, and can be repeated", arguments: tables)
    func failing(_ table: String) async throws {
        let store = try SQLiteStore(unsealedAt: ":memory:")
        for event in ["INSERT", "UPDATE"] {
            try await store.withDatabase { database in
                try database.execute(
                    sql: """
                        CREATE TRIGGER failure_\(event) BEFORE \(event) ON \(table)
                        BEGIN SELECT RAISE(ABORT, 'out of order'); END
                        """
                )
            }
        }
        let error = await #expect(throws: CalendarError.self) { try await store.commit(Self.everything) }
        #expect(error?.code == .storage)
        #expect(try await counts(store) == [0, 0, 0, 0, 0, 0, 0, 0])

        try await store.withDatabase { try $0.execute(sql: "DROP TRIGGER failure_INSERT; DROP TRIGGER failure_UPDATE") }
        try await store.commit(Self.everything)
        #expect(try await counts(store) == [1, 1, 1, 1, 1, 1, 1, 1])
    }
}
#endif
