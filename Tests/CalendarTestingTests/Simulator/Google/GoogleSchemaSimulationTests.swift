import CalendarCore
import CalendarTesting
import Foundation
import Testing
import TrafficSchemas

/// `GoogleDesk` holds every answer against the description; these calls make it see every kind of answer.
@Suite("Google simulator: answers after the discovery document")
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

    @Test(
        "a whole life of events answers with known fields of the right types only",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)")
    )
    func life() async throws {
        let desk = try await GoogleDesk()
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
        #expect(lists.allSatisfy { $0.status == 200 })
        #expect(events[0].body["extendedProperties"]?["shared"]?["b"] == "2")
        #expect(events[2].body["summary"] == "5")
    }

    @Test(
        "calendars, lists, rules, settings and busy times answer with described fields only",
        .enabled(if: SharedDescriptions.arePresent, "\(SharedDescriptions.absence)")
    )
    func shapes() async throws {
        let desk = try await GoogleDesk()
        let left = desk.google.addCalendar("Left", to: "ada@example.com", zone: .utc, access: .read).rawValue
        desk.google.addGroup("team@example.com", members: ["ada@example.com", "grace@example.com"])
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily))
        _ = try await desk.call(.delete, "users/me/calendarList/\(PercentEncoding.encode(left))")
        let labels: JSONNode = ["eventLabels": [["name": "Deep work", "backgroundColor": "#039be5"]]]
        let hours: JSONNode = [
            "workingHoursEnabled": true,
            "availableTimes": [["dayOfWeek": "friday", "periodStart": 540, "periodEnd": 720]],
        ]

        let requests: [(HTTPMethod, String, JSONNode?)] = [
            (.post, "calendars", ["summary": "Team", "location": "Vienna", "labelProperties": labels]),
            (.patch, "calendars/primary", ["description": "Mine", "workingHours": hours]),
            (.get, "calendars/primary", nil),
            (.get, "users/me/calendarList", nil),
            (.get, "users/me/calendarList?showDeleted=true", nil),
            (.patch, "users/me/calendarList/primary", ["summaryOverride": "Me", "hidden": true]),
            (.post, "users/me/calendarList", ["id": .string(left)]),
            (
                .post, "calendars/primary/acl",
                ["role": "reader", "scope": ["type": "user", "value": "grace@example.com"]]
            ),
            (.post, "calendars/primary/acl", ["role": "freeBusyReader", "scope": ["type": "default"]]),
            (.get, "calendars/primary/acl", nil),
            (.get, "users/me/settings", nil),
            (.get, "users/me/settings/locale", nil),
            (.get, "colors", nil),
            (
                .post, "freeBusy",
                [
                    "timeMin": "2026-01-07T00:00:00Z", "timeMax": "2026-01-10T00:00:00Z",
                    "items": [["id": "primary"], ["id": "team@example.com"], ["id": "nobody@example.org"]],
                ]
            ),
            (.get, "calendars/primary/events", nil),
        ]
        for (method, path, body) in requests {
            let answer = try await desk.call(method, path, body: body)

            #expect(answer.status == 200, "\(path)")
        }
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
