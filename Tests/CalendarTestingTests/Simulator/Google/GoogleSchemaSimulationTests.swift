import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite(
    "Google simulator: answers after the discovery document",
    .enabled(if: GoogleDiscovery.isPresent, "shared data is absent")
)
struct GoogleSchemaSimulationTests {
    private static let rich: JSONNode = [
        "id": "event", "description": "<b>Bring</b> paper", "location": "Room 1", "colorId": "3",
        "attendees": [
            ["email": "grace@example.com", "displayName": "Grace", "optional": true, "nonsense": 1],
            ["email": "room@example.com", "resource": true, "additionalGuests": "2"],
        ],
        "extendedProperties": ["private": ["a": "1"], "shared": ["b": 2]],
        "reminders": ["useDefault": false, "overrides": [["method": "popup", "minutes": "10", "more": 1]]],
        "source": ["url": "https://example.com/1", "title": "One", "more": 1], "anyoneCanAddSelf": "true",
        "attachments": [["fileUrl": "https://example.com/f", "title": "File", "more": [1]]],
        "gadget": ["title": "G", "width": 10, "more": 1], "guestsCanModify": true, "more": ["x": 1],
        "conferenceData": ["createRequest": ["requestId": "r-1", "status": ["statusCode": "success"]], "more": 1],
    ]

    @Test("a whole life of events answers with known fields of the right types only")
    func life() async throws {
        let desk = try await GoogleDesk()
        let discovery = try GoogleDiscovery()
        let query = [("conferenceDataVersion", "1"), ("supportsAttachments", "true"), ("sendUpdates", "all")]
        let path = "calendars/primary/events"
        var events: [GoogleDesk.Answer] = []
        var lists: [GoogleDesk.Answer] = []

        events.append(try await desk.insert(GoogleDesk.meeting("Rich", Self.rich), query))
        events.append(try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"]))))
        events.append(try await desk.patch("series_20260108T090000Z", ["summary": 5, "description": true]))
        events.append(try await desk.patch("event", ["attendees": [["email": "x@example.org"]]], query))
        events.append(try await desk.call(.get, "\(path)/event", [("maxAttendees", "1"), ("timeZone", "Asia/Tokyo")]))
        events.append(try await desk.call(.post, "\(path)/quickAdd", [("text", "Lunch tomorrow at 3pm")]))
        events.append(
            try await desk.call(
                .post,
                "\(path)/import",
                body: GoogleDesk.meeting("Imported", ["iCalUID": "uid-9", "organizer": ["email": "ada@example.com"]])
            )
        )
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)
        events.append(try await desk.call(.post, "\(path)/event/move", [("destination", team.rawValue)]))
        let day = try #require(CivilDate("1980-02-03"))
        desk.google.addBirthday(of: "Alan", on: day, to: "ada@example.com")
        desk.google.addWorkingLocation(nil, on: day, to: "ada@example.com")
        desk.google.addWorkingLocation("Head office", on: day, to: "ada@example.com")
        desk.google.addGmailEvent("Flight", from: .day(day), to: .day(day.adding(days: 1)), for: "ada@example.com")
        _ = try await desk.call(.delete, "\(path)/series_20260109T090000Z")
        lists.append(try await desk.list([("showDeleted", "true")]))
        lists.append(try await desk.list([("singleEvents", "true"), ("showDeleted", "true"), ("maxResults", "20")]))
        lists.append(try await desk.call(.get, "\(path)/series/instances", [("showDeleted", "true")]))
        lists.append(try await desk.list([("syncToken", lists[0].syncToken ?? "")]))

        #expect(events.allSatisfy { $0.status == 200 })
        #expect(events.flatMap { discovery.problems(of: $0.body, as: "Event") } == [])
        #expect(lists.allSatisfy { $0.status == 200 })
        #expect(lists.flatMap { discovery.problems(of: $0.body, as: "Events") } == [])
        #expect(events[0].body["extendedProperties"]?["shared"]?["b"] == "2")
        #expect(events[2].body["summary"] == "5")
    }

    @Test("the check itself finds a number for a text, a text for a number, and an unknown field")
    func check() throws {
        let discovery = try GoogleDiscovery()

        let problems = discovery.problems(
            of: ["summary": 1, "sequence": "1", "attendees": [["mail": "x"]], "updated": "yesterday"],
            as: "Event"
        )

        #expect(problems.count == 4)
    }

    @Test(
        "a body with a value of another kind is refused",
        arguments: [
            ["attendees": "grace@example.com"], ["summary": ["text": "A"]], ["reminders": [1]],
            ["sequence": "first"], ["start": "2026-01-07"], ["recurrence": "RRULE:FREQ=DAILY"],
        ] as [JSONNode]
    )
    func otherKind(change: JSONNode) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off").merging(change))

        #expect(answer.status == 400)
    }
}
