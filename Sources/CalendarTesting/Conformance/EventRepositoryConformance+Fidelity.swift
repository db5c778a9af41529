import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let fidelity: [Check] = [
        Check("a state is answered as it was stored, in every field") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.state = try fullState()
            try await repository.commit(commit)
            var expected = try fullState()
            expected.revision = 1
            let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar))
            try promise.equal(snapshot.state, expected, "the state")
        },
        Check("records, links, operations and conflicts are answered as they were stored, in every field") {
            repository,
            promise in
            let commit = try fullCommit()
            try await repository.commit(commit)
            var expected = commit.records.map(\.record)
            for index in expected.indices { expected[index].revision = 1 }
            for record in expected {
                try promise.equal(try await repository.record(record.id, tenant: "acme"), record, "the record")
            }
            try promise.equal(try await repository.links(of: "r1", tenant: "acme"), commit.links, "the links")
            let operations = try await repository.operations(in: calendar)
            try promise.equal(operations.map(\.unrevised), commit.operations, "the operations")
            try promise.equal(try await repository.conflicts(in: calendar), commit.conflicts, "the conflicts")
            let changes = try await repository.changes(of: "acme", after: 0, limit: 9)
            try promise.equal(changes.map(\.change), commit.changes, "the changes")
        },
        Check("ids that differ in case are different, and capitals come first") { repository, promise in
            let ids = ["a", "B", "A", "b", "_", "0"]
            var commit = RepositoryCommit(tenant: "acme")
            commit.links = ids.map { link(RemoteEventID($0), record: "r1") }
            commit.records = ids.map { .init(record(RecordID($0)), expecting: nil) }
            commit.operations = ids.map { operation(OperationID($0), record: "r1") }
            try await repository.commit(commit)
            let expected = ["0", "A", "B", "_", "a", "b"]
            let stale = try await repository.links(in: calendar, notListedSince: 9, after: nil, limit: 9)
            try promise.equal(stale.map(\.event.rawValue), expected, "the links not listed")
            let links = try await repository.links(of: "r1", tenant: "acme")
            try promise.equal(links.map(\.event.rawValue), expected, "the links of the record")
            let operations = try await repository.operations(in: calendar)
            try promise.equal(operations.map(\.id.rawValue), expected, "the operations")
            let query = try RecordQuery(tenant: "acme", start: start, end: start.addingTimeInterval(3600))
            try promise.equal(try await repository.records(query).map(\.id.rawValue), expected, "the records")
        },
        Check("issues come by event, then code, those of no event first, and all of one commit are kept") {
            repository,
            promise in
            let issues = [
                SyncIssue(event: "e2", code: .unknownZone, message: "1"),
                SyncIssue(event: "e1", etag: "7", code: .unreadableField, field: "start", message: "2"),
                SyncIssue(event: "e1", etag: "7", code: .unreadableField, field: "end", message: "3"),
                SyncIssue(event: "e1", code: .unknownZone, message: "4"),
                SyncIssue(event: nil, code: .writeRejected, message: "5"),
            ]
            var first = RepositoryCommit(tenant: "acme")
            first.state = CalendarSyncState(calendar: calendar)
            first.issues = issues
            try await repository.commit(first)
            try promise.equal(
                try await repository.issues(in: calendar).map(\.message),
                ["5", "4", "2", "3", "1"],
                "all"
            )
            try promise.equal(try await repository.issues(in: calendar).last, issues.first, "the last one")
            let other = CalendarKey(tenant: "acme", connection: "c2", calendar: "main")
            var second = RepositoryCommit(tenant: "acme")
            second.state = CalendarSyncState(calendar: other)
            second.resolvedIssues = ["e1", "e2"]
            try await repository.commit(second)
            try promise.equal(try await repository.issues(in: calendar).count, 5, "what another calendar leaves")
        },
        Check("a limit is kept, and an answer begins behind what it is asked for") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.links = ["e1", "e3", "e5"].map { link($0, record: "r1") }
            commit.changes = ["r1", "r2", "r3"].map { change($0) }
            try await repository.commit(commit)
            for (event, limit, expected) in [
                (nil, 2, ["e1", "e3"]), ("e1", 9, ["e3", "e5"]), ("e2", 1, ["e3"]), ("e9", 9, []),
                (nil, 0, [RemoteEventID]()),
            ] as [(RemoteEventID?, Int, [RemoteEventID])] {
                let links = try await repository.links(in: calendar, notListedSince: 9, after: event, limit: limit)
                try promise.equal(links.map(\.event), expected, "at most \(limit) links")
            }
            let numbers = try await repository.changes(of: "acme", after: 0, limit: 9).map(\.number)
            try promise.holds(numbers.first ?? 0 > 0, "numbers begin above 0")
            let two = try await repository.changes(of: "acme", after: 0, limit: 2)
            try promise.equal(two.map(\.number), Array(numbers.prefix(2)), "at most two changes")
            let rest = try await repository.changes(of: "acme", after: numbers[1], limit: 9)
            try promise.equal(rest.map(\.change.record), ["r3"], "the changes behind the second")
            try promise.equal(try await repository.changes(of: "acme", after: 0, limit: 0), [], "no changes")
        },
    ]

    /// An instant with milliseconds.
    private static let precise = Date(timeIntervalSince1970: 1_772_442_000.123)

    private static func fullState() throws -> CalendarSyncState {
        let window = try SyncWindow(start: start, end: precise)
        var state = CalendarSyncState(calendar: calendar)
        state.cursor = SyncCursor("a cursor with \"signs\" and ü")
        state.resumePoint = ResumePoint("point")
        (state.epoch, state.round) = (4, 9)
        (state.isFullRound, state.isSweepPending) = (true, true)
        state.sweepPosition = "e7"
        state.quarantine = SyncQuarantine(missing: 12, listed: 3, since: precise)
        state.quarantine?.isConfirmed = true
        state.window = window
        state.pendingSeries = [SeriesOccurrences(series: "e8", window: window, originalStarts: [start, precise])]
        state.syncedAt = precise
        return state
    }

    private static func fullCommit() throws -> RepositoryCommit {
        var content = content("Title with ü, 🎂 and \"signs\"")
        content.location = ""
        content.hostTags = ["deal": "7"]
        var series = EventRecord(
            id: "r1",
            tenant: "acme",
            role: .series,
            content: content,
            direction: .outbound,
            owner: .user("ada"),
            activity: "activity",
            iCalUID: "uid",
            localRevision: 3,
            updatedAt: precise
        )
        let window = try SyncWindow(start: start, end: nil)
        series.listedOccurrences = SeriesOccurrences(series: "e1", window: window, originalStarts: [precise])
        series.editedAt = precise
        var exception = series
        exception.role = .exception(series: "r0", originalStart: content.start)
        var link = EventLink(
            calendar: calendar,
            event: "e1",
            record: "r1",
            role: .exception(OccurrenceKey(series: "e0", originalStart: content.start)),
            etag: "\"7\"",
            base: nil,
            syncedRevision: 2,
            isPrimary: false,
            isCopy: true,
            isOrganizer: false,
            epoch: 4,
            webLink: "https://example.com/e1",
            providerFields: Data([0x7B, 0x7D]),
            syncedAt: precise
        )
        link.occurrencesRound = 9
        var sent = operation("o1", record: "r1")
        sent.state = .sentWithoutReply
        sent.attempts = 2
        sent.notBefore = precise
        var rejected = operation("o2", record: "r1")
        rejected.state = .rejected(.rejected)
        var commit = RepositoryCommit(tenant: "acme")
        commit.records = [.init(series, expecting: nil)]
        commit.links = [link]
        commit.operations = [sent, rejected]
        commit.conflicts = [conflict("k1")]
        commit.changes = [
            change("r1"),
            RecordChange(
                record: "r2",
                kind: .removed,
                reason: .localEdit,
                calendar: nil,
                activity: "activity",
                at: precise
            ),
        ]
        return commit
    }
}
