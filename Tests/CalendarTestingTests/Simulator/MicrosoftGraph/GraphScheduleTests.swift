import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: free and busy")
struct GraphScheduleTests {
    /// Asks about a morning in Berlin, eight to noon on 3 March 2026, half hour by half hour.
    static func question(_ schedules: [JSONNode], end: String = "2026-03-03T12:00:00") -> JSONNode {
        [
            "Schedules": .array(schedules),
            "StartTime": ["dateTime": "2026-03-03T08:00:00", "timeZone": "W. Europe Standard Time"],
            "EndTime": ["dateTime": .string(end), "timeZone": "W. Europe Standard Time"],
        ]
    }

    static func ask(_ desk: GraphDesk, _ schedules: JSONNode...) async throws -> GraphReply {
        try await desk.call(.post, "/me/calendar/getSchedule", question(schedules))
    }

    static func at(_ start: String, _ end: String, showAs: String) -> JSONNode {
        [
            "start": ["dateTime": .string("2026-03-03T" + start), "timeZone": "W. Europe Standard Time"],
            "end": ["dateTime": .string("2026-03-03T" + end), "timeZone": "W. Europe Standard Time"],
            "showAs": .string(showAs),
        ]
    }

    @Test("a slot takes the strongest status that touches it, and working elsewhere counts as free")
    func strongest() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(Self.at("08:15:00", "09:30:00", showAs: "tentative"))
        _ = try await desk.create(Self.at("09:00:00", "09:10:00", showAs: "busy"))
        _ = try await desk.create(Self.at("10:00:00", "10:30:00", showAs: "oof"))
        _ = try await desk.create(Self.at("11:00:00", "11:30:00", showAs: "workingElsewhere"))

        let reply = try await Self.ask(desk, .string(GraphDesk.nora))

        #expect(reply.values[0]["availabilityView"]?.string == "11203000")
        #expect(
            reply.values[0]["scheduleItems"]?.elements.map { $0["status"]?.string } == [
                "tentative", "busy", "oof", "workingElsewhere",
            ]
        )
    }

    @Test("series are expanded, and only the default calendar counts")
    func defaultCalendar() async throws {
        let desk = try await GraphDesk()
        let other = desk.graph.addCalendar("Side", to: GraphDesk.nora, zone: .utc)
        let path = "/me/calendars/\(PercentEncoding.encode(other.rawValue))"
        _ = try await desk.create([
            "start": ["dateTime": "2026-02-24T09:00:00", "timeZone": "W. Europe Standard Time"],
            "end": ["dateTime": "2026-02-24T09:30:00", "timeZone": "W. Europe Standard Time"],
            "recurrence": [
                "pattern": ["type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]], "range": ["type": "noEnd"],
            ],
        ])
        var side = Self.at("11:00:00", "11:30:00", showAs: "busy")
        side["subject"] = "Side"
        _ = try await desk.call(.post, path + "/events", side)

        let reply = try await desk.call(.post, path + "/getSchedule", Self.question([.string(GraphDesk.nora)]))

        #expect(reply.values[0]["availabilityView"]?.string == "00200000")
    }

    @Test("an unknown address fails alone, inside an answer that succeeds")
    func unknownAddress() async throws {
        let desk = try await GraphDesk()

        let reply = try await Self.ask(desk, "nobody@example.com", .string(GraphDesk.omar))

        #expect(reply.status == 200)
        #expect(reply.values[0]["error"]?["responseCode"]?.string == "ErrorMailRecipientNotFound")
        #expect(reply.values[1]["availabilityView"]?.string == "00000000")
    }

    @Test("titles are shown to their owner only, and never of private events")
    func details() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create()
        _ = try await desk.create(["sensitivity": "private"])
        let nine = try #require(CivilDateTime("2026-03-03T09:00:00"))
        let zone = EventZone("Europe/Berlin")
        let content = EventContent(title: "x", start: .zoned(nine, zone), end: .zoned(nine.adding(seconds: 60), zone))
        desk.graph.add(content, to: GraphDesk.omar)

        let reply = try await Self.ask(desk, .string(GraphDesk.nora), .string(GraphDesk.omar))

        #expect(reply.values[0]["scheduleItems"]?.elements.map { $0["subject"]?.string } == ["Planning", nil])
        #expect(reply.values[1]["scheduleItems"]?.elements.map { $0["subject"]?.string } == [nil])
    }

    @Test("more than 20 mailboxes or 62 days are refused")
    func limits() async throws {
        let desk = try await GraphDesk()
        let many = Array(repeating: JSONNode.string(GraphDesk.nora), count: 21)

        let wide = try await desk.call(.post, "/me/calendar/getSchedule", Self.question(many))
        let long = Self.question([.string(GraphDesk.nora)], end: "2026-05-05T08:00:00")
        let far = try await desk.call(.post, "/me/calendar/getSchedule", long)

        #expect([wide.status, far.status] == [400, 400] as [Int])
    }
}
