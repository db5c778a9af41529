import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: traps of times and zones")
struct TimeTrapTests {
    private func read(_ changes: JSONNode) async throws -> EventContent {
        let graph = ScriptedGraph(.expect(operation: "events.get", .json(ScriptedGraph.event(changes))))
        return try await graph.event().content
    }

    @Test(
        "Trap 10: an all-day event is the days of its midnights, in whatever zone they are answered",
        arguments: [
            "UTC", "Samoa Standard Time", "Hawaiian Standard Time", "Pacific Standard Time", "India Standard Time",
            "Line Islands Standard Time", "UTC-11", "UTC+13", "tzone://Microsoft/Custom", "",
        ]
    )
    func midnights(zone: String) async throws {
        let content = try await read([
            "isAllDay": true, "originalStartTimeZone": .string(zone), "originalEndTimeZone": .string(zone),
            "start": ["dateTime": "2026-03-29T00:00:00.0000000", "timeZone": .string(zone)],
            "end": ["dateTime": "2026-03-30T00:00:00.0000000", "timeZone": .string(zone)],
        ])

        #expect(content.start == .day(try Sample.day("2026-03-29")))
        #expect(content.end == .day(try Sample.day("2026-03-30")))
    }

    @Test(
        "Trap 10: days are written as midnights of the mailbox's zone, never of UTC or the event's",
        arguments: [
            ("Pacific/Pago_Pago", "UTC-11"), ("Pacific/Kiritimati", "Line Islands Standard Time"),
            ("Europe/Vienna", "W. Europe Standard Time"),
        ]
    )
    func written(zone: String, name: String) async throws {
        let provider = MicrosoftCalendarProvider(configuration: .init(allDayZone: EventZone(zone)))
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))
        let creation = EventCreation(
            key: ScriptedGraph.key,
            content: try Sample.allDay("2026-03-29", "2026-03-30"),
            invitations: .silent
        )

        _ = try await provider.create(creation, in: ScriptedGraph.calendar, session: graph.session)

        let body = try graph.body()
        #expect(body["start"] == ["dateTime": "2026-03-29T00:00:00", "timeZone": .string(name)])
        #expect(body["end"] == ["dateTime": "2026-03-30T00:00:00", "timeZone": .string(name)])
    }

    @Test("Trap 10: an all-day series has its days, also those over a change of clocks, one deleted among them")
    func series() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.allDay("2026-03-27", "2026-03-28")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=5"])
        let series = graph.add(content)
        let deleted = EventTime.day(try Sample.day("2026-03-30"))
        graph.simulator.cancelOccurrence(of: series, startingAt: deleted, of: GraphHarness.ada)

        try await graph.sync()

        let days = ["27", "28", "29", "31"].map { "2026-03-\($0) Offsite" }
        #expect(try await graph.titles() == days)
    }

    @Test(
        "Trap 25: a zone goes out under a name that Graph takes, whatever name the host has for it",
        arguments: [
            ("Europe/Vienna", "W. Europe Standard Time"), ("Asia/Calcutta", "India Standard Time"),
            ("Asia/Kolkata", "India Standard Time"), ("Europe/Kyiv", "FLE Standard Time"),
            ("Europe/London", "GMT Standard Time"), ("Atlantic/Reykjavik", "Greenwich Standard Time"),
            ("Etc/UTC", "UTC"), ("America/Buenos_Aires", "Argentina Standard Time"),
        ]
    )
    func zoneNames(zone: String, name: String) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))

        _ = try await graph.create(try Sample.content("2026-03-03T10:00:00", zone))

        #expect(try graph.body()["start"] == ["dateTime": "2026-03-03T10:00:00", "timeZone": .string(name)])
    }

    @Test(
        "Trap 25: a zone without a name that Graph takes is sent as UTC, so that the instant stays",
        arguments: ["Antarctica/Troll", "America/Coyhaique", "Mars/Olympus"]
    )
    func unnamedZone(zone: String) async throws {
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))
        let content = try Sample.content("2026-01-15T10:00:00", zone)
        let instant = content.start.date(floatingIn: .utc)

        _ = try await graph.create(content)

        let start = try graph.body()["start"]
        let sent = EventZone(start?["timeZone"]?.string ?? "")
        let reading = try #require(CivilDateTime(start?["dateTime"]?.string ?? ""))
        #expect(sent.isKnown && sent.date(of: reading) == instant)
    }

    @Test("Trap 28: the 31st of each month is the last day where Graph has one, and is read so")
    func monthEnd() async throws {
        let graph = try await GraphHarness()
        let created = try await graph.create(try Sample.content("2026-01-31T10:00:00"))
        let body: JSONNode = [
            "recurrence": [
                "pattern": ["type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31],
                "range": [
                    "type": "numbered", "startDate": "2026-01-31", "numberOfOccurrences": 4,
                    "recurrenceTimeZone": "W. Europe Standard Time",
                ],
            ]
        ]
        let address = try #require(URL(string: "https://graph.microsoft.com/v1.0/me/events/\(created.id)"))
        var request = HTTPRequest(.patch, address, operation: "events.update", body: body.data)
        request.headers["Content-Type"] = "application/json"
        request.headers["Prefer"] = "IdType=\"ImmutableId\""
        let answer = try await graph.session.http.send(request)

        try await graph.sync()

        #expect(answer.status == 200)
        #expect(
            try await graph.titles() == [
                "2026-01-31 Review", "2026-02-28 Review", "2026-03-31 Review", "2026-04-30 Review",
            ]
        )
    }
}
