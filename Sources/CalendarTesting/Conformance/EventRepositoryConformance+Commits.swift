import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let commits: [Check] = [
        Check("a page's changes and the position after it are stored together") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["e1"]))
            try promise.equal(snapshot.state?.cursor, SyncCursor("cursor of e1"), "the cursor")
            try promise.equal(snapshot.links["e1"], link("e1", record: "r1"), "the link")
            var expected = record("r1")
            expected.revision = snapshot.records["r1"]?.revision ?? -1
            try promise.equal(snapshot.records["r1"], expected, "the record")
        },
        Check("a commit that fails leaves nothing of it behind") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            var second = commit("e2", record: "r2", revision: 1)
            second.records.append(.init(record("r1"), expecting: 99))
            second.operations = [operation("o1", record: "r2")]
            try await promise.fails(with: .revisionConflict, "a commit on an old record") {
                try await repository.commit(second)
            }
            let snapshot = try await repository.snapshot(
                SnapshotRequest(calendar: calendar, events: ["e2"], operations: ["o1"], records: ["r2"])
            )
            try promise.holds(snapshot.links.isEmpty && snapshot.records.isEmpty, "neither link nor record is stored")
            try promise.holds(snapshot.operations.isEmpty, "no operation is stored")
            try promise.equal(snapshot.state?.cursor, SyncCursor("cursor of e1"), "the cursor")
        },
        Check("a record that exists cannot be created again") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            var again = RepositoryCommit(tenant: "acme")
            again.records = [.init(record("r1"), expecting: nil)]
            try await promise.fails(with: .revisionConflict, "creating it again") {
                try await repository.commit(again)
            }
        },
        Check("each stored version of a record has a new revision, and an older one is refused") {
            repository,
            promise in
            try await repository.commit(commit("e1", record: "r1"))
            let first = try promise.some(try await repository.record("r1", tenant: "acme"), "a record")
            var change = RepositoryCommit(tenant: "acme")
            change.records = [.init(first, expecting: first.revision)]
            try await repository.commit(change)
            let second = try promise.some(try await repository.record("r1", tenant: "acme"), "a record")
            try promise.holds(second.revision != first.revision, "the revision moved")
            try await promise.fails(with: .revisionConflict, "a change of the older version") {
                try await repository.commit(change)
            }
        },
        Check("an operation that changed since it was read is neither replaced nor removed") { repository, promise in
            var first = RepositoryCommit(tenant: "acme")
            first.operations = [operation("o1", record: "r1")]
            try await repository.commit(first)
            let read = try promise.some(try await repository.operations(in: calendar).first, "the operation")
            var sent = RepositoryCommit(tenant: "acme")
            sent.operations = [read]
            sent.operations[0].state = .sent
            try await repository.commit(sent)
            var removal = RepositoryCommit(tenant: "acme")
            removal.removedOperations = ["o1": read.revision]
            for outdated in [sent, first, removal] {
                try await promise.fails(with: .revisionConflict, "a commit on the older version") {
                    try await repository.commit(outdated)
                }
            }
            let stored = try await repository.operations(in: calendar)
            try promise.equal(stored.map(\.state), [.sent], "the state of the operation")
            removal.removedOperations = ["o1": try promise.some(stored.first, "the operation").revision]
            try await repository.commit(removal)
            try promise.equal(try await repository.operations(in: calendar), [], "the operations left")
        },
        Check("a commit on an older state of the calendar is refused") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            try await promise.fails(with: .revisionConflict, "a second commit on the same state") {
                try await repository.commit(commit("e2", record: "r2"))
            }
        },
        Check("removing a record needs its revision, and removes nothing else") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            try await repository.commit(commit("e2", record: "r2", revision: 1))
            let stored = try promise.some(try await repository.record("r1", tenant: "acme"), "a record")
            var removal = RepositoryCommit(tenant: "acme")
            removal.removedRecords = ["r1": stored.revision + 1]
            try await promise.fails(with: .revisionConflict, "removing another version") {
                try await repository.commit(removal)
            }
            removal.removedRecords = ["r1": stored.revision]
            try await repository.commit(removal)
            try promise.holds(try await repository.record("r1", tenant: "acme") == nil, "the record is gone")
            try promise.holds(try await repository.record("r2", tenant: "acme") != nil, "the other one is there")
        },
        Check("changes are told in the order of their commits, once, and go on after a number (M-42)") {
            repository,
            promise in
            for (index, id) in ["r1", "r2", "r3"].enumerated() {
                var commit = RepositoryCommit(tenant: "acme")
                commit.records = [.init(record(RecordID(id)), expecting: nil)]
                commit.changes = [change(RecordID(id))]
                if index == 2 { commit.changes.append(change("r1")) }
                try await repository.commit(commit)
            }
            let all = try await repository.changes(of: "acme", after: 0, limit: 10)
            try promise.equal(all.map(\.change.record), ["r1", "r2", "r3", "r1"], "the changes")
            try promise.holds(zip(all, all.dropFirst()).allSatisfy { $0.number < $1.number }, "the numbers grow")
            let first = try await repository.changes(of: "acme", after: 0, limit: 2)
            let rest = try await repository.changes(of: "acme", after: first.last?.number ?? 0, limit: 10)
            try promise.equal(first + rest, all, "the changes in two parts")
            try promise.equal(try await repository.changes(of: "other", after: 0, limit: 10), [], "another tenant's")
        },
        Check("a commit that fails tells nothing (M-42)") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            var second = RepositoryCommit(tenant: "acme")
            second.records = [.init(record("r1"), expecting: 99)]
            second.changes = [change("r1")]
            try await promise.fails(with: .revisionConflict, "a commit on an old record") {
                try await repository.commit(second)
            }
            try promise.equal(try await repository.changes(of: "acme", after: 0, limit: 10), [], "the changes")
        },
        Check("an issue replaces the earlier one of its event and code, and ends when it is resolved") {
            repository,
            promise in
            let first = SyncIssue(event: "e1", code: .unreadableField, field: "start", message: "First.")
            let second = SyncIssue(event: "e1", code: .unreadableField, field: "end", message: "Second.")
            for (revision, issue) in [first, second].enumerated() {
                var commit = RepositoryCommit(tenant: "acme")
                commit.state = CalendarSyncState(calendar: calendar)
                commit.state?.revision = revision
                commit.issues = [issue]
                try await repository.commit(commit)
            }
            try promise.equal(try await repository.issues(in: calendar), [second], "the issues")
            var resolution = RepositoryCommit(tenant: "acme")
            resolution.state = CalendarSyncState(calendar: calendar)
            resolution.state?.revision = 2
            resolution.resolvedIssues = ["e1"]
            try await repository.commit(resolution)
            try promise.equal(try await repository.issues(in: calendar), [], "the issues afterwards")
            resolution.state?.revision = 3
            resolution.issues = [first]
            try await repository.commit(resolution)
            try promise.equal(try await repository.issues(in: calendar), [first], "the issues of the same commit")
        },
    ]

    static let tenants: [Check] = [
        Check("nothing of one tenant is seen through another's key (F-07)") { repository, promise in
            var first = commit("e1", record: "r1")
            first.operations = [operation("o1", record: "r1")]
            first.conflicts = [conflict("k1")]
            try await repository.commit(first)
            let other = CalendarKey(tenant: "other", connection: "c1", calendar: "main")
            let snapshot = try await repository.snapshot(
                SnapshotRequest(
                    calendar: other,
                    events: ["e1"],
                    iCalUIDs: ["r1@example.com"],
                    operations: ["o1"],
                    records: ["r1"]
                )
            )
            try promise.holds(
                snapshot.state == nil && snapshot.links.isEmpty && snapshot.records.isEmpty
                    && snapshot.otherLinks.isEmpty && snapshot.operations.isEmpty,
                "the other tenant's snapshot is empty"
            )
            try promise.holds(try await repository.record("r1", tenant: "other") == nil, "no record is seen")
            try promise.equal(try await repository.links(of: "r1", tenant: "other"), [], "the links seen")
            try promise.equal(try await repository.operations(in: other), [], "the operations seen")
            try promise.equal(try await repository.conflicts(in: other), [], "the conflicts seen")
            let query = try RecordQuery(tenant: "other", start: start, end: start.addingTimeInterval(86_400))
            try promise.equal(try await repository.records(query), [], "the records seen")
        },
        Check("a commit that names another tenant's calendar or record is refused") { repository, promise in
            let other = CalendarKey(tenant: "other", connection: "c1", calendar: "main")
            var foreignLink = RepositoryCommit(tenant: "acme")
            foreignLink.links = [link("e1", record: "r1", in: other)]
            var foreignRecord = RepositoryCommit(tenant: "acme")
            foreignRecord.records = [.init(record("r1", tenant: "other"), expecting: nil)]
            var foreignRemoval = RepositoryCommit(tenant: "acme")
            foreignRemoval.removedLinks = [.init(calendar: other, event: "e1")]
            for commit in [foreignLink, foreignRecord, foreignRemoval] {
                try await promise.fails(with: .invalidArgument, "the commit") { try await repository.commit(commit) }
            }
            try promise.equal(try await repository.links(of: "r1", tenant: "other"), [], "the links stored")
            try promise.holds(try await repository.record("r1", tenant: "other") == nil, "no record is stored")
        },
    ]

    static let leases: [Check] = [
        Check("a calendar has one lease at a time, free again when it is given back or has run out") {
            repository,
            promise in
            let first = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "a lease"
            )
            let during = try await repository.acquireLease(on: calendar, now: start.addingTimeInterval(59), lasting: 60)
            try promise.equal(during, nil, "a second lease")
            let late = try promise.some(
                try await repository.acquireLease(on: calendar, now: start.addingTimeInterval(60), lasting: 60),
                "a lease after the first ran out"
            )
            try promise.holds(late.fencingNumber > first.fencingNumber, "the fencing number grows")
            try await repository.release(late, on: calendar)
            let next = try promise.some(
                try await repository.acquireLease(on: calendar, now: start.addingTimeInterval(61), lasting: 60),
                "a lease after the second was given back"
            )
            try promise.holds(next.fencingNumber > late.fencingNumber, "the fencing number grows")
        },
        Check("a commit under a lease that was taken over is refused") { repository, promise in
            let old = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "a lease"
            )
            _ = try await repository.acquireLease(on: calendar, now: start.addingTimeInterval(120), lasting: 60)
            var late = commit("e1", record: "r1")
            late.lease = old
            try await promise.fails(with: .leaseLost, "the late commit") { try await repository.commit(late) }
            try promise.holds(try await repository.record("r1", tenant: "acme") == nil, "nothing is stored")
        },
        Check("a lease or an issue without the state of its calendar is refused") { repository, promise in
            let lease = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "a lease"
            )
            var leased = RepositoryCommit(tenant: "acme")
            leased.lease = lease
            var issued = RepositoryCommit(tenant: "acme")
            issued.issues = [SyncIssue(event: "e1", code: .unreadableField, message: "Lost.")]
            for commit in [leased, issued] {
                try await promise.fails(with: .invalidArgument, "the commit") { try await repository.commit(commit) }
            }
        },
        Check("giving back an old lease does not free the newer one") { repository, promise in
            let old = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "a lease"
            )
            let later = start.addingTimeInterval(120)
            _ = try await repository.acquireLease(on: calendar, now: later, lasting: 60)
            try await repository.release(old, on: calendar)
            let third = try await repository.acquireLease(on: calendar, now: later, lasting: 60)
            try promise.equal(third, nil, "a third lease")
        },
    ]
}
