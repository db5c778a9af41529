import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let removals: [Check] = [
        Check("removing a record leaves its links, operations and conflicts alone") { repository, promise in
            var first = commit("e1", record: "r1")
            first.operations = [operation("o1", record: "r1")]
            first.conflicts = [conflict("k1")]
            try await repository.commit(first)
            var removal = RepositoryCommit(tenant: "acme")
            removal.removedRecords = ["r1": 1]
            try await repository.commit(removal)
            let snapshot = try await repository.snapshot(
                SnapshotRequest(calendar: calendar, events: ["e1"], iCalUIDs: ["r1@example.com"])
            )
            try promise.holds(snapshot.records.isEmpty, "no record is left")
            try promise.equal(snapshot.links["e1"], link("e1", record: "r1"), "the link")
            try promise.equal(snapshot.operations.keys.sorted(), ["o1"], "the operation of the record")
            try promise.equal(try await repository.operations(in: calendar).map(\.id), ["o1"], "the operations")
            try promise.equal(try await repository.conflicts(in: calendar).map(\.id), ["k1"], "the conflicts")
            try promise.equal(try await repository.links(of: "r1", tenant: "acme").count, 1, "the links of the record")
        },
        Check("links, operations, conflicts and changes may name a record that is not stored") { repository, promise in
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            var commit = RepositoryCommit(tenant: "acme")
            commit.links = [link("e1", record: "r1"), link("e2", record: "r1", in: other)]
            commit.operations = [operation("o1", record: "r1")]
            commit.conflicts = [conflict("k1")]
            commit.changes = [change("r1")]
            try await repository.commit(commit)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["e1"]))
            try promise.equal(snapshot.links.keys.sorted(), ["e1"], "the links")
            try promise.equal(snapshot.otherLinks["r1"]?.map(\.event), ["e2"], "the links in other calendars")
            try promise.equal(snapshot.operations.keys.sorted(), ["o1"], "the operations")
        },
        Check("a removed link is gone from every read") { repository, promise in
            let key = OccurrenceKey(series: "series", originalStart: content("").start)
            var first = RepositoryCommit(tenant: "acme")
            first.records = [.init(record("r1"), expecting: nil)]
            first.links = [link("series", record: "r0", role: .master), link("x", record: "r1", role: .exception(key))]
            try await repository.commit(first)
            var removal = RepositoryCommit(tenant: "acme")
            removal.removedLinks = [.init(calendar: calendar, event: "x"), .init(calendar: calendar, event: "never")]
            removal.removedConflicts = ["never"]
            try await repository.commit(removal)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["series", "x"]))
            try promise.equal(snapshot.links.keys.sorted(), ["series"], "the links")
            try promise.equal(try await repository.links(of: "r1", tenant: "acme"), [], "the links of its record")
            let stale = try await repository.links(in: calendar, notListedSince: 9, after: nil, limit: 9)
            try promise.equal(stale.map(\.event), ["series"], "the links not listed")
            let query = try RecordQuery(
                tenant: "acme",
                calendars: [calendar],
                start: start,
                end: start.addingTimeInterval(3600)
            )
            try promise.equal(try await repository.records(query), [], "the calendar's records")
        },
        Check("a link that gets another record or series is found under the new one alone") { repository, promise in
            let first = OccurrenceKey(series: "first", originalStart: content("").start)
            let second = OccurrenceKey(series: "second", originalStart: content("").start)
            var commit = RepositoryCommit(tenant: "acme")
            commit.links = [link("x", record: "r1", role: .exception(first))]
            try await repository.commit(commit)
            commit.links = [link("x", record: "r2", role: .exception(second))]
            try await repository.commit(commit)
            try promise.equal(try await repository.links(of: "r1", tenant: "acme"), [], "the links of the old record")
            try promise.equal(try await repository.links(of: "r2", tenant: "acme"), commit.links, "of the new record")
            for (series, expected) in [("first", [RemoteEventID]()), ("second", ["x"])] {
                let snapshot = try await repository.snapshot(
                    SnapshotRequest(calendar: calendar, events: [RemoteEventID(series)])
                )
                try promise.equal(snapshot.links.keys.sorted(), expected, "the exceptions of \(series)")
            }
        },
        Check("a changed record is found by what it says now alone: time, UID and series") { repository, promise in
            var first = record("r1")
            first.role = .exception(series: "s1", originalStart: first.content.start)
            var second = record("r1", hours: 480)
            second.role = .exception(series: "s2", originalStart: first.content.start)
            second.iCalUID = "other@example.com"
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(first, expecting: nil)]
            try await repository.commit(commit)
            commit.records = [.init(second, expecting: 1)]
            try await repository.commit(commit)
            for (uid, series, day, expected) in [
                ("r1@example.com", "s1", 0.0, [RecordID]()), ("other@example.com", "s2", 20.0, ["r1"]),
            ] {
                let byUID = try await repository.snapshot(SnapshotRequest(calendar: calendar, iCalUIDs: [uid]))
                try promise.equal(byUID.records.keys.sorted(), expected, "the records with UID \(uid)")
                let bySeries = try await repository.snapshot(
                    SnapshotRequest(calendar: calendar, records: [RecordID(series)])
                )
                try promise.equal(bySeries.records.keys.sorted(), expected, "the exceptions of \(series)")
                let begin = start.addingTimeInterval(day * 86_400)
                let query = try RecordQuery(tenant: "acme", start: begin, end: begin.addingTimeInterval(3600))
                try promise.equal(try await repository.records(query).map(\.id), expected, "the records on day \(day)")
            }
        },
    ]
}
