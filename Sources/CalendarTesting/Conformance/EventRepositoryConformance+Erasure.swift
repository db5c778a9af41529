import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let listing: [Check] = [
        Check("the calendars with anything stored are answered in order, a leased one not (M-53)") {
            repository,
            promise in
            let keys = ["d", "c", "b", "A"].map { CalendarKey(tenant: "acme", connection: "c1", calendar: $0) }
            var commit = RepositoryCommit(tenant: "acme")
            commit.state = CalendarSyncState(calendar: keys[0])
            commit.links = [link("e1", record: "r1", in: keys[1])]
            commit.operations = [operation("o1", record: "r1", in: keys[2])]
            commit.conflicts = [conflict("k1", in: keys[3])]
            try await repository.commit(commit)
            let leased = CalendarKey(tenant: "acme", connection: "c1", calendar: "e")
            _ = try await repository.acquireLease(on: leased, now: start, lasting: 60)
            try promise.equal(try await repository.calendars(of: "acme"), keys.reversed(), "the calendars")
            try promise.equal(try await repository.calendars(of: "other"), [], "the calendars of another tenant")
        },
        Check("every record is answered page by page, ordered by id (M-53)") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = ["r3", "r1", "R2", "r5"].map { .init(record($0), expecting: nil) }
            try await repository.commit(commit)
            for (id, limit, expected) in [
                (nil, 9, ["R2", "r1", "r3", "r5"]), (nil, 2, ["R2", "r1"]), ("r1", 1, ["r3"]), ("r2", 9, ["r3", "r5"]),
                ("r5", 9, []), (nil, 0, []),
            ] as [(RecordID?, Int, [RecordID])] {
                let page = try await repository.records(of: "acme", after: id, limit: limit)
                try promise.equal(page.map(\.id), expected, "at most \(limit) records")
            }
            let whole = try await repository.records(of: "acme", after: nil, limit: 1)
            try promise.equal(whole, [try await repository.record("R2", tenant: "acme")].compactMap(\.self), "a record")
            try promise.equal(try await repository.records(of: "other", after: nil, limit: 9), [], "another's records")
        },
    ]

    static let erasure: [Check] = [
        Check("erasing connections leaves nothing of theirs and all of the others' (M-53)") { repository, promise in
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            try await repository.commit(everything(of: "acme"))
            try await repository.commit(elsewhere())
            try await repository.erase(.connections(["c1"], of: "acme", owner: nil))
            try await expectNothing(in: calendar, of: repository, promise)
            try promise.equal(try await repository.record("r1", tenant: "acme"), nil, "the record")
            try promise.equal(try await repository.links(of: "r1", tenant: "acme"), [], "the links of the record")
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, operations: ["o1"]))
            try promise.holds(snapshot.operations.isEmpty, "the operation is gone")

            try promise.equal(try await repository.calendars(of: "acme"), [other], "the calendars")
            let theirs = elsewhere()
            let left = try await repository.snapshot(SnapshotRequest(calendar: other, events: ["e9"]))
            try promise.equal(left.state?.cursor, theirs.state?.cursor, "another connection's cursor")
            try promise.equal(Array(left.links.values), theirs.links, "another connection's links")
            try promise.equal(left.records.keys.sorted(), ["r9"], "another connection's records")
            try promise.equal(left.operations.keys.sorted(), ["o9"], "another connection's operations")
            try promise.equal(try await repository.issues(in: other), theirs.issues, "another connection's issues")
            try promise.equal(try await repository.conflicts(in: other), theirs.conflicts, "its conflicts")
            let changes = try await repository.changes(of: "acme", after: 0, limit: 9)
            try promise.equal(changes.map(\.change), theirs.changes, "the changes")
        },
        Check("a record that another connection has as well stays, without the erased owner (M-53)") {
            repository,
            promise in
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            var shared = RepositoryCommit(tenant: "acme")
            shared.records = ["r1", "r2", "r3"].map { .init(owned($0, by: "ada"), expecting: nil) }
            shared.records += [.init(owned("r4", by: "grace"), expecting: nil)]
            shared.links = ["1", "2", "3", "4"].map { link("e\($0)", record: "r\($0)") }
            shared.links += [link("f1", record: "r1", in: other), link("f4", record: "r4", in: other)]
            shared.operations = [operation("o2", record: "r2", in: other)]
            try await repository.commit(shared)
            try await repository.erase(.connections(["c1"], of: "acme", owner: "ada"))
            let left = try await repository.records(of: "acme", after: nil, limit: 9)
            try promise.equal(left.map(\.id), ["r1", "r2", "r4"], "the records")
            try promise.equal(left.map(\.owner), [nil, nil, .user("grace")], "the owners")
            try promise.equal(left.map(\.revision), [2, 2, 1], "the revisions")
            let found = try await repository.records(
                try RecordQuery(
                    tenant: "acme",
                    calendars: [],
                    owners: [.user("ada")],
                    start: start,
                    end: start.addingTimeInterval(60)
                )
            )
            try promise.equal(found, [], "what the erased owner has")
        },
        Check("what the owner made goes wherever it is, and exceptions go with their series (M-53)") {
            repository,
            promise in
            var series = owned("r1", by: "ada")
            series.role = .series
            var exception = record("r2")
            exception.role = .exception(series: "r1", originalStart: exception.content.start)
            var made = RepositoryCommit(tenant: "acme")
            made.records = [series, exception, owned("r3", by: "ada"), owned("r4", by: "grace"), record("r5")].map {
                .init($0, expecting: nil)
            }
            made.changes = ["r2", "r5"].map {
                RecordChange(record: $0, kind: .created, reason: .localEdit, calendar: nil, activity: nil, at: start)
            }
            try await repository.commit(made)
            try await repository.erase(.connections([], of: "acme", owner: "ada"))
            let left = try await repository.records(of: "acme", after: nil, limit: 9)
            try promise.equal(left.map(\.id), ["r4", "r5"], "the records")
            let changes = try await repository.changes(of: "acme", after: 0, limit: 9)
            try promise.equal(changes.map(\.change.record), ["r5"], "the changes")
        },
        Check("erasing a tenant leaves nothing of it and all of another's with the same ids (M-53)") {
            repository,
            promise in
            for tenant in twins { try await repository.commit(everything(of: tenant)) }
            var unlinked = RepositoryCommit(tenant: "acme")
            unlinked.records = [.init(record("r2"), expecting: nil)]
            try await repository.commit(unlinked)
            try await repository.erase(.tenant("acme"))
            try await expectNothing(in: calendar, of: repository, promise)
            try promise.equal(try await repository.calendars(of: "acme"), [], "the calendars")
            try promise.equal(try await repository.records(of: "acme", after: nil, limit: 9), [], "the records")
            try promise.equal(try await repository.changes(of: "acme", after: 0, limit: 9), [], "the changes")
            let theirs = CalendarKey(tenant: "other", connection: "c1", calendar: "main")
            try promise.equal(try await repository.calendars(of: "other"), [theirs], "another's calendars")
            try promise.equal(try await repository.records(of: "other", after: nil, limit: 9).count, 1, "its records")
            try promise.equal(try await repository.links(of: "r1", tenant: "other").count, 1, "its links")
            try promise.equal(try await repository.operations(in: theirs).count, 1, "its operations")
            try promise.equal(try await repository.issues(in: theirs).count, 1, "its issues")
            try promise.equal(try await repository.conflicts(in: theirs).count, 1, "its conflicts")
            try promise.equal(try await repository.changes(of: "other", after: 0, limit: 9).count, 1, "its changes")
        },
        Check("what was decided before an erasure is not stored after it (M-53)") { repository, promise in
            for erasure in [EventErasure.connections(["c1"], of: "acme", owner: nil), .tenant("acme")] {
                let lease = try promise.some(
                    try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                    "a lease"
                )
                try await repository.erase(erasure)
                var first = commit("e1", record: "r1")
                first.lease = lease
                try await promise.fails(with: .leaseLost, "a first page read before") {
                    try await repository.commit(first)
                }
                try await repository.release(lease, on: calendar)
                let next = try promise.some(
                    try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                    "a lease after the erasure"
                )
                try promise.holds(next.fencingNumber > lease.fencingNumber, "fencing numbers grow across an erasure")
                try await promise.fails(with: .leaseLost, "a first page read before another lease was given") {
                    try await repository.commit(first)
                }
                first.lease = next
                try await repository.commit(first)
                try await repository.erase(erasure)
                try await promise.fails(with: .revisionConflict, "a later page") {
                    try await repository.commit(commit("e2", record: "r2", revision: 1))
                }
                var edit = RepositoryCommit(tenant: "acme")
                edit.records = [.init(record("r1"), expecting: 1)]
                try await promise.fails(with: .revisionConflict, "an edit") { try await repository.commit(edit) }
                try await expectNothing(in: calendar, of: repository, promise)
                try promise.equal(try await repository.calendars(of: "acme"), [], "the calendars")
                try promise.equal(try await repository.records(of: "acme", after: nil, limit: 9), [], "the records")
            }
        },
        Check("numbers of the feed grow across an erasure, so a reader who goes on misses none (M-53)") {
            repository,
            promise in
            for erasure in [EventErasure.connections(["c1"], of: "acme", owner: nil), .tenant("acme")] {
                var told = RepositoryCommit(tenant: "acme")
                told.changes = ["r1", "r2"].map { change($0) }
                try await repository.commit(told)
                let last = try await repository.changes(of: "acme", after: 0, limit: 9).last
                try await repository.erase(erasure)
                try promise.equal(try await repository.changes(of: "acme", after: 0, limit: 9), [], "the changes")
                told.changes = [change("r3")]
                try await repository.commit(told)
                let news = try await repository.changes(of: "acme", after: last?.number ?? 0, limit: 9)
                try promise.equal(news.map(\.change.record), ["r3"], "the changes after the last one")
            }
        },
        Check("erasing twice is the same as once, and nothing to erase is no error (M-53)") { repository, promise in
            try await repository.erase(.tenant("acme"))
            try await repository.erase(.connections(["c1"], of: "acme", owner: "ada"))
            try await repository.commit(everything(of: "acme"))
            try await repository.commit(elsewhere())
            for _ in 0..<2 {
                try await repository.erase(.connections(["c1", "c7"], of: "acme", owner: "ada"))
                let left = try await repository.records(of: "acme", after: nil, limit: 9)
                try promise.equal(left.map(\.id), ["r9"], "the records")
                try promise.equal(left.map(\.revision), [1], "the revisions")
            }
            for _ in 0..<2 { try await repository.erase(.tenant("acme")) }
            try promise.equal(try await repository.records(of: "acme", after: nil, limit: 9), [], "the records")
        },
    ]

    private static func owned(_ id: RecordID, by user: UserID) -> EventRecord {
        var record = record(id)
        record.owner = .user(user)
        return record
    }

    /// One of each kind in another connection of the tenant.
    private static func elsewhere() -> RepositoryCommit {
        let key = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: key)
        commit.state?.cursor = SyncCursor("theirs")
        commit.records = [.init(record("r9"), expecting: nil)]
        commit.links = [link("e9", record: "r9", in: key)]
        commit.operations = [operation("o9", record: "r9", in: key)]
        commit.issues = [SyncIssue(event: "e9", code: .unreadableField, message: "theirs")]
        commit.conflicts = [conflict("k9", in: key)]
        commit.changes = [
            RecordChange(record: "r9", kind: .created, reason: .remoteEdit, calendar: key, activity: nil, at: start)
        ]
        return commit
    }

    private static func expectNothing(
        in calendar: CalendarKey,
        of repository: any EventRepository,
        _ promise: Promise
    ) async throws {
        let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["e1"]))
        try promise.equal(snapshot.state, nil, "the state")
        try promise.holds(snapshot.links.isEmpty, "the links are gone")
        let listed = try await repository.links(in: calendar, notListedSince: .max, after: nil, limit: 9)
        try promise.equal(listed, [], "the links not listed")
        try promise.equal(try await repository.operations(in: calendar), [], "the operations")
        try promise.equal(try await repository.issues(in: calendar), [], "the issues")
        try promise.equal(try await repository.conflicts(in: calendar), [], "the conflicts")
    }
}
