import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Conflicts on record")
struct ConflictRecordTests {
    /// An event that the host titled "L" and the service "R" since both had said "base", and the time of both edits.
    private func met(
        _ policy: ConflictPolicy,
        remoteEditedAt: Date? = nil
    ) async throws -> (harness: SyncHarness, record: RecordID) {
        let harness = SyncHarness(conflicts: policy)
        harness.provider.put(.sample("e1", "base"))
        try await harness.sync()
        let record = try #require(try await harness.record(titled: "base")).id
        harness.clock.advance(by: 60)
        try await harness.edit(record) { $0.title = "L" }
        var remote = try #require(harness.provider.events().first)
        remote.content.title = "R"
        remote.updatedAt = remoteEditedAt
        harness.provider.put(remote)
        return (harness, record)
    }

    private func conflicts(_ harness: SyncHarness) async throws -> [SyncConflict] {
        try await harness.repository.conflicts(in: harness.calendar)
    }

    /// Whether the feed or a refused write shows the conflict first.
    enum Discovery: String, CaseIterable { case feed, refusedWrite }

    @Test(
        "F-06 a conflict found in the feed and one found by a refused write end alike",
        arguments: ConflictPolicy.allCases,
        Discovery.allCases
    )
    func discovery(policy: ConflictPolicy, discovery: Discovery) async throws {
        let (harness, record) = try await met(policy)
        let title = policy == .localWins ? "L" : "R"

        if discovery == .refusedWrite {
            _ = try await harness.engine.push(harness.calendar, provider: harness.provider, session: harness.session)
        }
        try await harness.sync()
        let echo = try await harness.sync()

        #expect(harness.provider.events().map(\.content.title) == [title])
        #expect(try await harness.records().map(\.content.title) == [title])
        #expect(echo.updated == 0 && echo.pushed == 0 && echo.waiting == 0)
        let found = try await conflicts(harness)
        let conflict = try #require(found.first)
        #expect(found.count == 1)
        #expect(conflict.kind == .edits)
        #expect(conflict.event == "e1")
        #expect(conflict.record == record)
        #expect(conflict.fields == [.title])
        #expect(conflict.base?.title == "base")
        #expect(conflict.local?.title == "L")
        #expect(conflict.remote?.title == "R")
        #expect(conflict.kept == (policy == .localWins ? .local : .remote))
        #expect(conflict.isOpen == (policy == .ask))
    }

    @Test("F-06 the change feed tells of a conflict, whichever side stands", arguments: ConflictPolicy.allCases)
    func feed(policy: ConflictPolicy) async throws {
        let (harness, record) = try await met(policy)

        try await harness.sync()

        let changes = try await harness.repository.changes(of: "acme", after: 0, limit: 100).map(\.change)
        let told = changes.filter { $0.reason == .conflict }
        #expect(told.map(\.record) == [record])
        #expect(told.map(\.fields) == [[.title]])
    }

    @Test("F-06 newest keeps the later edit, and the service's where its time is unknown")
    func newest() async throws {
        let edited = SyncHarness.start.addingTimeInterval(60)
        let expected: [(Date?, String)] = [
            (edited.addingTimeInterval(-1), "L"), (edited.addingTimeInterval(1), "R"), (nil, "R"),
        ]
        for (instant, title) in expected {
            let (harness, _) = try await met(.newest, remoteEditedAt: instant)

            try await harness.sync()
            try await harness.sync()

            #expect(harness.provider.events().map(\.content.title) == [title])
            #expect(try await harness.records().map(\.content.title) == [title])
        }
    }

    @Test("F-06 a write that fails after it was merged keeps the service's other edits")
    func failureAfterMerge() async throws {
        let harness = SyncHarness()
        harness.provider.put(.sample("e1", "base"))
        try await harness.sync()
        let record = try #require(try await harness.record(titled: "base")).id
        try await harness.edit(record) { $0.title = "L" }
        var remote = try #require(harness.provider.events().first)
        remote.content.location = "Room 5"
        harness.provider.put(remote)
        // The first write is refused by its version, the second one by the service.
        harness.provider.fail(.update, with: CalendarError(.conflict, "The event has changed."))
        harness.provider.fail(.update, with: CalendarError(.unavailable, "Later.", retryAfter: 3600))

        _ = try await harness.engine.push(harness.calendar, provider: harness.provider, session: harness.session)
        harness.clock.advance(by: 7200)
        try await harness.sync()

        let content = try #require(harness.provider.events().first?.content)
        #expect(content.title == "L")
        #expect(content.location == "Room 5")
        #expect(try await harness.records().map(\.content) == [content])
    }

    @Test("F-06 edits of two fields on each side are one conflict for each meeting, and none replaces another")
    func repeated() async throws {
        let (harness, record) = try await met(.ask)
        try await harness.sync()
        harness.clock.advance(by: 60)
        try await harness.edit(record) { $0.title = "L2" }
        var remote = try #require(harness.provider.events().first)
        remote.content.title = "R2"
        harness.provider.put(remote)

        try await harness.sync()

        let found = try await conflicts(harness)
        #expect(found.map(\.local?.title) == ["L", "L2"])
        #expect(found.map(\.base?.title) == ["base", "R"])
        #expect(Set(found.map(\.id)).count == 2)
    }

    @Test("F-06 a conflict explains itself to a person, and its description names nothing of the event")
    func words() async throws {
        let (harness, record) = try await met(.ask)
        try await harness.edit(record) { content in
            content.start = content.start.advanced(bySeconds: 3600)
            content.end = content.end.advanced(bySeconds: 3600)
        }
        var remote = try #require(harness.provider.events().first)
        remote.content.start = EventContent.sample("", hour: 12).start
        remote.content.end = EventContent.sample("", hour: 14).end
        harness.provider.put(remote)

        try await harness.sync()

        let conflict = try #require(try await conflicts(harness).first)
        #expect(
            conflict.explanation == """
                The host and the service both changed “base”.
                - time: was 2026-03-03 09:00 to 10:00 (Europe/Berlin); the host said 2026-03-03 10:00 to 11:00 \
                (Europe/Berlin); the service said 2026-03-03 12:00 to 15:00 (Europe/Berlin)
                - title: was “base”; the host said “L”; the service said “R”
                What the service said stands.
                Nobody has said yet which side shall stand.
                """
        )
        let mirrored = "\(Mirror(reflecting: conflict).children.map(\.value))"
        for text in ["\(conflict)", String(reflecting: conflict), mirrored] {
            #expect(text.contains("edits of time, title, kept remote, open"))
            #expect(!text.contains("“"))
            #expect(!text.contains("ada@"))
        }
    }
}
