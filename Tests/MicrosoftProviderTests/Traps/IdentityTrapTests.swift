import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: traps of identity and of what is read back")
struct IdentityTrapTests {
    @Test("Trap 23: an event that moves to another calendar of the mirror keeps its id there, and is there once")
    func move() async throws {
        let graph = try await GraphHarness()
        let other = graph.simulator.addCalendar("Other", to: GraphHarness.ada, zone: GraphHarness.berlin)
        let selection = CalendarSelection(read: [graph.calendar, other], write: graph.calendar)
        try await graph.host.select(selection, in: graph.connection.key.connection)
        let event = graph.add(try Sample.content())
        try await graph.sync()

        graph.simulator.move(event, of: GraphHarness.ada, to: other)
        try await graph.sync()
        try await graph.sync()

        #expect(try await graph.titles() == ["2026-03-03 Review"])
        #expect(graph.simulator.events(of: GraphHarness.ada, calendar: other).map(\.id) == [event])
        let moved = try await graph.provider.event(event, in: other, session: graph.session)
        #expect(moved.id == event)
        #expect(graph.simulator.requests.filter(\.isWrite).isEmpty)
    }

    @Test(
        "Trap 24: occurrences belong together by their series, whether or not they share a UID",
        arguments: ["040000008200E00074C5B7101A82E00800000000AA", "040000008200E00074C5B7101A82E00807EA0304AA"]
    )
    func identifiers(uid: String) async throws {
        let master = FeedItems.master("m", ["iCalUId": "040000008200E00074C5B7101A82E00800000000AA"])
        let exception = ScriptedGraph.event([
            "id": "o2", "type": "exception", "seriesMasterId": "m", "iCalUId": .string(uid),
            "originalStart": "2026-03-04T09:00:00Z", "subject": "Moved",
        ])
        let items = [master, FeedItems.occurrence("o1", day: "03"), exception]
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(ScriptedGraph.page(items))))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        let roles = page.changes.compactMap { if case .upserted(let event) = $0 { event.role } else { nil } }
        guard case .exception(let key) = roles.last else { throw CalendarError(.notFound, "no exception") }
        #expect(roles.first == .master && key.series == "m")
        let sets = page.changes.compactMap { if case .occurrences(let set) = $0 { set } else { nil } }
        #expect(sets.map(\.originalStarts.count) == [2] as [Int])
    }

    @Test("Trap 31: a series all of whose occurrences differ shows these, and not one more")
    func onlyExceptions() async throws {
        let graph = try await GraphHarness()
        let series = graph.add(try Sample.series("FREQ=WEEKLY;COUNT=3", start: "2026-02-02T10:00:00"))
        for (day, title) in [("02", "One"), ("09", "Two"), ("16", "Three")] {
            let start = try Sample.time("2026-02-\(day)T10:00:00")
            graph.simulator.changeOccurrence(of: series, startingAt: start, of: GraphHarness.ada) { $0.title = title }
        }

        try await graph.sync()

        #expect(try await graph.titles() == ["2026-02-02 One", "2026-02-09 Two", "2026-02-16 Three"])
    }

    @Test(
        "Trap 33: a text that Exchange rewrote is no change, neither of the host's nor of the service's making",
        arguments: [EventBody("Bring the <slides> & coffee"), EventBody("<p>Hello <b>you</b></p>", isHTML: true)]
    )
    func rewrittenText(body: EventBody) async throws {
        let graph = try await GraphHarness()
        var content = try Sample.content()
        content.body = body
        let id = graph.connection.key.connection
        try await graph.sync()
        try await graph.host.create(content, in: id, invitations: .silent)
        try await graph.sync()
        graph.simulator.clearRequests()
        let before = try await graph.agenda()

        for _ in 0..<3 { try await graph.sync() }
        graph.simulator.expireSyncTokens()
        let report = try await graph.sync()

        #expect(report.updated == 0 && report.pushed == 0)
        #expect(graph.simulator.requests.filter(\.isWrite).isEmpty)
        #expect(try await graph.agenda() == before)
    }
}
