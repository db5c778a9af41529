import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: import, move and quick add")
struct GoogleActionSimulationTests {
    private static let path = "calendars/primary/events"

    @Test("an import keeps UID and organizer, sends no mail, and a second one updates it")
    func importing() async throws {
        let desk = try await GoogleDesk()
        let event = GoogleDesk.meeting(
            "Visit",
            [
                "iCalUID": "uid-1", "sequence": 2, "organizer": ["email": "alan@example.org", "displayName": "Alan"],
                "attendees": [["email": "ada@example.com"], ["email": "grace@example.com"]],
            ]
        )

        let first = try await desk.call(.post, "\(Self.path)/import", [("sendUpdates", "all")], body: event)
        let second = try await desk.call(.post, "\(Self.path)/import", body: event.merging(["summary": "Renamed"]))
        let older = try await desk.call(.post, "\(Self.path)/import", body: event.merging(["sequence": 1]))

        #expect(first.status == 200)
        // base32hex of "uid-1", after RFC 4648 section 7.
        #expect(first.body["id"] == "_elkm8b9h")
        #expect(first.body["organizer"] == ["email": "alan@example.org", "displayName": "Alan"])
        #expect(first.body["privateCopy"] == true)
        #expect(second.body["id"] == first.body["id"])
        #expect(second.body["summary"] == "Renamed")
        #expect(older.status == 400)
        #expect(older.reason == "invalid")
        #expect(desk.google.mail.isEmpty)
        #expect(desk.google.events(of: "grace@example.com").isEmpty)
    }

    @Test(
        "an import without UID, of a status event, or of a meeting of others is refused",
        arguments: [
            (["iCalUID": nil], "required"), (["eventType": "focusTime"], "eventTypeRestriction"),
            (["organizer": ["email": "alan@example.org"]], "participantIsNeitherOrganizerNorAttendee"),
            (["end": nil], "required"),
        ] as [(JSONNode, String)]
    )
    func refusedImport(change: JSONNode, reason: String) async throws {
        let desk = try await GoogleDesk()
        let event = GoogleDesk.meeting("Visit", ["iCalUID": "uid-1"]).merging(change)

        let answer = try await desk.call(.post, "\(Self.path)/import", body: event)

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
    }

    @Test("an event inserted with a UID gets an id made of it, and the UID is taken from then on")
    func insertWithUID() async throws {
        let desk = try await GoogleDesk()

        let first = try await desk.insert(GoogleDesk.meeting("A", ["iCalUID": "uid-1"]))
        let second = try await desk.insert(GoogleDesk.meeting("B", ["iCalUID": "uid-1"]))

        #expect(first.body["id"] == "_elkm8b9h")
        #expect(first.body["iCalUID"] == "uid-1")
        #expect(second.status == 409)
    }

    @Test("a moved series lives on at its destination under its id and leaves a stub behind")
    func move() async throws {
        let desk = try await GoogleDesk()
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: GoogleDesk.vienna)
        let target = "calendars/\(PercentEncoding.encode(team.rawValue))/events"
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Special"])
        let full = try await desk.list()

        let answer = try await desk.call(.post, "\(Self.path)/series/move", [("destination", team.rawValue)])
        let source = try await desk.list([("syncToken", full.syncToken ?? "")])
        let moved = try await desk.call(.get, target)

        #expect(answer.status == 200)
        #expect(answer.body["status"] == "cancelled")
        #expect(source.items.map { $0.object?.keys } == [["kind", "etag", "id", "status"]])
        #expect(moved.ids == ["series", "series_20260108T090000Z"])
        #expect(moved.items.map { $0["summary"] } == ["Daily", "Special"])
        #expect(
            moved.items.first?["organizer"]
                == ["email": .string(team.rawValue), "displayName": "Team", "self": true]
        )
        #expect(moved.items.first?["iCalUID"] == "series@google.com")

        let back = try await desk.call(.post, "\(target)/series/move", [("destination", "primary")])
        let again = try await desk.call(.get, "\(Self.path)/series")
        #expect(back.status == 200)
        #expect(again.body["status"] == "confirmed")
    }

    @Test("only the organizer moves, only whole and ordinary events, and only to a calendar that can be written")
    func refusedMoves() async throws {
        let desk = try await GoogleDesk()
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)
        let readable = desk.google.addCalendar("Read", to: "ada@example.com", zone: .utc, access: .read)
        let grace = try await desk.bearer(for: "grace@example.com")
        let hers = desk.google.addCalendar("Hers", to: "grace@example.com", zone: .utc)
        _ = try await desk.insert(
            GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])).merging([
                "attendees": [["email": "grace@example.com"]]
            ])
        )
        let day = try #require(CivilDate("2026-01-07"))
        let office = desk.google.addWorkingLocation("Office", on: day, to: "ada@example.com")
        func move(_ id: String, to calendar: CalendarID, token: String? = nil) async throws -> GoogleDesk.Answer {
            let query = [("destination", calendar.rawValue)]
            return try await desk.call(.post, "\(Self.path)/\(id)/move", query, token: token)
        }

        #expect(try await move("series_20260108T090000Z", to: team).reason == "cannotChangeOrganizerOfInstance")
        #expect(try await move("series", to: hers, token: grace).reason == "cannotChangeOrganizer")
        #expect(try await move(office.rawValue, to: team).reason == "eventTypeRestriction")
        #expect(try await move("series", to: readable).status == 403)
        #expect(try await move("series", to: hers).status == 404)
        #expect(try await desk.call(.post, "\(Self.path)/series/move").reason == "required")
        let stale = try await desk.call(
            .post,
            "\(Self.path)/series/move",
            [("destination", team.rawValue)],
            headers: ["If-Match": "\"1\""]
        )
        #expect(stale.status == 412)
    }

    @Test(
        "a quick note becomes an event, with the day and the time that it names",
        arguments: [
            ("Lunch with Kurt tomorrow at 12:30", "Lunch with Kurt", "2026-01-06T12:30:00+01:00"),
            ("Stand-up at 9am", "Stand-up", "2026-01-05T09:00:00+01:00"),
            ("Tea at 3pm", "Tea", "2026-01-05T15:00:00+01:00"),
            ("Meet at noon", "Meet at noon", "2026-01-05T10:00:00+01:00"),
        ]
    )
    func quickAdd(text: String, title: String, start: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.post, "\(Self.path)/quickAdd", [("text", text)])

        #expect(answer.body["summary"] == .string(title))
        #expect(answer.body["start"]?["dateTime"] == .string(start))
    }

    @Test("a quick note of a day without a time lasts the day, and one without text is refused")
    func quickAddDay() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.post, "\(Self.path)/quickAdd", [("text", "Holiday tomorrow")])
        let empty = try await desk.call(.post, "\(Self.path)/quickAdd")

        #expect(answer.body["start"] == ["date": "2026-01-06"])
        #expect(answer.body["end"] == ["date": "2026-01-07"])
        #expect(empty.status == 400)
        #expect(empty.reason == "required")
    }
}
