import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Pulling changes")
struct PullTests {
    @Test("n pages cost n requests, and a poll without changes costs one and writes nothing remotely (R-02)")
    func pagesAndPolls() async throws {
        let harness = SyncHarness(pageSize: 10)
        for number in 0..<35 { harness.provider.put(.sample(RemoteEventID("event-\(number)"), "Event \(number)")) }

        let first = try await harness.sync()
        let callsAfterFirst = harness.provider.calls
        let second = try await harness.sync()

        #expect(first.pages == 4)
        #expect(first.created == 35)
        #expect(callsAfterFirst == Array(repeating: .changes, count: 4))
        #expect(harness.provider.calls.dropFirst(4) == [.changes])
        #expect(second.updated == 0 && second.created == 0 && second.removed == 0)
        #expect(harness.writes == 0)
    }

    @Test("a page and the position after it are stored together, so an interrupted round goes on where it stopped")
    func interruptedRoundResumes() async throws {
        let harness = SyncHarness(pageSize: 2)
        for number in 0..<5 { harness.provider.put(.sample(RemoteEventID("event-\(number)"), "Event \(number)")) }
        _ = try await harness.engine.pullStep(harness.calendar, provider: harness.provider, session: harness.session)
        let unavailable = CalendarError(.unavailable, "Try again.")
        harness.provider.fail(.changes, with: unavailable)

        await #expect(throws: unavailable) { try await harness.sync() }
        let between = try await harness.repository.snapshot(SnapshotRequest(calendar: harness.calendar)).state
        try await harness.sync()

        #expect(between?.cursor == nil)
        #expect(between?.resumePoint != nil)
        #expect(try await harness.records().count == 5)
        #expect(harness.provider.calls.filter { $0 == .changes }.count == 4)
    }

    @Test("after a void cursor a full round brings both sides together, and removes only what is really gone (R-21)")
    func voidCursor() async throws {
        let harness = SyncHarness(pageSize: 3, sweepBatch: 2)
        for number in 0..<8 { harness.provider.put(.sample(RemoteEventID("event-\(number)"), "Event \(number)")) }
        try await harness.sync()
        for number in 0..<5 { harness.provider.remove(RemoteEventID("event-\(number)")) }
        harness.provider.put(.sample("event-9", "Event 9"))
        harness.provider.expireCursors()

        let report = try await harness.sync()

        #expect(report.fullRounds == 1)
        #expect(report.removed == 5)
        #expect(
            try await harness.records().compactMap(\.content.title).sorted() == [
                "Event 5", "Event 6", "Event 7", "Event 9",
            ]
        )
        #expect(harness.writes == 0)
    }

    @Test("a cursor that turns void in the middle of a round restarts the round (R-22)")
    func voidInTheMiddle() async throws {
        let harness = SyncHarness(pageSize: 2)
        for number in 0..<5 { harness.provider.put(.sample(RemoteEventID("event-\(number)"), "Event \(number)")) }
        _ = try await harness.engine.pullStep(harness.calendar, provider: harness.provider, session: harness.session)
        harness.provider.expireCursors()

        let report = try await harness.sync()

        #expect(report.fullRounds == 1)
        #expect(try await harness.records().count == 5)
    }

    @Test("an event that merely comes back with another etag changes no record")
    func sameContentAgain() async throws {
        let harness = SyncHarness()
        let event = harness.provider.put(.sample("event-1", "Standup"))
        try await harness.sync()
        let before = try await harness.records()
        harness.provider.put(event)

        let report = try await harness.sync()

        #expect(report.updated == 0)
        #expect(try await harness.records() == before)
        #expect(try await harness.link(to: "event-1")?.etag == "\"2\"")
    }

    @Test("a remote change reaches the record")
    func remoteChange() async throws {
        let harness = SyncHarness()
        var event = harness.provider.put(.sample("event-1", "Standup"))
        try await harness.sync()
        event.content.title = "Standup, moved"
        harness.provider.put(event)

        let report = try await harness.sync()

        #expect(report.updated == 1)
        #expect(try await harness.records().map(\.content.title) == ["Standup, moved"])
    }

    @Test("an unknown etag never makes a known event new (R-06)")
    func missingEtag() async throws {
        let harness = SyncHarness()
        let planner = harness.planner()
        var event = RemoteEvent.sample("event-1", "Standup")
        event.etag = nil
        try await harness.apply([.upserted(event)], planner)

        let again = try await harness.apply([.upserted(event)], planner)

        #expect(again.created == 0 && again.updated == 0)
        #expect(try await harness.records().count == 1)
    }

    @Test("one event that cannot be read becomes an issue, the others are mirrored, and the issue ends with it (R-28)")
    func poison() async throws {
        let harness = SyncHarness()
        let planner = harness.planner()
        let issue = SyncIssue(event: "bad", etag: "1", code: .unreadableField, field: "start", message: "No start.")

        let report = try await harness.apply([.unreadable(issue), .upserted(.sample("good", "Good"))], planner)
        let recorded = try await harness.repository.issues(in: harness.calendar)
        try await harness.apply([.upserted(.sample("bad", "Repaired"))], planner)

        #expect(report.issues == 1 && report.created == 1)
        #expect(recorded == [issue])
        #expect(try await harness.repository.issues(in: harness.calendar).isEmpty)
    }

    @Test("a meeting seen through a second account is one record with two views and causes no write (R-03, R-04)")
    func secondAccount() async throws {
        let first = SyncHarness(connection: "c1")
        let second = SyncHarness(connection: "c2", repository: first.repository, seed: 2)
        for number in 0..<5 {
            first.provider.put(.sample(RemoteEventID("a\(number)"), "Meeting \(number)", uid: "uid-\(number)"))
            second.provider.put(.sample(RemoteEventID("b\(number)"), "Meeting \(number)", uid: "uid-\(number)"))
        }
        try await first.sync()

        try await second.sync()

        #expect(try await first.records().map(\.id) == second.records().map(\.id))
        #expect(first.writes == 0 && second.writes == 0)
    }

    @Test("removing the view that held a meeting keeps the record for the other account")
    func heirOfARemovedView() async throws {
        let first = SyncHarness(connection: "c1")
        let second = SyncHarness(connection: "c2", repository: first.repository, seed: 2)
        first.provider.put(.sample("a", "Meeting", uid: "uid"))
        second.provider.put(.sample("b", "Meeting", uid: "uid"))
        try await first.sync()
        try await second.sync()
        first.provider.remove("a")

        try await first.sync()

        #expect(try await first.records().isEmpty)
        #expect(try await second.records().map(\.content.title) == ["Meeting"])
        #expect(try await second.link(to: "b")?.isPrimary == true)
    }

    @Test("what only the service tells reaches the record and unsent edits, although nothing else changed")
    func toldParts() async throws {
        let harness = SyncHarness()
        let planner = harness.planner { content in
            var content = content
            (content.kindDetails, content.writability) = (nil, .full)
            return content
        }
        var event = RemoteEvent.sample("event-1", "Flight")
        event.etag = "1"
        try await harness.apply([.upserted(event)], planner)
        let record = try #require(try await harness.record(titled: "Flight"))
        try await harness.edit(record.id) { $0.location = "Gate 4" }
        event.etag = "2"
        event.content.writability = .personal
        event.content.kindDetails = .outOfOffice(.init(message: "Away"))

        let report = try await harness.apply([.upserted(event)], planner)

        let told = try #require(try await harness.record(titled: "Flight")).content
        let unsent = try await harness.repository.pendingOperations(in: harness.calendar).map(\.content)
        #expect(report.updated == 1)
        #expect(told.writability == .personal)
        #expect(told.kindDetails == .outOfOffice(.init(message: "Away")))
        #expect(told.location == "Gate 4")
        #expect(unsent == [told])
    }
}
