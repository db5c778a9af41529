import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: times and zones")
struct GraphTimeTests {
    @Test(
        "times come in the preferred zone under the name that was asked for",
        arguments: [
            "Tokyo Standard Time", "Asia/Tokyo",
        ]
    )
    func preferredZone(_ zone: String) async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create()

        let reply = try await desk.call(.get, desk.path(event.id), prefer: "outlook.timezone=\"\(zone)\"")

        #expect(reply.json["start"] == ["dateTime": "2026-03-03T17:00:00.0000000", "timeZone": .string(zone)])
        #expect(reply.headers["Preference-Applied"] == "outlook.timezone=\"\(zone)\"")
    }

    @Test(
        "an unknown zone name is refused",
        arguments: ["Mars/Olympus", "CET+1", "GMT+05:30", "w. europe standard time"]
    )
    func unknownZone(_ zone: String) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create(["start": ["dateTime": "2026-03-03T07:00:00", "timeZone": .string(zone)]])

        #expect(reply.status == 400)
        #expect(reply.code == "TimeZoneNotSupportedException")
    }

    static func day(_ start: String, _ end: String, _ zone: String = "Tokyo Standard Time") -> JSONNode {
        [
            "isAllDay": true, "start": ["dateTime": .string(start), "timeZone": "Tokyo Standard Time"],
            "end": ["dateTime": .string(end), "timeZone": .string(zone)],
        ]
    }

    @Test("an all-day event shows midnight in every zone, and only the label changes")
    func allDay() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(Self.day("2026-04-06", "2026-04-08"))

        let reply = try await desk.call(.get, desk.path(event.id), prefer: #"outlook.timezone="Pacific Standard Time""#)

        #expect(event.json["start"] == ["dateTime": "2026-04-06T00:00:00.0000000", "timeZone": "UTC"])
        #expect(
            reply.json["end"] == ["dateTime": "2026-04-08T00:00:00.0000000", "timeZone": "Pacific Standard Time"]
        )
        #expect(event.json["reminderMinutesBeforeStart"] == 1080)
    }

    @Test("an all-day event lies at its creator's midnight, so a window in UTC may miss it")
    func allDayInstant() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(Self.day("2026-04-06", "2026-04-07"))

        let day = try await desk.call(.get, desk.view("2026-04-06", "2026-04-07"))
        let dayBefore = try await desk.call(.get, desk.view("2026-04-05", "2026-04-06"))
        let dayAfter = try await desk.call(.get, desk.view("2026-04-07", "2026-04-08"))

        #expect([dayBefore.values.count, day.values.count, dayAfter.values.count] == [1, 1, 0] as [Int])
    }

    @Test(
        "an all-day event needs midnight, one zone and a whole day",
        arguments: [
            day("2026-04-06T01:00:00", "2026-04-08"), day("2026-04-06", "2026-04-08", "UTC"),
            day("2026-04-06", "2026-04-06"),
        ]
    )
    func allDayRules(_ changes: JSONNode) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create(changes)

        #expect(reply.status == 400)
        #expect(reply.code == "ErrorPropertyValidationFailure")
    }

    @Test("a window counts what overlaps it, not what touches its ends")
    func window() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create()
        func count(_ start: String, _ end: String) async throws -> Int {
            let query = "startDateTime=2026-03-03T\(start)Z&endDateTime=2026-03-03T\(end)Z"
            return try await desk.call(.get, "/me/calendarView?" + query).values.count
        }

        #expect(try await count("08:29:00", "09:00:00") == 1)
        #expect(try await count("08:30:00", "09:00:00") == 0)
        #expect(try await count("07:00:00", "08:00:00") == 0)
        #expect(try await count("07:00:00", "08:01:00") == 1)
    }

    @Test("a window longer than 1825 days is refused")
    func longWindow() async throws {
        let desk = try await GraphDesk()

        let exact = try await desk.call(.get, desk.view("2021-03-02", "2026-03-01"))
        let reply = try await desk.call(.get, desk.view("2021-03-01", "2026-03-01"))

        #expect(exact.status == 200)
        #expect(reply.code == "ErrorInvalidRequest")
    }
}
