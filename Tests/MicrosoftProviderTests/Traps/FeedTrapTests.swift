import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

/// Traps of the change feed, as users of other connectors met them; each is driven through the whole SDK.
@Suite("Microsoft: traps of the change feed")
struct FeedTrapTests {
    private func weekly(_ title: String = "Standup", start: String = "2026-02-02T10:00:00") throws -> EventContent {
        var content = try Sample.series("FREQ=WEEKLY;COUNT=4", start: start)
        content.title = title
        return content
    }

    @Test("Trap 1: occurrences with seven keys become whole events of their series, and none without content")
    func sparse() async throws {
        let graph = try await GraphHarness()
        var content = try weekly()
        content.location = "Room 5"
        graph.add(content)

        try await graph.sync()

        let entries = try await graph.agenda()
        #expect(entries.map(\.content.title) == ["Standup", "Standup", "Standup", "Standup"])
        #expect(entries.map(\.content.location) == ["Room 5", "Room 5", "Room 5", "Room 5"])
        #expect(Set(entries.map(\.record)).count == 1)
        // The listing and nothing else: the master came along.
        let paths = graph.simulator.requests.map(\.path)
        #expect(paths.allSatisfy { $0.hasSuffix("/delta") || $0.hasSuffix("/calendars") })
    }

    @Test(
        "Trap 2: deleted occurrences, which nothing reports, are gone after one round (R-26)",
        arguments: [[9], [2, 16], [2, 9, 16, 23]]
    )
    func deletedOccurrences(days: [Int]) async throws {
        let graph = try await GraphHarness()
        let series = graph.add(try weekly())
        graph.add(try Sample.content("2026-02-03T10:00:00"))
        try await graph.sync()

        for day in days {
            let start = try Sample.time(day < 10 ? "2026-02-0\(day)T10:00:00" : "2026-02-\(day)T10:00:00")
            graph.simulator.cancelOccurrence(of: series, startingAt: start, of: GraphHarness.ada)
        }
        let report = try await graph.sync()

        let left = [2, 9, 16, 23].filter { !days.contains($0) }.map { $0 < 10 ? "2026-02-0\($0)" : "2026-02-\($0)" }
        #expect(try await graph.titles() == (left.map { "\($0) Standup" } + ["2026-02-03 Review"]).sorted())
        #expect(report.removed == 0)
    }

    @Test("Trap 2: a deleted series is removed after one look whether it is really gone (R-26)")
    func deletedSeries() async throws {
        let graph = try await GraphHarness()
        let series = graph.add(try weekly())
        try await graph.sync()
        graph.simulator.clearRequests()

        graph.simulator.remove(series, of: GraphHarness.ada)
        let report = try await graph.sync()

        #expect(report.removed == 1)
        #expect(try await graph.titles().isEmpty)
        let looks = graph.simulator.requests.filter { $0.path.contains("/events/") }
        #expect(looks.map(\.status) == [404])
    }

    @Test("Trap 3: events outside the window are told as removed, and neither known nor unknown ones are lost")
    func outsideWindow() async throws {
        let graph = try await GraphHarness()
        let known = graph.add(try Sample.content())
        try await graph.sync()
        let before = try await graph.agenda().map(\.record)

        graph.simulator.change(known, of: GraphHarness.ada) { content in
            content.start = .zoned(content.start.civil.adding(days: 700), GraphHarness.berlin)
            content.end = .zoned(content.end.civil.adding(days: 700), GraphHarness.berlin)
        }
        graph.add(try Sample.content("2029-03-03T10:00:00"))
        let away = try await graph.sync()
        let meanwhile = try await graph.titles()
        graph.simulator.change(known, of: GraphHarness.ada) { content in
            content.start = .zoned(content.start.civil.adding(days: -700), GraphHarness.berlin)
            content.end = .zoned(content.end.civil.adding(days: -700), GraphHarness.berlin)
        }
        let back = try await graph.sync()

        #expect(away.removed == 0 && away.created == 0 && back.created == 0)
        #expect(meanwhile.isEmpty)
        #expect(try await graph.agenda().map(\.record) == before)
    }

    @Test("Trap 3: an event that went to another calendar is gone from this one (R-26)")
    func otherCalendar() async throws {
        let graph = try await GraphHarness()
        let event = graph.add(try Sample.content())
        let other = graph.simulator.addCalendar("Other", to: GraphHarness.ada, zone: GraphHarness.berlin)
        try await graph.sync()

        graph.simulator.move(event, of: GraphHarness.ada, to: other)
        let report = try await graph.sync()

        #expect(report.removed == 1)
        #expect(try await graph.titles().isEmpty)
        #expect(graph.simulator.events(of: GraphHarness.ada, calendar: other).count == 1)
    }

    @Test("Trap 4: a master carries its first start, years ago, and is never an event of its own")
    func firstStart() async throws {
        let graph = try await GraphHarness()
        graph.add(try Sample.series("FREQ=MONTHLY;BYMONTHDAY=4", start: "2023-05-04T10:00:00"))

        try await graph.sync()

        let months = (1...12).map { $0 < 10 ? "0\($0)" : "\($0)" }
        #expect(try await graph.titles() == months.map { "2026-\($0)-04 Review" })
    }

    @Test(
        "Trap 5: a feed that died, whatever it says and wherever in a round, is read anew, and nothing is lost or doubled",
        arguments: [false, true]
    )
    func death(namesLocation: Bool) async throws {
        let graph = try await GraphHarness()
        for day in 10...15 { graph.add(try Sample.content("2026-03-\(day)T10:00:00")) }
        let gone = graph.add(try Sample.content("2026-03-20T10:00:00"))
        try await graph.sync()
        let before = try await graph.agenda()
        graph.simulator.sendsResyncLocation = namesLocation
        graph.simulator.pageSize = 2
        graph.simulator.expireSyncTokens()
        graph.simulator.remove(gone, of: GraphHarness.ada)
        // The second page of the new round dies, too.
        graph.simulator.add(SimulatedFault(.expireSyncTokens, pathContains: "/delta", skipping: 2))

        let report = try await graph.sync()

        #expect(report.fullRounds == 2)
        #expect(report.created == 0 && report.removed == 1)
        #expect(try await graph.agenda() == Array(before.dropLast()))
    }

    @Test(
        "Trap 5: every spelling of a dead feed begins a full round",
        arguments: [
            (410, "SyncStateNotFound"), (410, "syncStateNotFound"), (410, "resyncRequired"), (410, ""),
            (404, "SyncStateNotFound"), (400, "SyncStateInvalid"), (400, "RESYNCREQUIRED"),
            (400, "resyncChangesApplyDifferences"),
        ]
    )
    func spellings(status: Int, code: String) async throws {
        let graph = try await GraphHarness()
        graph.add(try Sample.content())
        try await graph.sync()
        let body = Data("{\"error\":{\"code\":\"\(code)\",\"message\":\"x\"}}".utf8)
        let answer = HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: body)
        graph.simulator.add(SimulatedFault(.answer(answer), pathContains: "/delta"))
        graph.simulator.clearRequests()

        let report = try await graph.sync()

        #expect(report.fullRounds == 1 && report.created == 0 && report.removed == 0)
        #expect(graph.requests(to: "/delta").map(\.status) == [status, 200])
        #expect(try await graph.titles() == ["2026-03-03 Review"])
    }

    @Test("Trap 6: empty pages with a link end nothing, in a full round and in an increment")
    func emptyPages() async throws {
        let graph = try await GraphHarness()
        for day in 10...15 { graph.add(try Sample.content("2026-03-\(day)T10:00:00")) }
        graph.simulator.pageSize = 2
        graph.simulator.emptyPageEvery = 2

        try await graph.sync()
        let full = try await graph.titles().count
        for day in 16...19 { graph.add(try Sample.content("2026-03-\(day)T10:00:00")) }
        let report = try await graph.sync()

        #expect(full == 6 && report.created == 4 && report.removed == 0)
    }

    @Test("Trap 7: a page far longer than asked for is read as a whole")
    func longPage() async throws {
        let graph = try await GraphHarness(pageSize: 5)
        graph.add(try Sample.series("FREQ=DAILY", start: "2026-01-01T10:00:00"))

        let report = try await graph.sync()

        #expect(report.pages == 1)
        #expect(try await graph.titles().count == 365)
    }

    @Test("Trap 7: a window that answers 503 or 504 again and again is read in parts (R-27)", arguments: [503, 504])
    func timeouts(status: Int) async throws {
        let graph = try await GraphHarness()
        graph.add(try Sample.series("FREQ=DAILY", start: "2026-01-01T10:00:00"))
        graph.simulator.add(SimulatedFault(.status(status, reason: "UnknownError"), pathContains: "/delta", times: 12))

        try await graph.sync()

        #expect(try await graph.titles().count == 365)
        // Three windows, four times each, before the parts that answer.
        #expect(graph.requests(to: "/delta").filter { $0.status == status }.count == 12)
        #expect(graph.requests(to: "/delta").filter { $0.status == 200 }.count == 4)
    }

    @Test("Trap 8: pages are asked for with a size, not with the default of ten")
    func pageSize() async throws {
        let graph = try await GraphHarness()
        for day in 10...28 { graph.add(try Sample.content("2026-03-\(day)T10:00:00")) }

        let report = try await graph.sync()

        #expect(report.created == 19 && report.pages == 1)
    }

    @Test("Trap 9: a window beyond what Graph allows is refused before any request")
    func longWindow() async throws {
        let graph = try await GraphHarness()
        let start = graph.clock.now
        let window = try SyncWindow(start: start, end: start.addingTimeInterval(1826 * 86_400))

        await #expect {
            try await graph.provider.changes(in: graph.calendar, from: .beginning(window), session: graph.session)
        } throws: {
            ($0 as? CalendarError)?.code == .invalidArgument
        }
        #expect(graph.simulator.requests.isEmpty)
    }

    @Test("a round that tells everything twice changes nothing twice")
    func duplicates() async throws {
        let graph = try await GraphHarness()
        graph.simulator.repeatsChanges = true
        let event = graph.add(try Sample.content())
        graph.add(try weekly())
        try await graph.sync()
        graph.simulator.change(event, of: GraphHarness.ada) { $0.title = "Other" }

        let report = try await graph.sync()

        #expect(report.updated == 1 && report.created == 0)
        #expect(try await graph.titles().filter { $0.hasSuffix("Other") } == ["2026-03-03 Other"])
        #expect(try await graph.agenda().count == 5)
    }

    @Test("a change that shows late is found by a later round")
    func late() async throws {
        let graph = try await GraphHarness()
        try await graph.sync()
        graph.simulator.feedDelay = 60
        graph.add(try Sample.content())

        try await graph.sync()
        let early = try await graph.titles()
        graph.clock.advance(by: 61)
        try await graph.sync()

        #expect(early.isEmpty)
        #expect(try await graph.titles() == ["2026-03-03 Review"])
    }
}
