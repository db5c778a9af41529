import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: rules for the parts of an event")
struct GoogleRuleSimulationTests {
    @Test("property keys that are too long are dropped and values cut, in silence")
    func propertyLimits() async throws {
        let desk = try await GoogleDesk()
        let long = String(repeating: "k", count: 45)
        let text = String(repeating: "v", count: 1025)
        let properties: JSONNode = [
            "private": .object(JSONObject([long, String(long.dropLast())].map { (key: $0, value: "1") })),
            "shared": ["text": .string(text)],
        ]

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off", ["extendedProperties": properties]))

        let stored = answer.body["extendedProperties"]
        #expect(stored?["private"]?.object?.keys == [String(long.dropLast())])
        #expect(stored?["shared"]?["text"]?.string?.count == 1024)
    }

    @Test("more than 300 properties or 32 kB of them are refused", arguments: [(301, 1), (33, 1000)])
    func tooManyProperties(count: Int, length: Int) async throws {
        let desk = try await GoogleDesk()
        let value = JSONNode.string(String(repeating: "v", count: length))
        let properties = JSONObject((1...count).map { (key: "key\($0)", value: value) })

        let answer = try await desk.insert(
            GoogleDesk.meeting("Kick-off", ["extendedProperties": ["private": .object(properties)]])
        )

        #expect(answer.status == 400)
    }

    @Test("attachments need their flag and stay without it")
    func attachments() async throws {
        let desk = try await GoogleDesk()
        let flag = [("supportsAttachments", "true")]
        let wish: JSONNode = ["attachments": [["fileUrl": "https://example.com/f", "title": "File"]]]

        let ignored = try await desk.insert(GoogleDesk.meeting("A", wish))
        let stored = try await desk.insert(GoogleDesk.meeting("B", wish.merging(["id": "event"])), flag)
        let kept = try await desk.patch("event", ["attachments": []])
        let removed = try await desk.patch("event", ["attachments": []], flag)

        #expect(ignored.body["attachments"] == nil)
        #expect(stored.body["attachments"] == wish["attachments"])
        #expect(kept.body["attachments"] == wish["attachments"])
        #expect(removed.body["attachments"] == nil)
        let many: [JSONNode] = (1...26).map { ["fileUrl": .string("https://example.com/\($0)")] }
        #expect(try await desk.insert(GoogleDesk.meeting("C", ["attachments": .array(many)]), flag).status == 400)
    }

    @Test(
        "parts outside their limits are refused",
        arguments: [
            ["colorId": "12"], ["source": ["url": "ftp://example.com"]],
            ["reminders": ["overrides": [["method": "sms", "minutes": 1]]]],
            ["reminders": ["overrides": [["method": "popup", "minutes": 40_321]]]],
            ["reminders": ["overrides": .array((1...6).map { ["method": "popup", "minutes": .int($0)] })]],
            ["attendees": [["displayName": "Nobody"]]], ["visibility": "secret"], ["status": "maybe"],
            ["recurrence": ["RRULE:FREQ=SOMETIMES"]], ["recurrence": ["DTSTART:20260107T100000Z"]],
        ] as [JSONNode]
    )
    func refusedPart(part: JSONNode) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Kick-off", part))

        #expect(answer.status == 400)
    }

    @Test("a series without a zone is refused by the message that clients know")
    func missingZone() async throws {
        let desk = try await GoogleDesk()
        let event = GoogleDesk.meeting("Daily", GoogleDesk.daily).merging(["start": ["timeZone": nil]])

        let answer = try await desk.insert(event)

        #expect(answer.body["error"]?["message"] == "Missing time zone definition for start time.")
    }

    @Test(
        "a status event that breaks the rules of its type is refused by name",
        arguments: [
            (["eventType": "outOfOffice", "description": "Away"], "malformedOutOfOfficeEvent"),
            (["eventType": "outOfOffice", "attendees": [["email": "x@y.z"]]], "malformedOutOfOfficeEvent"),
            (["eventType": "focusTime", "transparency": "transparent"], "malformedFocusTimeEvent"),
            (["eventType": "focusTime", "focusTimeProperties": ["chatStatus": "gone"]], "malformedFocusTimeEvent"),
            (["eventType": "workingLocation", "visibility": "public"], "malformedWorkingLocationEvent"),
            (["eventType": "birthday"], "malformedBirthdayEvent"), (["eventType": "fromGmail"], "eventTypeRestriction"),
            (["eventType": "party"], "invalidEventType"),
        ] as [(JSONNode, String)]
    )
    func malformedStatusEvent(part: JSONNode, reason: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.insert(GoogleDesk.meeting("Status", part))

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
    }

    @Test("a focus time keeps its properties and its type for good, and lives in primary calendars only")
    func focusTime() async throws {
        let desk = try await GoogleDesk()
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)
        let part: JSONNode = [
            "id": "focus", "eventType": "focusTime",
            "focusTimeProperties": ["autoDeclineMode": "declineNone", "chatStatus": "doNotDisturb"],
            "outOfOfficeProperties": ["declineMessage": "Away"],
        ]

        let answer = try await desk.insert(GoogleDesk.meeting("Focus", part))
        let changed = try await desk.patch("focus", ["eventType": "default"])
        let secondary = try await desk.call(
            .post,
            "calendars/\(PercentEncoding.encode(team.rawValue))/events",
            body: GoogleDesk.meeting("Focus", part)
        )

        #expect(answer.body["focusTimeProperties"] == part["focusTimeProperties"])
        #expect(answer.body["outOfOfficeProperties"] == nil)
        #expect(changed.reason == "eventTypeRestriction")
        #expect(secondary.reason == "eventTypeRestriction")
    }

    @Test("a label goes with its version only, and then a write without it removes it")
    func labels() async throws {
        let desk = try await GoogleDesk()
        let version = [("eventLabelVersion", "1")]
        let label: JSONNode = ["id": "event", "eventLabelId": "l-1", "colorId": "3"]

        let ignored = try await desk.insert(GoogleDesk.meeting("A", label))
        let labelled = try await desk.patch("event", ["eventLabelId": "l-1", "colorId": "4"], version)
        let kept = try await desk.patch("event", ["summary": "B"])
        let removed = try await desk.patch("event", ["summary": "C"], version)

        #expect(ignored.body["eventLabelId"] == nil)
        #expect(labelled.body["eventLabelId"] == "l-1")
        #expect(labelled.body["colorId"] == "3")
        #expect(kept.body["eventLabelId"] == "l-1")
        #expect(removed.body["eventLabelId"] == nil)
    }

    @Test("a stricter visibility of one occurrence spreads to the series, a looser one is not taken")
    func visibility() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))

        let looser = try await desk.patch("series_20260108T090000Z", ["visibility": "public"])
        _ = try await desk.patch("series_20260108T090000Z", ["visibility": "private"])
        let master = try await desk.call(.get, "calendars/primary/events/series")
        let sibling = try await desk.call(.get, "calendars/primary/events/series_20260109T090000Z")

        #expect(looser.body["visibility"] == nil)
        #expect(master.body["visibility"] == "private")
        #expect(sibling.body["visibility"] == "private")
    }

    @Test("an event that came by mail is locked but for what belongs to its owner")
    func locked() async throws {
        let desk = try await GoogleDesk()
        let start = try #require(CivilDateTime("2026-01-07T10:00:00"))
        let id = desk.google.addGmailEvent(
            "Flight",
            from: .zoned(start, GoogleDesk.vienna),
            to: .zoned(start.adding(seconds: 7200), GoogleDesk.vienna),
            for: "ada@example.com"
        )

        let colored = try await desk.patch(id.rawValue, ["colorId": "5", "locked": false])
        let renamed = try await desk.patch(id.rawValue, ["summary": "Trip"])

        #expect(colored.body["colorId"] == "5")
        #expect(colored.body["locked"] == true)
        #expect(colored.body["organizer"]?["displayName"] == "Unknown Organizer")
        #expect(renamed.status == 400)
        #expect(renamed.reason == "eventTypeRestriction")
    }

    @Test("a deleted event comes back by a write where the service is told to allow it")
    func revival() async throws {
        let desk = try await GoogleDesk()
        desk.google.revivesDeletedEvents = true
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))
        _ = try await desk.call(.delete, "calendars/primary/events/event")

        let patched = try await desk.patch("event", ["status": "confirmed"])
        _ = try await desk.call(.delete, "calendars/primary/events/event")
        let put = try await desk.call(.put, "calendars/primary/events/event", body: GoogleDesk.meeting("Again"))
        let listed = try await desk.list()

        #expect(patched.body["status"] == "confirmed")
        #expect(patched.body["summary"] == "Kick-off")
        #expect(put.body["status"] == "confirmed")
        #expect(listed.items.map { $0["summary"] } == ["Again"])
    }

    @Test("a forgotten event answers 404, leaves the listings, and its id stays taken")
    func forgotten() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", ["id": "event"]))
        _ = try await desk.call(.delete, "calendars/primary/events/event")
        desk.google.forgetDeletedEvents()

        #expect(try await desk.call(.get, "calendars/primary/events/event").status == 404)
        #expect(try await desk.call(.delete, "calendars/primary/events/event").status == 404)
        #expect(try await desk.list([("showDeleted", "true")]).items.isEmpty)
        #expect(try await desk.insert(GoogleDesk.meeting("Again", ["id": "event"])).status == 409)
    }
}
