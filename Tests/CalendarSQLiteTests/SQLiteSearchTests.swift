#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("Searching a SQLite store")
struct SQLiteSearchTests {
    private static let epoch = Date(timeIntervalSince1970: 1_772_442_000)
    private static let calendars = ["a", "b", "c"].map {
        CalendarKey(tenant: "acme", connection: "c1", calendar: CalendarID($0))
    }

    /// Events of every length and kind around the epoch, some of them changed or unlinked later.
    private static func commits(seed: UInt64, count: Int) -> [RepositoryCommit] {
        var random = SplitMix(state: seed)
        func draw(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
        var first = RepositoryCommit(tenant: "acme")
        var second = RepositoryCommit(tenant: "acme")
        for number in 0..<count {
            let id = RecordID("r\(number)")
            func content() -> EventContent {
                let start = epoch.addingTimeInterval(Double((draw(2_000) - 1_000) * 3_600))
                let hours = [1, 24, 25, 96, 97, 700, 9_000][draw(7)]
                let zoned = EventTime.zoned(ZonedDateTime(start, in: .utc))
                guard draw(4) == 0 else {
                    return EventContent(
                        title: nil,
                        start: zoned,
                        end: zoned.advanced(bySeconds: Double(hours * 3_600))
                    )
                }
                let day = EventTime.day(zoned.civilDate)
                return EventContent(
                    title: nil,
                    start: day,
                    end: day.advanced(bySeconds: Double(hours / 24 + 1) * 86_400)
                )
            }
            var record = EventRecord(
                id: id,
                tenant: "acme",
                role: .single,
                content: content(),
                direction: .inbound,
                owner: draw(5) == 0 ? .user("ada") : nil,
                updatedAt: epoch
            )
            if draw(6) == 0 { record.role = .series }
            if draw(6) == 0 {
                record.role = .exception(series: RecordID("r\(draw(count))"), originalStart: record.content.start)
            }
            let calendar = calendars[draw(3)]
            let link = EventLink(
                calendar: calendar,
                event: RemoteEventID("e\(number)"),
                record: id,
                role: .single,
                etag: nil,
                base: nil,
                syncedRevision: 0,
                isPrimary: true,
                isOrganizer: true,
                epoch: 1,
                syncedAt: epoch
            )
            // A link may come before its record, with it, or not at all.
            switch draw(4) {
            case 0: second.links.append(link)
            case 1: break
            default: first.links.append(link)
            }
            if draw(5) == 0 {
                first.operations.append(
                    OutboxOperation(
                        id: OperationID("o\(number)"),
                        calendar: calendars[draw(3)],
                        record: id,
                        action: .update,
                        generation: 1,
                        content: record.content,
                        localRevision: 1,
                        invitations: .silent,
                        createdAt: epoch
                    )
                )
            }
            guard draw(4) > 0 else {
                second.records.append(.init(record, expecting: nil))
                continue
            }
            first.records.append(.init(record, expecting: nil))
            switch draw(6) {
            case 0: second.removedRecords[id] = 1
            case 1:
                record.content = content()
                second.records.append(.init(record, expecting: 1))
            default: break
            }
        }
        return [first, second]
    }

    /// Commits that store, change and remove one of each.
    private static func writes() -> [RepositoryCommit] {
        let whole = commits(seed: 1, count: 50)[0]
        var first = RepositoryCommit(tenant: "other")
        first.changes = [
            RecordChange(record: "r", kind: .created, reason: .merge, calendar: nil, activity: nil, at: epoch)
        ]
        first.operations = whole.operations.prefix(1).map { operation in
            OutboxOperation(
                id: "o",
                calendar: CalendarKey(tenant: "other", connection: "c1", calendar: "main"),
                record: "r",
                action: .create,
                generation: 1,
                content: operation.content,
                localRevision: 1,
                invitations: .silent,
                createdAt: epoch
            )
        }
        let content = first.operations[0].content
        let record = EventRecord(
            id: "r",
            tenant: "other",
            role: .single,
            content: content,
            direction: .inbound,
            updatedAt: epoch
        )
        first.records = [.init(record, expecting: nil)]
        let key = first.operations[0].calendar
        first.state = CalendarSyncState(calendar: key)
        first.issues = [SyncIssue(event: "e", code: .unknownZone, message: "Message.")]
        var second = RepositoryCommit(tenant: "other")
        second.state = CalendarSyncState(calendar: key)
        second.state?.revision = 1
        second.records = [.init(record, expecting: 1)]
        second.operations = first.operations
        second.operations[0].revision = 1
        second.resolvedIssues = ["e"]
        second.removedLinks = [.init(calendar: key, event: "e")]
        second.removedConflicts = ["k"]
        var third = RepositoryCommit(tenant: "other")
        third.removedRecords = ["r": 2]
        third.removedOperations = ["o": 2]
        return [first, second, third]
    }

    @Test("finds in every span what a search through everything finds", arguments: [UInt64(1), 2, 3, 4])
    func spans(_ seed: UInt64) async throws {
        let store = try SQLiteStore(unsealedAt: ":memory:")
        let oracle = InMemoryEventRepository()
        for commit in Self.commits(seed: seed, count: 300) {
            try await store.commit(commit)
            try await oracle.commit(commit)
        }
        var answered = 0
        for days in [1.0 / 24, 1, 7, 400] {
            for offset in stride(from: -50.0, through: 50, by: 7) {
                let start = Self.epoch.addingTimeInterval(offset * 86_400)
                for calendars in [nil, [], Set(Self.calendars.prefix(1)), Set(Self.calendars)] {
                    let query = try RecordQuery(
                        tenant: "acme",
                        calendars: calendars,
                        owners: offset > 0 ? [.user("ada"), .organization] : [],
                        start: start,
                        end: start.addingTimeInterval(days * 86_400)
                    )
                    let found = try await store.records(query)
                    #expect(found == (try await oracle.records(query)))
                    answered += found.count
                }
            }
        }
        #expect(answered > 1_000)
        #expect(try await store.integrityCheck() == [])
    }

    @Test("reads every table by an index, never from end to end")
    func plans() async throws {
        let store = try SQLiteStore(unsealedAt: ":memory:")
        for commit in Self.commits(seed: 1, count: 50) { try await store.commit(commit) }
        let statements = Statements()
        try await store.withDatabase { $0.trace { statements.append($0.description, $0.expandedDescription) } }
        let query = try RecordQuery(
            tenant: "acme",
            calendars: Set(Self.calendars),
            owners: [.user("ada")],
            start: Self.epoch,
            end: Self.epoch.addingTimeInterval(604_800)
        )
        _ = try await store.records(query)
        _ = try await store.records(RecordQuery(tenant: "acme", start: query.start, end: query.end))
        let calendar = Self.calendars[0]
        _ = try await store.snapshot(
            SnapshotRequest(calendar: calendar, events: ["e1"], iCalUIDs: ["u"], operations: ["o1"], records: ["r1"])
        )
        _ = try await store.links(in: calendar, notListedSince: 2, after: "e1", limit: 10)
        _ = try await store.links(of: "r1", tenant: "acme")
        _ = try await store.record("r1", tenant: "acme")
        _ = try await store.operations(in: calendar)
        _ = try await store.issues(in: calendar)
        _ = try await store.conflicts(in: calendar)
        _ = try await store.changes(of: "acme", after: 5, limit: 10)
        for commit in Self.writes() { try await store.commit(commit) }
        let key = ConnectionKey(tenant: "acme", connection: "one")
        _ = try await store.connection(key)
        _ = try await store.connections(of: "acme")
        _ = try await store.sharesGrant(provider: "google", clientID: "c", account: "a", besides: key)
        _ = try await store.takeAttempt(stateDigest: "d", now: Self.epoch)
        _ = try await store.credential(for: key)
        try await store.withDatabase { $0.trace(options: []) }

        var details: [String] = []
        for sql in statements.all {
            details += try await store.withDatabase { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] }
            }
        }
        if ProcessInfo.processInfo.environment["PRINT_PLANS"] != nil { print(details.joined(separator: "\n")) }
        #expect(details.contains { $0.contains("links_by_start (calendar=? AND length=? AND starts>? AND starts<?)") })
        #expect(details.contains { $0.contains("records_by_start (tenant=? AND length=? AND starts>? AND starts<?)") })
        let scans = details.filter { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }
        // The only list that is read as a whole is that of the lengths, which the statement brings along; the links of
        // a record are few, and ordered by the names of their calendars.
        #expect(
            Set(scans).subtracting(["SCAN reaches", "SCAN 6 CONSTANT ROWS", "SCAN CONSTANT ROW"]) == [
                "USE TEMP B-TREE FOR ORDER BY"
            ]
        )
    }
}

/// Statements as they were run, each once, without those that only begin, end or set something up.
private final class Statements: Sendable {
    private let seen = Mutex<[String: String]>([:])

    /// The statements with their values.
    var all: [String] { seen.withLock { $0.keys.sorted().compactMap { [seen = $0] in seen[$0] } } }

    func append(_ sql: String, _ expanded: String) {
        guard ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"].contains(where: sql.hasPrefix) else { return }
        seen.withLock { $0[sql] = expanded }
    }
}

/// Numbers that a seed determines (Steele, Lea and Flood 2014).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
#endif
