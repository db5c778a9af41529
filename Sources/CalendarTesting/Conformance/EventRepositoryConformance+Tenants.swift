import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let sharedIDs: [Check] = [
        Check("two tenants that use the same ids have each their own of everything (F-07)") { repository, promise in
            for tenant in twins { try await repository.commit(everything(of: tenant)) }
            for tenant in twins {
                let own = everything(of: tenant)
                let key = calendar(of: tenant)
                let snapshot = try await repository.snapshot(
                    SnapshotRequest(calendar: key, events: ["e1"], iCalUIDs: ["r1@example.com"], operations: ["o1"])
                )
                try promise.equal(snapshot.state?.cursor, own.state?.cursor, "the cursor")
                try promise.equal(Array(snapshot.links.values), own.links, "the links")
                try promise.equal(snapshot.records.values.map(\.content.title), [tenant.rawValue], "the records")
                try promise.equal(snapshot.operations.values.map(\.unrevised), own.operations, "the named operations")
                try promise.holds(snapshot.otherLinks.isEmpty, "there are no links in other calendars")
                let listed = try await repository.links(in: key, notListedSince: 9, after: nil, limit: 9)
                try promise.equal(listed, own.links, "the links not listed")
                try promise.equal(
                    try await repository.links(of: "r1", tenant: tenant),
                    own.links,
                    "the links of a record"
                )
                let record = try await repository.record("r1", tenant: tenant)
                try promise.equal(record?.content.title, tenant.rawValue, "the record")
                let query = try RecordQuery(tenant: tenant, start: start, end: start.addingTimeInterval(3600))
                let found = try await repository.records(query)
                try promise.equal(found.map(\.content.title), [tenant.rawValue], "the records found")
                let operations = try await repository.operations(in: key).map(\.unrevised)
                try promise.equal(operations, own.operations, "the operations")
                try promise.equal(try await repository.issues(in: key), own.issues, "the issues")
                try promise.equal(try await repository.conflicts(in: key), own.conflicts, "the conflicts")
                let changes = try await repository.changes(of: tenant, after: 0, limit: 9)
                try promise.equal(changes.map(\.change), own.changes, "the changes")
            }
        },
        Check("what one tenant removes, another with the same ids keeps (F-07)") { repository, promise in
            for tenant in twins { try await repository.commit(everything(of: tenant)) }
            let key = calendar(of: "acme")
            var removal = RepositoryCommit(tenant: "acme")
            removal.state = CalendarSyncState(calendar: key)
            removal.state?.revision = 1
            removal.removedRecords = ["r1": 1]
            removal.removedLinks = [.init(calendar: key, event: "e1")]
            removal.removedOperations = ["o1": 1]
            removal.removedConflicts = ["k1"]
            removal.resolvedIssues = ["e1"]
            try await repository.commit(removal)
            let other = calendar(of: "other")
            try promise.holds(try await repository.record("r1", tenant: "other") != nil, "the record is there")
            try promise.equal(try await repository.links(of: "r1", tenant: "other").count, 1, "the links")
            try promise.equal(try await repository.operations(in: other).count, 1, "the operations")
            try promise.equal(try await repository.issues(in: other).count, 1, "the issues")
            try promise.equal(try await repository.conflicts(in: other).count, 1, "the conflicts")
            try promise.equal(try await repository.issues(in: key), [], "the issues of who removed")
        },
        Check("leases of different tenants and calendars do not meet (F-07)") { repository, promise in
            let keys = [
                calendar, calendar(of: "other"), CalendarKey(tenant: "acme", connection: "c2", calendar: "main"),
                CalendarKey(tenant: "acme", connection: "c1", calendar: "second"),
            ]
            for key in keys {
                let lease = try await repository.acquireLease(on: key, now: start, lasting: 60)
                try promise.holds(lease != nil, "a lease is given")
            }
        },
    ]

    static let fencing: [Check] = [
        Check("a lease that ran out or was given back still counts until another is given") { repository, promise in
            let lease = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 0),
                "a lease"
            )
            var first = commit("e1", record: "r1")
            first.lease = lease
            try await repository.commit(first)
            try await repository.release(lease, on: calendar)
            var second = commit("e2", record: "r2", revision: 1)
            second.lease = lease
            try await repository.commit(second)
            try promise.holds(try await repository.record("r2", tenant: "acme") != nil, "both are stored")
        },
        Check("a commit under an older lease is refused also after the newer one was given back") {
            repository,
            promise in
            let old = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "a lease"
            )
            try await repository.release(old, on: calendar)
            let new = try promise.some(
                try await repository.acquireLease(on: calendar, now: start, lasting: 60),
                "another lease"
            )
            try await repository.release(new, on: calendar)
            var late = commit("e1", record: "r1")
            late.lease = old
            try await promise.fails(with: .leaseLost, "the late commit") { try await repository.commit(late) }
        },
        Check("a commit without a lease is guarded by its revisions alone") { repository, promise in
            _ = try await repository.acquireLease(on: calendar, now: start, lasting: 60)
            try await repository.commit(commit("e1", record: "r1"))
            try promise.holds(try await repository.record("r1", tenant: "acme") != nil, "it is stored")
        },
    ]

    static let completeness: [Check] = [
        Check("a snapshot holds the records' operations for every calendar, rejected ones included") {
            repository,
            promise in
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            var rejected = operation("o3", record: "r1")
            rejected.state = .rejected(.rejected)
            var first = commit("e1", record: "r1")
            first.operations = [
                operation("o1", record: "r1"), operation("o2", record: "r1", in: other), rejected,
                operation("o4", record: "r4"),
            ]
            try await repository.commit(first)
            let byEvent = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["e1"]))
            try promise.equal(byEvent.operations.keys.sorted(), ["o1", "o2", "o3"], "the operations of the record")
            let byName = try await repository.snapshot(SnapshotRequest(calendar: calendar, operations: ["o4"]))
            try promise.equal(byName.operations.keys.sorted(), ["o4"], "the named operation")
        },
        Check("a snapshot holds the named records with their exceptions and their links elsewhere") {
            repository,
            promise in
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            var exception = record("r2")
            exception.role = .exception(series: "r1", originalStart: exception.content.start)
            var first = RepositoryCommit(tenant: "acme")
            first.records = [record("r1"), exception, record("r3")].map { .init($0, expecting: nil) }
            first.links = [
                link("e2", record: "r2", in: other), link("e1", record: "r2", in: other), link("e9", record: "r1"),
            ]
            try await repository.commit(first)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, records: ["r1"]))
            try promise.equal(snapshot.records.keys.sorted(), ["r1", "r2"], "the records")
            try promise.equal(
                snapshot.otherLinks.mapValues { $0.map(\.event) },
                ["r2": ["e1", "e2"]],
                "the links elsewhere"
            )
            try promise.holds(snapshot.links.isEmpty, "only named events bring links of the calendar")
        },
        Check("a snapshot holds the exceptions of a named series that has no link itself") { repository, promise in
            let key = OccurrenceKey(series: "series", originalStart: content("").start)
            var first = RepositoryCommit(tenant: "acme")
            first.links = [link("x", record: "r2", role: .exception(key))]
            try await repository.commit(first)
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: ["series"]))
            try promise.equal(snapshot.links.keys.sorted(), ["x"], "the links")
        },
        Check("a snapshot of an unknown calendar, and of unknown ids, is empty") { repository, promise in
            try await repository.commit(commit("e1", record: "r1"))
            let unknown = CalendarKey(tenant: "acme", connection: "c9", calendar: "main")
            for (key, isKnown) in [(calendar, true), (unknown, false)] {
                let snapshot = try await repository.snapshot(
                    SnapshotRequest(calendar: key, events: ["x"], iCalUIDs: ["x"], operations: ["x"], records: ["x"])
                )
                try promise.equal(snapshot.state != nil, isKnown, "whether there is a state")
                try promise.holds(
                    snapshot.links.isEmpty && snapshot.records.isEmpty && snapshot.otherLinks.isEmpty
                        && snapshot.operations.isEmpty,
                    "nothing else is answered"
                )
            }
        },
    ]

    static let twins: [TenantID] = ["acme", "other"]

    static func calendar(of tenant: TenantID) -> CalendarKey {
        CalendarKey(tenant: tenant, connection: "c1", calendar: "main")
    }

    /// One of each kind, with ids that do not depend on the tenant and contents that do.
    static func everything(of tenant: TenantID) -> RepositoryCommit {
        let key = calendar(of: tenant)
        var stored = record("r1", tenant: tenant)
        stored.content.title = tenant.rawValue
        var link = link("e1", record: "r1", in: key)
        link.etag = tenant.rawValue
        var commit = RepositoryCommit(tenant: tenant)
        commit.state = CalendarSyncState(calendar: key)
        commit.state?.cursor = SyncCursor(tenant.rawValue)
        commit.records = [.init(stored, expecting: nil)]
        commit.links = [link]
        commit.operations = [operation("o1", record: "r1", in: key)]
        commit.issues = [SyncIssue(event: "e1", code: .unreadableField, message: tenant.rawValue)]
        commit.conflicts = [conflict("k1", in: key)]
        commit.changes = [
            RecordChange(
                record: "r1",
                kind: .created,
                reason: .remoteEdit,
                calendar: key,
                activity: nil,
                at: start
            )
        ]
        return commit
    }
}
