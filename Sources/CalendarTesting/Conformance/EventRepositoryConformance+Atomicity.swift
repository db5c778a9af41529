import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let atomicity: [Check] = [
        Check("a refused commit stores nothing of any kind, whatever it is refused for") { repository, promise in
            let old = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "a lease"
            )
            _ = try await repository.acquireLease(on: calendar, now: start.addingTimeInterval(120), lasting: 60)
            try await repository.commit(firstOfEverything)
            let before = try await Contents(of: repository)
            try promise.equal(before.snapshot.records.keys.sorted(), ["r0", "r1", "r3"], "the records stored before")
            for refusal in refusals(under: old) {
                var commit = secondOfEverything
                refusal.spoil(&commit)
                try await promise.fails(with: refusal.code, refusal.what) { try await repository.commit(commit) }
                try promise.equal(try await Contents(of: repository), before, "the store after \(refusal.what)")
            }
        },
        Check("a commit stores, replaces and removes everything it names, and nothing else") { repository, promise in
            try await repository.commit(firstOfEverything)
            try await repository.commit(secondOfEverything)
            let after = try await Contents(of: repository)
            try promise.equal(after.snapshot.state?.cursor, SyncCursor("second"), "the cursor")
            try promise.equal(after.snapshot.records.keys.sorted(), ["r1", "r2", "r3"], "the records")
            try promise.equal(after.snapshot.records["r1"]?.content.title, "Changed", "the changed record")
            try promise.equal(after.snapshot.links.keys.sorted(), ["e1", "e2"], "the links")
            try promise.equal(after.snapshot.links["e1"]?.etag, "2", "the changed link")
            try promise.equal(after.operations.map(\.id).sorted(), ["o1", "o2"], "the operations")
            try promise.equal(after.operations.first { $0.id == "o1" }?.attempts, 7, "the changed operation")
            try promise.equal(after.issues.map(\.event), ["e1", "e2"], "the issues")
            try promise.equal(after.conflicts.map(\.id), ["k1", "k2"], "the conflicts")
            try promise.equal(after.changes.map(\.change.record), ["r1", "r2"], "the changes")
        },
        Check("a commit that names one thing twice is refused") { repository, promise in
            var twoRecords = RepositoryCommit(tenant: "acme")
            twoRecords.records = [.init(record("r1"), expecting: nil), .init(record("r1"), expecting: nil)]
            var twoLinks = RepositoryCommit(tenant: "acme")
            twoLinks.links = [link("e1", record: "r1"), link("e1", record: "r2")]
            var bothLinks = RepositoryCommit(tenant: "acme")
            bothLinks.links = [link("e1", record: "r1")]
            bothLinks.removedLinks = [.init(calendar: calendar, event: "e1")]
            var bothOperations = RepositoryCommit(tenant: "acme")
            bothOperations.operations = [operation("o1", record: "r1")]
            bothOperations.removedOperations = ["o1": 0]
            var bothConflicts = RepositoryCommit(tenant: "acme")
            bothConflicts.conflicts = [conflict("k1")]
            bothConflicts.removedConflicts = ["k1"]
            for commit in [twoRecords, twoLinks, bothLinks, bothOperations, bothConflicts] {
                try await promise.fails(with: .invalidArgument, "the commit") { try await repository.commit(commit) }
            }
        },
        Check("revisions count each stored version by one, from 1 on") { repository, promise in
            for version in 0..<3 {
                let expected = version == 0 ? nil : version
                var commit = RepositoryCommit(tenant: "acme")
                commit.records = [.init(record("r1"), expecting: expected)]
                commit.state = CalendarSyncState(calendar: calendar)
                commit.state?.revision = version
                try await repository.commit(commit)
                let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, records: ["r1"]))
                try promise.equal(snapshot.state?.revision, version + 1, "the state's revision")
                try promise.equal(snapshot.records["r1"]?.revision, version + 1, "the record's revision")
            }
        },
        Check("an empty commit is no error") { repository, promise in
            try await repository.commit(RepositoryCommit(tenant: "acme"))
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar))
            try promise.equal(snapshot.state, nil, "the state")
        },
    ]

    /// Several of each kind, the first commit of all.
    private static var firstOfEverything: RepositoryCommit {
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: calendar)
        commit.state?.cursor = SyncCursor("first")
        commit.records = ["r0", "r1", "r3"].map { .init(record($0), expecting: nil) }
        commit.links = [link("e0", record: "r0"), link("e1", record: "r1")]
        commit.operations = [operation("o0", record: "r0"), operation("o1", record: "r1")]
        commit.issues = ["e0", "e1"].map { SyncIssue(event: $0, code: .unreadableField, message: "First.") }
        commit.conflicts = [conflict("k0"), conflict("k1")]
        commit.changes = [change("r1")]
        return commit
    }

    /// A commit after the first one that stores, replaces and removes one of each kind.
    private static var secondOfEverything: RepositoryCommit {
        var commit = RepositoryCommit(tenant: "acme")
        commit.state = CalendarSyncState(calendar: calendar)
        commit.state?.revision = 1
        commit.state?.cursor = SyncCursor("second")
        var changed = record("r1")
        changed.content.title = "Changed"
        commit.records = [.init(record("r2"), expecting: nil), .init(changed, expecting: 1)]
        commit.removedRecords = ["r0": 1]
        var newer = link("e1", record: "r1")
        newer.etag = "2"
        commit.links = [link("e2", record: "r2"), newer]
        commit.removedLinks = [.init(calendar: calendar, event: "e0")]
        var sent = operation("o1", record: "r1")
        sent.attempts = 7
        sent.revision = 1
        commit.operations = [operation("o2", record: "r2"), sent]
        commit.removedOperations = ["o0": 1]
        commit.issues = [SyncIssue(event: "e2", code: .unreadableField, message: "Second.")]
        commit.resolvedIssues = ["e0"]
        commit.conflicts = [conflict("k2")]
        commit.removedConflicts = ["k0"]
        commit.changes = [change("r2")]
        return commit
    }

    /// A way to make a commit that has to be refused.
    private struct Refusal {
        let what: String
        let code: CalendarError.Code
        let spoil: (inout RepositoryCommit) -> Void
    }

    private static func refusals(under old: CalendarLease) -> [Refusal] {
        let other = CalendarKey(tenant: "other", connection: "c1", calendar: "main")
        return [
            Refusal(what: "a change of another version of a record", code: .revisionConflict) {
                $0.records.append(.init(record("r3"), expecting: 4))
            },
            Refusal(what: "a creation of a record that exists", code: .revisionConflict) {
                $0.records.append(.init(record("r3"), expecting: nil))
            },
            Refusal(what: "a change of a record that does not exist", code: .revisionConflict) {
                $0.records.append(.init(record("r9"), expecting: 1))
            },
            Refusal(what: "a removal of another version of a record", code: .revisionConflict) {
                $0.removedRecords["r3"] = 4
            },
            Refusal(what: "a commit on another version of the calendar", code: .revisionConflict) {
                $0.state?.revision = 0
            },
            Refusal(what: "a commit under a lease that was taken over", code: .leaseLost) { $0.lease = old },
            Refusal(what: "a commit that names another tenant", code: .invalidArgument) {
                $0.links.append(link("e9", record: "r9", in: other))
            },
            Refusal(what: "a commit that names a link twice", code: .invalidArgument) {
                $0.links.append(link("e2", record: "r9"))
            },
        ]
    }

    /// All that is stored of the kit's calendar and tenant.
    struct Contents: Equatable {
        let snapshot: CalendarSnapshot
        let listed: [EventLink]
        let operations: [OutboxOperation]
        let issues: [SyncIssue]
        let conflicts: [SyncConflict]
        let changes: [SequencedChange]
        let found: [EventRecord]

        init(of repository: any EventRepository) async throws {
            let numbers = 0..<10
            snapshot = try await repository.snapshot(
                SnapshotRequest(
                    calendar: calendar,
                    events: Set(numbers.map { RemoteEventID("e\($0)") }),
                    iCalUIDs: Set(numbers.map { "r\($0)@example.com" }),
                    operations: Set(numbers.map { OperationID("o\($0)") }),
                    records: Set(numbers.map { RecordID("r\($0)") })
                )
            )
            listed = try await repository.links(in: calendar, notListedSince: 9, after: nil, limit: 100)
            operations = try await repository.operations(in: calendar)
            issues = try await repository.issues(in: calendar)
            conflicts = try await repository.conflicts(in: calendar)
            changes = try await repository.changes(of: "acme", after: 0, limit: 100)
            found = try await repository.records(
                RecordQuery(
                    tenant: "acme",
                    start: start.addingTimeInterval(-86_400),
                    end: start.addingTimeInterval(86_400)
                )
            )
        }
    }
}
