import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: occurrences")
struct OccurrenceTests {
    /// An occurrence of one hour at ten in Berlin summer time.
    private static func row(_ id: String, _ day: String, _ changes: JSONNode = [:]) -> String {
        let row: JSONNode = [
            "id": .string(id), "type": "occurrence", "seriesMasterId": "s1",
            "originalStart": .string("\(day)T08:00:00Z"),
            "start": ["dateTime": .string("\(day)T08:00:00.0000000"), "timeZone": "UTC"],
            "end": ["dateTime": .string("\(day)T09:00:00.0000000"), "timeZone": "UTC"],
        ]
        return ScriptedGraph.event(row.merging(changes))
    }

    private static func page(_ rows: [String], next: String? = nil) -> ScriptedTransport.Step {
        let link = next.map { #","@odata.nextLink":"\#($0)""# } ?? ""
        return .expect(operation: "events.instances", .json(#"{"value":[\#(rows.joined(separator: ","))]\#(link)}"#))
    }

    private static let next = "https://graph.microsoft.com/v1.0/me/events/s1/instances?$skip=2"

    /// From 4 May, 09:00 UTC, to the end of the month.
    private func window() throws -> SyncWindow {
        try SyncWindow(
            start: Date(timeIntervalSince1970: 1_777_885_200),
            end: Date(timeIntervalSince1970: 1_780_272_000)
        )
    }

    private func key(_ day: String) throws -> OccurrenceKey {
        OccurrenceKey(series: "s1", originalStart: try Sample.time("\(day)T10:00:00"))
    }

    private func queries(_ graph: ScriptedGraph) -> [String?] {
        graph.transport.requests.map { FormFields(parsing: $0.url.query(percentEncoded: true) ?? "")["startDateTime"] }
    }

    @Test("all pages are read, ascending by start, without what only touches the window, is cancelled or is another's")
    func pages() async throws {
        let graph = ScriptedGraph(
            Self.page([Self.row("c", "2026-05-25"), Self.row("early", "2026-05-04")], next: Self.next),
            Self.page([
                Self.row("b", "2026-05-18"), Self.row("x", "2026-05-19", ["seriesMasterId": "s2"]),
                Self.row("off", "2026-05-20", ["isCancelled": true]),
            ])
        )

        let found = try await graph.provider.instances(of: "s1", in: "c", during: window(), session: graph.session)

        #expect(found.map(\.id) == ["b", "c"])
        guard case .exception(let place)? = found.first?.role else { throw CalendarError(.notFound, "no occurrence") }
        #expect(place.series == "s1")
        #expect(place.originalStart.date(floatingIn: .utc) == Date(rfc3339: "2026-05-18T08:00:00Z"))
        let first = graph.transport.requests[0]
        #expect(first.url.path() == "/v1.0/me/events/s1/instances")
        let query = FormFields(parsing: first.url.query(percentEncoded: true) ?? "")
        #expect(query["startDateTime"] == "2026-05-04T09:00:00Z" && query["endDateTime"] == "2026-06-01T00:00:00Z")
        #expect(graph.transport.requests[1].url.absoluteString == Self.next)
        #expect(first.headers["Prefer"]?.contains("ImmutableId") == true)
    }

    @Test("pages that run in a circle end the listing with an error")
    func circle() async throws {
        let graph = ScriptedGraph(Self.page([], next: Self.next), Self.page([], next: Self.next))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.instances(of: "s1", in: "c", during: window(), session: graph.session)
        }

        #expect(error?.code == .invalidResponse && error?.operation == "events.instances")
    }

    @Test("a window without an end is a year, and one that Graph refuses is refused before any call (Trap 9)")
    func windows() async throws {
        let start = Date(timeIntervalSince1970: 1_777_885_200)
        let graph = ScriptedGraph(Self.page([]))
        let open = try SyncWindow(start: start, end: nil)
        let long = try SyncWindow(start: start, end: start.addingTimeInterval(1825 * 86_400))

        _ = try await graph.provider.instances(of: "s1", in: "c", during: open, session: graph.session)
        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.instances(of: "s1", in: "c", during: long, session: graph.session)
        }

        let query = FormFields(parsing: graph.transport.requests[0].url.query(percentEncoded: true) ?? "")
        #expect(query["endDateTime"] == "2027-05-04T09:00:00Z")
        #expect(error?.code == .invalidArgument && error?.field == "window")
        #expect(graph.transport.requests.count == 1)
    }

    @Test("one occurrence is found by its original start, also when it moved or became all-day")
    func one() async throws {
        let moved: JSONNode = [
            "type": "exception", "start": ["dateTime": "2026-05-19T12:00:00", "timeZone": "UTC"],
            "end": ["dateTime": "2026-05-19T13:00:00", "timeZone": "UTC"],
        ]
        let graph = ScriptedGraph(Self.page([Self.row("b", "2026-05-17"), Self.row("a", "2026-05-18", moved)]))
        let allDay: JSONNode = [
            "type": "exception", "isAllDay": true, "start": ["dateTime": "2026-05-18T00:00:00", "timeZone": "UTC"],
            "end": ["dateTime": "2026-05-19T00:00:00", "timeZone": "UTC"],
        ]
        let other = ScriptedGraph(Self.page([Self.row("a", "2026-05-18", allDay)]))

        let found = try await graph.provider.occurrence(key("2026-05-18"), in: "c", session: graph.session)
        let day = try await other.provider.occurrence(key("2026-05-18"), in: "c", session: other.session)

        #expect(found.id == "a" && found.content.start.date(floatingIn: .utc) == Date(rfc3339: "2026-05-19T12:00:00Z"))
        #expect(day.id == "a" && day.content.start.isAllDay)
    }

    @Test("the search widens to a month and to a year, and then says that there is none")
    func widening() async throws {
        let far = ScriptedGraph(Self.page([]), Self.page([Self.row("a", "2026-05-18")]))
        let none = ScriptedGraph(Self.page([]), Self.page([]), Self.page([Self.row("b", "2026-05-19")]))

        let found = try await far.provider.occurrence(key("2026-05-18"), in: "c", session: far.session)
        let error = await #expect(throws: CalendarError.self) {
            try await none.provider.occurrence(key("2026-05-18"), in: "c", session: none.session)
        }

        #expect(found.id == "a")
        #expect(error?.code == .notFound && error?.identifier == "s1")
        #expect(queries(none) == ["2026-05-16T08:00:00Z", "2026-04-16T08:00:00Z", "2025-05-17T08:00:00Z"])
    }

    @Test("against the simulator, a changed and a plain occurrence are found, and a cancelled one is not")
    func simulated() async throws {
        let graph = try await GraphHarness()
        let content = try Sample.series("FREQ=WEEKLY;COUNT=4", start: "2026-03-17T10:00:00")
        let id = graph.simulator.add(content, to: GraphHarness.ada)
        let changed = try Sample.time("2026-03-24T10:00:00")
        let cancelled = try Sample.time("2026-03-31T10:00:00")
        graph.simulator.changeOccurrence(of: id, startingAt: changed, of: GraphHarness.ada) { $0.title = "Other" }
        graph.simulator.cancelOccurrence(of: id, startingAt: cancelled, of: GraphHarness.ada)
        let window = try SyncWindow(
            start: Date(timeIntervalSince1970: 1_772_323_200),
            end: Date(timeIntervalSince1970: 1_777_593_600)
        )
        let (provider, session) = (graph.provider, graph.session)

        let all = try await provider.instances(of: id, in: graph.calendar, during: window, session: session)
        let key = OccurrenceKey(series: id, originalStart: changed)
        let one = try await provider.occurrence(key, in: graph.calendar, session: session)
        let error = await #expect(throws: CalendarError.self) {
            let key = OccurrenceKey(series: id, originalStart: cancelled)
            return try await provider.occurrence(key, in: graph.calendar, session: session)
        }

        #expect(all.map(\.content.title) == ["Review", "Other", "Review"])
        let starts = ["2026-03-17T09:00:00Z", "2026-03-24T09:00:00Z", "2026-04-07T08:00:00Z"]
        #expect(all.map { $0.content.start.date(floatingIn: .utc).rfc3339Text } == starts)
        #expect(one.id == all[1].id && one.content.title == "Other")
        #expect(error?.code == .notFound)
    }
}
