import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: busy times of calendars")
struct BusyViewTests {
    private static let start = Date(timeIntervalSince1970: 1_772_668_800)  // 2026-03-05T00:00:00Z
    private static let path = "/v1.0/me/calendars/AAMk%2Fcal%2B1%3D%3D/calendarView"
    private static let personalKey = "9188040d-6c67-4c5b-b112-36a304b66dad:oid"

    private static func row(_ from: String, _ to: String, _ changes: JSONNode = [:]) -> String {
        let plain: JSONNode = [
            "start": ["dateTime": .string("2026-03-\(from):00.0000000"), "timeZone": "UTC"],
            "end": ["dateTime": .string("2026-03-\(to):00.0000000"), "timeZone": "UTC"],
            "isAllDay": false, "isCancelled": false, "showAs": "busy", "responseStatus": ["response": "organizer"],
        ]
        return ScriptedGraph.text(plain.merging(changes))
    }

    private static func page(_ rows: String..., next: String? = nil) -> ScriptedTransport.Reply {
        let link = next.map { #""@odata.nextLink":"\#($0)","# } ?? ""
        return .json("{\(link)\"value\":[\(rows.joined(separator: ","))]}")
    }

    private static func query(_ subjects: String..., days: Double = 1) throws -> FreeBusyQuery {
        try FreeBusyQuery(subjects: subjects, start: start, end: start.addingTimeInterval(days * 86_400))
    }

    private static func hours(_ time: BusyTime?) throws -> [[Double]] {
        guard case .known(let busy) = time else { throw CalendarError(.busyUnknown, "must be known") }
        return busy.map { interval in
            [interval.start, interval.end].map { $0.timeIntervalSince(start) / 3600 }
        }
    }

    @Test("what is cancelled, declined or free takes no time; tentative and unknown time is told as such (R-37)")
    func rows() async throws {
        let next = "https://graph.microsoft.com/v1.0/me/calendars/c/calendarView?$skip=6"
        let graph = ScriptedGraph(
            .expect(
                .get,
                path: Self.path,
                Self.page(
                    Self.row("05T09:00", "05T10:00", ["isCancelled": true]),
                    Self.row("05T10:00", "05T11:00", ["responseStatus": ["response": "declined"]]),
                    Self.row("05T11:00", "05T12:00", ["showAs": "free"]),
                    Self.row("05T12:00", "05T13:00", ["showAs": "workingElsewhere"]),
                    Self.row("05T13:00", "05T14:00", ["showAs": "Tentative"]),
                    Self.row("05T14:00", "05T14:00"),
                    next: next
                )
            ),
            .expect(
                operation: "calendarView.list",
                Self.page(
                    Self.row("05T15:00", "05T16:00", ["showAs": "asleep"]),
                    Self.row("04T23:00", "05T01:00"),
                    Self.row("06T00:30", "06T01:00"),
                    Self.row("05T16:00", "05T17:00", ["showAs": .null])
                )
            )
        )

        let answer = try await graph.provider.freeBusy(
            Self.query(ScriptedGraph.calendar.rawValue),
            session: graph.session
        )

        let time = answer[ScriptedGraph.calendar.rawValue]
        #expect(try Self.hours(time) == [[0, 1], [13, 14], [15, 16], [16, 17]])
        guard case .known(let busy) = time else { throw CalendarError(.busyUnknown, "must be known") }
        let kinds = [Availability.busy, .tentative, Availability(rawValue: "asleep"), .busy]
        #expect(busy.map(\.availability) == kinds)
        let sent = FormFields(parsing: graph.transport.requests[0].url.query(percentEncoded: true) ?? "")
        #expect(sent["startDateTime"] == "2026-03-04T00:00:00Z" && sent["endDateTime"] == "2026-03-07T00:00:00Z")
    }

    @Test("Trap 10: an all-day event takes its days where they are kept, whatever midnights are shown")
    func allDay() async throws {
        let zone = EventZone("America/New_York")
        let provider = MicrosoftCalendarProvider(configuration: .init(allDayZone: zone))
        let graph = ScriptedGraph(
            .expect(
                operation: "calendarView.list",
                Self.page(Self.row("05T00:00", "06T00:00", ["isAllDay": true, "showAs": "oof"]))
            )
        )

        let answer = try await provider.freeBusy(Self.query("cal", days: 3), session: graph.session)

        #expect(try Self.hours(answer["cal"]) == [[5, 29]])
    }

    @Test(
        "a calendar that cannot be read is unknown, and so is one with a row that cannot; others are answered",
        arguments: [(404, "{}"), (403, "{}"), (200, #"{"value":[{"showAs":"busy"}]}"#), (200, "[]")]
    )
    func unreadable(_ status: Int, _ body: String) async throws {
        let graph = ScriptedGraph(
            .expect(operation: "calendarView.list", .json(body, status: status)),
            .expect(operation: "calendarView.list", Self.page())
        )

        let answer = try await graph.provider.freeBusy(Self.query("one", "two"), session: graph.session)

        guard case .unknown(let reason) = answer["one"] else { throw CalendarError(.busyUnknown, "must be unknown") }
        #expect(!reason.contains("@"))
        #expect(answer["two"] == .known([]))
    }

    @Test("a service that cannot be reached is an error, not an unknown calendar")
    func unreachable() async throws {
        let graph = ScriptedGraph(.expect(operation: "calendarView.list", .json("{}", status: 503)))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.freeBusy(Self.query("one"), session: graph.session)
        }

        #expect(error?.code == .unavailable)
    }

    @Test("Trap 15: a personal account reads its own default calendar, and knows nothing of anybody else")
    func personal() async throws {
        let graph = ScriptedGraph(
            .expect(.get, path: "/v1.0/me/calendarView", Self.page(Self.row("05T09:00", "05T10:00"))),
            accountKey: Self.personalKey
        )

        let answer = try await graph.provider.freeBusy(
            Self.query("Ada@example.com", "grace@example.com"),
            session: graph.session
        )

        #expect(try Self.hours(answer["Ada@example.com"]) == [[9, 10]])
        guard case .unknown = answer["grace@example.com"] else { throw CalendarError(.busyUnknown, "must be unknown") }
        #expect(graph.transport.remaining == 0 && graph.transport.requests.count == 1)
    }

    @Test("Trap 15: addresses are asked for by schedule, calendars are read one by one, in one question")
    func mixed() async throws {
        let schedule = #"{"value":[{"scheduleId":"grace@example.com","scheduleItems":[]}]}"#
        let graph = ScriptedGraph(
            .expect(operation: "freeBusy.query", .json(schedule)),
            .expect(.get, path: Self.path, Self.page(Self.row("05T09:00", "05T10:00")))
        )

        let answer = try await graph.provider.freeBusy(
            Self.query(ScriptedGraph.calendar.rawValue, "grace@example.com", ScriptedGraph.calendar.rawValue),
            session: graph.session
        )

        #expect(answer["grace@example.com"] == .known([]))
        #expect(try Self.hours(answer[ScriptedGraph.calendar.rawValue]) == [[9, 10]])
    }
}
