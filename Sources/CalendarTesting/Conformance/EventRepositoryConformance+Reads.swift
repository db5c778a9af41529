import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let queries: [Check] = [
        Check("a query answers the events that touch its span, by id, its end being exclusive") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            for (id, hours) in [("r3", 2.0), ("r1", 0.0), ("r2", 1.0), ("r4", 3.0)] {
                commit.records.append(.init(record(RecordID(id), hours: hours), expecting: nil))
            }
            try await repository.commit(commit)
            let query = try RecordQuery(
                tenant: "acme",
                start: start.addingTimeInterval(3600),
                end: start.addingTimeInterval(3 * 3600)
            )
            try promise.equal(try await repository.records(query).map(\.id), ["r2", "r3"], "the records")
        },
        Check("a series is answered for spans long after its start, with all its exceptions") { repository, promise in
            var series = record("series")
            series.role = .series
            series.content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY"])
            var exception = record("exception")
            exception.role = .exception(series: "series", originalStart: series.content.start)
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(series, expecting: nil), .init(exception, expecting: nil)]
            try await repository.commit(commit)
            let later = start.addingTimeInterval(400 * 86_400)
            let query = try RecordQuery(tenant: "acme", start: later, end: later.addingTimeInterval(86_400))
            try promise.equal(try await repository.records(query).map(\.id), ["exception", "series"], "the records")
        },
        Check("a query for some calendars leaves out what only others hold") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            let end = start.addingTimeInterval(86_400)
            let own = try RecordQuery(tenant: "acme", calendars: [calendar], start: start, end: end)
            let others = try RecordQuery(tenant: "acme", calendars: [other], start: start, end: end)
            try promise.equal(try await repository.records(own).map(\.id), ["r1"], "the calendar's records")
            try promise.equal(try await repository.records(others).map(\.id), [], "the other calendar's records")
        },
        Check("a query for owners holds their own events that no calendar has, and nobody else's") {
            repository,
            promise in
            var commit = RepositoryCommit(tenant: "acme")
            for (id, owner) in [("r1", "ada"), ("r2", "alan")] as [(RecordID, UserID)] {
                var own = record(id)
                own.owner = .user(owner)
                commit.records.append(.init(own, expecting: nil))
            }
            commit.records.append(.init(record("r3"), expecting: nil))
            try await repository.commit(commit)
            let query = try RecordQuery(
                tenant: "acme",
                calendars: [calendar],
                owners: [.user("ada")],
                start: start,
                end: start.addingTimeInterval(86_400)
            )
            try promise.equal(try await repository.records(query).map(\.id), ["r1"], "the records")
        },
        Check("a query for a calendar holds what is still to be created there") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(record("r1"), expecting: nil), .init(record("r2"), expecting: nil)]
            commit.operations = [operation("o1", record: "r1")]
            try await repository.commit(commit)
            let query = try RecordQuery(
                tenant: "acme",
                calendars: [calendar],
                start: start,
                end: start.addingTimeInterval(86_400)
            )
            try promise.equal(try await repository.records(query).map(\.id), ["r1"], "the records")
        },
        Check("operations come oldest first, rejected ones among them, until they are settled") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            var rejected = operation("o4", record: "r4")
            rejected.state = .rejected(.rejected)
            commit.operations = [
                operation("o2", record: "r2", age: 5), operation("o1", record: "r1"),
                operation("o3", record: "r3", age: 10), rejected,
            ]
            try await repository.commit(commit)
            let stored = try await repository.operations(in: calendar)
            try promise.equal(stored.map(\.id), ["o3", "o2", "o1", "o4"], "the operations")
            var settled = RepositoryCommit(tenant: "acme")
            settled.removedOperations = ["o2": 1]
            try await repository.commit(settled)
            let left = try await repository.operations(in: calendar)
            try promise.equal(left.map(\.id), ["o3", "o1", "o4"], "the operations left")
        },
        Check("conflicts of a calendar come oldest first, are replaced by id and removed by id") {
            repository,
            promise in
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            var first = RepositoryCommit(tenant: "acme")
            first.conflicts = [
                conflict("k2", age: 5), conflict("k1"), conflict("k3", age: 9), conflict("k4", in: other),
            ]
            try await repository.commit(first)
            try promise.equal(
                try await repository.conflicts(in: calendar).map(\.id),
                ["k3", "k2", "k1"],
                "the conflicts"
            )
            var second = RepositoryCommit(tenant: "acme")
            var decided = conflict("k2", age: 5)
            decided.isOpen = false
            second.conflicts = [decided]
            second.removedConflicts = ["k3"]
            try await repository.commit(second)
            try promise.equal(try await repository.conflicts(in: calendar), [decided, conflict("k1")], "what is left")
        },
        Check("links that a full round did not list are answered by event id, in batches") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.state = CalendarSyncState(calendar: calendar)
            commit.links = ["e5", "e1", "e3", "e2"].map { link(RemoteEventID($0), record: "r", epoch: 1) }
            commit.links.append(link("e4", record: "r", epoch: 2))
            try await repository.commit(commit)
            let first = try await repository.links(in: calendar, notListedSince: 2, after: nil, limit: 3)
            try promise.equal(first.map(\.event), ["e1", "e2", "e3"], "the first batch")
            let rest = try await repository.links(in: calendar, notListedSince: 2, after: "e3", limit: 3)
            try promise.equal(rest.map(\.event), ["e5"], "the second batch")
        },
    ]

    static let snapshots: [Check] = [
        Check("a snapshot of a series holds the links of its exceptions") { repository, promise in
            let key = OccurrenceKey(series: "series", originalStart: content("").start)
            var commit = RepositoryCommit(tenant: "acme")
            commit.state = CalendarSyncState(calendar: calendar)
            commit.links = [
                link("series", record: "r1", role: .master), link("x", record: "r2", role: .exception(key)),
                link("single", record: "r3"),
            ]
            try await repository.commit(commit)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["series"]))
            try promise.equal(snapshot.links.keys.sorted(), ["series", "x"], "the links")
        },
        Check("a snapshot of a series holds the records of its exceptions, those without a link as well") {
            repository,
            promise in
            var series = commit("series", record: "r1")
            var exception = record("r2")
            exception.role = .exception(series: "r1", originalStart: exception.content.start)
            series.records.append(.init(exception, expecting: nil))
            try await repository.commit(series)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["series"]))
            try promise.equal(snapshot.records.keys.sorted(), ["r1", "r2"], "the records")
        },
        Check("a snapshot finds records by UID, with their links in other calendars") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            let second = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            let snapshot = try await repository.snapshot(
                SnapshotRequest(calendar: second, iCalUIDs: ["r1@example.com"])
            )
            try promise.equal(snapshot.records.keys.sorted(), ["r1"], "the records")
            try promise.equal(snapshot.otherLinks["r1"]?.map(\.event), ["e1"], "the links in other calendars")
            try promise.holds(snapshot.links.isEmpty, "there is no link in the asked calendar")
        },
        Check("a snapshot holds the named operations, and those of the records it answers") {
            repository,
            promise in
            var first = commit("e1", record: "r1")
            first.operations = [operation("o1", record: "r1"), operation("o2", record: "r2")]
            try await repository.commit(first)
            let byEvent = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["e1"]))
            try promise.equal(byEvent.operations.keys.sorted(), ["o1"], "the operations by event")
            let byName = try await repository.snapshot(SnapshotRequest(calendar: calendar, operations: ["o2"]))
            try promise.equal(byName.operations.keys.sorted(), ["o2"], "the operations by name")
        },
        Check("a snapshot holds the records behind the named operations") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(record("r1"), expecting: nil)]
            commit.operations = [operation("o1", record: "r1")]
            try await repository.commit(commit)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, operations: ["o1"]))
            try promise.equal(snapshot.records.keys.sorted(), ["r1"], "the records")
        },
        Check("the links of a record come by calendar, then event") { repository, promise in
            let second = CalendarKey(tenant: "acme", connection: "c0", calendar: "main")
            var commit = RepositoryCommit(tenant: "acme")
            commit.links = [
                link("e2", record: "r1"), link("e1", record: "r1"), link("e9", record: "r1", in: second),
            ]
            try await repository.commit(commit)
            let links = try await repository.links(of: "r1", tenant: "acme")
            try promise.equal(links.map(\.event), ["e9", "e1", "e2"], "the links")
        },
    ]
}
