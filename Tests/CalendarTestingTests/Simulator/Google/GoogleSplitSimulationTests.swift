import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// What an edit in the service's own app looks like in the next increment (reference section 6).
@Suite("Google simulator: edits of series in the app")
struct GoogleSplitSimulationTests {
    private static let vienna = GoogleDesk.vienna
    private static let ada = "ada@example.com"

    private static func time(_ text: String) throws -> EventTime {
        .zoned(try #require(CivilDateTime(text)), vienna)
    }

    /// A daily series from 25 March 2026, 07:30 in Vienna, over the change of clocks on the 29th.
    private static func desk(_ rule: String = "RRULE:FREQ=DAILY") async throws -> (GoogleDesk, String) {
        let desk = try await GoogleDesk()
        _ = try await desk.insert([
            "id": "dishes", "summary": "Dishes", "recurrence": [.string(rule)],
            "start": ["dateTime": "2026-03-25T07:30:00", "timeZone": "Europe/Vienna"],
            "end": ["dateTime": "2026-03-25T08:15:00", "timeZone": "Europe/Vienna"],
        ])
        return (desk, try await desk.list().syncToken ?? "")
    }

    @Test("Trap 7: this and following with the same times makes a master <id>_R<stamp> under one version")
    func splitKeepingTimes() async throws {
        let (desk, token) = try await Self.desk()

        let later = desk.google.changeFollowing(
            of: "dishes",
            startingAt: try Self.time("2026-03-30T07:30:00"),
            of: Self.ada
        ) { $0.title = "Sponge" }

        let increment = try await desk.list([("syncToken", token)])
        #expect(later == "dishes_R20260330T053000")
        #expect(increment.ids == ["dishes", "dishes_R20260330T053000"])
        #expect(increment.items.map { $0["summary"] } == ["Dishes", "Sponge"])
        // The end of 29 March in Vienna, where summer time has begun.
        #expect(
            increment.items.map { $0["recurrence"]?[0] }
                == ["RRULE:FREQ=DAILY;UNTIL=20260329T215959Z", "RRULE:FREQ=DAILY"]
        )
        #expect(increment.items.last?["iCalUID"] == "dishes_R20260330T053000@google.com")
        #expect(increment.items.last?["start"]?["dateTime"] == "2026-03-30T07:30:00+02:00")
        #expect(increment.items.map { $0["sequence"] } == [0, 0])
        #expect(Set(increment.items.compactMap { $0["etag"]?.string }).count == 1)
        #expect(increment.items[0]["created"] == increment.items[1]["created"])
    }

    @Test("Trap 7: occurrences of the later half go by the first id, and name their own master")
    func occurrencesOfLaterHalf() async throws {
        let (desk, _) = try await Self.desk()
        _ = try await desk.patch("dishes_20260331T053000Z", ["summary": "Lost"])
        desk.google.changeFollowing(of: "dishes", startingAt: try Self.time("2026-03-30T07:30:00"), of: Self.ada) {
            $0.title = "Sponge"
        }

        let read = try await desk.call(.get, "calendars/primary/events/dishes_20260331T053000Z")
        let view = try await desk.list([
            ("singleEvents", "true"), ("orderBy", "startTime"), ("timeMin", "2026-03-29T00:00:00Z"),
            ("timeMax", "2026-04-01T00:00:00Z"),
        ])
        let changed = try await desk.patch("dishes_20260331T053000Z", ["location": "Kitchen"])
        let stored = try await desk.list()

        #expect(read.body["summary"] == "Sponge")
        #expect(read.body["recurringEventId"] == "dishes_R20260330T053000")
        #expect(
            view.ids == ["dishes_20260329T053000Z", "dishes_20260330T053000Z", "dishes_20260331T053000Z"]
        )
        #expect(changed.body["location"] == "Kitchen")
        #expect(stored.ids.contains("dishes_20260331T053000Z"))
    }

    @Test("this and following with other times makes an event with a fresh id")
    func splitWithOtherTimes() async throws {
        let (desk, token) = try await Self.desk("RRULE:FREQ=DAILY;COUNT=10")
        let start = try Self.time("2026-03-30T20:00:00")
        let end = try Self.time("2026-03-30T20:45:00")

        let later = desk.google.changeFollowing(
            of: "dishes",
            startingAt: try Self.time("2026-03-30T07:30:00"),
            of: Self.ada
        ) { content in
            content.start = start
            content.end = end
        }

        let increment = try await desk.list([("syncToken", token)])
        #expect(increment.ids == ["dishes", later.rawValue])
        #expect(later.rawValue.count == 26)
        #expect(
            increment.items.map { $0["recurrence"]?[0] }
                == ["RRULE:FREQ=DAILY;UNTIL=20260329T215959Z", "RRULE:FREQ=DAILY;COUNT=5"]
        )
        #expect(increment.items.last?["iCalUID"] == .string("\(later)@google.com"))
        #expect(increment.items.last?["start"]?["dateTime"] == "2026-03-30T20:00:00+02:00")
    }

    @Test("deleting this and following brings the trimmed master, and stubs that name no series from behind the cut")
    func deleteFollowing() async throws {
        let (desk, _) = try await Self.desk()
        desk.google.cancelOccurrence(of: "dishes", startingAt: try Self.time("2026-03-27T07:30:00"), of: Self.ada)
        desk.google.cancelOccurrence(of: "dishes", startingAt: try Self.time("2026-04-02T07:30:00"), of: Self.ada)
        let token = try await desk.list().syncToken ?? ""

        desk.google.removeFollowing(of: "dishes", startingAt: try Self.time("2026-03-30T07:30:00"), of: Self.ada)

        let increment = try await desk.list([("syncToken", token)])
        #expect(increment.ids == ["dishes", "dishes_20260327T063000Z", "dishes_20260402T053000Z"])
        #expect(increment.items.map { $0["status"] } == ["confirmed", "cancelled", "cancelled"])
        #expect(increment.items.map { $0["recurringEventId"] } == [nil, "dishes", nil])
        #expect(increment.items.first?["recurrence"] == ["RRULE:FREQ=DAILY;UNTIL=20260329T215959Z"])
        #expect(Set(increment.items.compactMap { $0["etag"]?.string }).count == 1)
    }

    @Test("at the first occurrence this and following means the series")
    func first() async throws {
        let (desk, _) = try await Self.desk()
        let start = try Self.time("2026-03-25T07:30:00")

        let changed = desk.google.changeFollowing(of: "dishes", startingAt: start, of: Self.ada) { $0.title = "Sponge" }
        let titles = desk.google.events(of: Self.ada).map(\.title)
        desk.google.removeFollowing(of: "dishes", startingAt: start, of: Self.ada)

        #expect(changed == "dishes")
        #expect(titles == ["Sponge"])
        #expect(desk.google.events(of: Self.ada).isEmpty)
    }

    @Test("editing all after a split changes both masters and what an exception said differently")
    func editAll() async throws {
        let (desk, _) = try await Self.desk()
        _ = try await desk.patch("dishes_20260326T063000Z", ["summary": "Just this one", "location": "Kitchen"])
        desk.google.changeFollowing(of: "dishes", startingAt: try Self.time("2026-03-30T07:30:00"), of: Self.ada) {
            $0.title = "Sponge"
        }
        let token = try await desk.list().syncToken ?? ""

        desk.google.changeSeries("dishes_R20260330T053000", of: Self.ada) { $0.title = "All" }

        let increment = try await desk.list([("syncToken", token)])
        #expect(increment.ids == ["dishes", "dishes_20260326T063000Z", "dishes_R20260330T053000"])
        #expect(increment.items.map { $0["summary"] } == ["All", "All", "All"])
        #expect(increment.items[1]["location"] == "Kitchen")
        #expect(
            increment.items.map { $0["start"]?["dateTime"] } == [
                "2026-03-25T07:30:00+01:00", "2026-03-26T07:30:00+01:00", "2026-03-30T07:30:00+02:00",
            ]
        )
        #expect(Set(increment.items.compactMap { $0["etag"]?.string }).count == 1)
    }

    @Test("an all-day series is cut by days")
    func allDay() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert([
            "id": "guard", "recurrence": ["RRULE:FREQ=DAILY"], "start": ["date": "2026-03-25"],
            "end": ["date": "2026-03-26"],
        ])
        let day = try #require(CivilDate("2026-03-30"))

        let later = desk.google.changeFollowing(of: "guard", startingAt: .day(day), of: Self.ada) { $0.title = "B" }

        let listed = try await desk.list()
        #expect(later == "guard_R20260330")
        #expect(
            listed.items.map { $0["recurrence"]?[0] } == ["RRULE:FREQ=DAILY;UNTIL=20260329", "RRULE:FREQ=DAILY"]
        )
    }

    @Test("guests' copies are cut, too")
    func guests() async throws {
        let (desk, _) = try await Self.desk()
        _ = try await desk.patch("dishes", ["attendees": [["email": "grace@example.com"]]])

        desk.google.changeFollowing(of: "dishes", startingAt: try Self.time("2026-03-30T07:30:00"), of: Self.ada) {
            $0.title = "Sponge"
        }

        let copies = desk.google.events(of: "grace@example.com")
        #expect(copies.map(\.id) == ["dishes", "dishes_R20260330T053000"])
        #expect(copies.map(\.title) == ["Dishes", "Sponge"])
    }
}
