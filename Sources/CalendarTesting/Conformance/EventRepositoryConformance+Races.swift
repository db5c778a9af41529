import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let races: [Check] = [
        Check("of commits that race on one version of a record exactly one is stored, and it whole") {
            repository,
            promise in
            try await repository.commit(commit("e0", record: "r1"))
            for round in 1...5 {
                let winners = try await winners(of: 8) { racer in
                    var commit = RepositoryCommit(tenant: "acme")
                    var changed = record("r1")
                    changed.content.title = "\(racer)"
                    commit.records = [.init(changed, expecting: round)]
                    commit.links = [link(RemoteEventID("\(round)-\(racer)"), record: "r1")]
                    try await repository.commit(commit)
                }
                try promise.equal(winners.count, 1, "the commits that were stored")
                let stored = try await repository.record("r1", tenant: "acme")
                try promise.equal(stored?.content.title, winners.first.map { "\($0)" }, "the title")
                let links = try await repository.links(of: "r1", tenant: "acme").map(\.event.rawValue)
                try promise.equal(
                    links.filter { $0.hasPrefix("\(round)-") },
                    winners.map { "\(round)-\($0)" },
                    "the links"
                )
            }
        },
        Check("of commits that race on one state of a calendar exactly one is stored, and it whole") {
            repository,
            promise in
            for round in 0..<5 {
                let winners = try await winners(of: 8) { racer in
                    let event = RemoteEventID("e\(round)-\(racer)")
                    try await repository.commit(
                        commit(event, record: RecordID("r\(round)-\(racer)"), revision: round)
                    )
                }
                try promise.equal(winners.count, 1, "the commits that were stored")
                let events = (0..<8).map { RemoteEventID("e\(round)-\($0)") }
                let snapshot = try await repository.snapshot(SnapshotRequest(calendar: calendar, events: Set(events)))
                try promise.equal(snapshot.links.keys.sorted(), winners.map { events[$0] }, "the links")
                try promise.equal(
                    snapshot.state?.cursor,
                    winners.first.map { SyncCursor("cursor of \(events[$0])") },
                    "the cursor"
                )
            }
        },
        Check("of those who race for a lease exactly one gets it") { repository, promise in
            let given = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await repository.acquireLease(on: calendar, now: start, lasting: 60) != nil
                    }
                }
                return try await group.reduce(into: 0) { count, isGiven in count += isGiven ? 1 : 0 }
            }
            try promise.equal(given, 1, "the leases given")
        },
        Check("who reads changes while others commit misses none (M-42)") { repository, promise in
            let seen = try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<10 {
                            var commit = RepositoryCommit(tenant: "acme")
                            commit.changes = [change(RecordID("\(writer)-\(number)"))]
                            try await repository.commit(commit)
                        }
                    }
                }
                var seen: [SequencedChange] = []
                for _ in 0..<100 {
                    await Task.yield()
                    seen += try await repository.changes(of: "acme", after: seen.last?.number ?? 0, limit: 7)
                }
                try await group.waitForAll()
                seen += try await repository.changes(of: "acme", after: seen.last?.number ?? 0, limit: 100)
                return seen
            }
            let expected = (0..<4).flatMap { writer in (0..<10).map { RecordID("\(writer)-\($0)") } }
            try promise.equal(seen.map(\.change.record).sorted(), expected.sorted(), "the changes seen")
        },
    ]

    /// The racers whose attempt succeeded, of those who try the same at once; the others get a revision conflict.
    private static func winners(
        of count: Int,
        _ attempt: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int?.self) { group in
            for racer in 0..<count {
                group.addTask {
                    do {
                        try await attempt(racer)
                        return racer
                    } catch let error as CalendarError where error.code == .revisionConflict {
                        return nil
                    }
                }
            }
            return try await group.reduce(into: []) { winners, racer in winners += [racer].compactMap(\.self) }
        }
    }
}
