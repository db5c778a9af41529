import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: guests and mail")
struct GoogleMeetingSimulationTests {
    private static let guests: JSONNode = [
        "id": "event", "attendees": [["email": "grace@example.com"], ["email": "alan@example.org"]],
    ]

    private static func content(_ title: String) throws -> EventContent {
        let date = try #require(CivilDateTime("2026-01-07T10:00:00"))
        return EventContent(
            title: title,
            start: .zoned(date, GoogleDesk.vienna),
            end: .zoned(date.adding(seconds: 3600), GoogleDesk.vienna)
        )
    }

    @Test("a guest with an account gets a copy with the same id and iCalUID and a version of its own")
    func copies() async throws {
        let desk = try await GoogleDesk()

        let own = try await desk.insert(GoogleDesk.meeting("Kick-off", Self.guests))
        let grace = try await desk.bearer(for: "grace@example.com")
        let copy = try await desk.call(.get, "calendars/primary/events/event", token: grace)

        #expect(copy.body["iCalUID"] == own.body["iCalUID"])
        #expect(copy.etag != own.etag)
        #expect(copy.body["organizer"] == ["email": "ada@example.com"])
        #expect(
            copy.body["attendees"]?[0] == ["email": "grace@example.com", "self": true, "responseStatus": "needsAction"]
        )
    }

    @Test(
        "mail goes out only when the request says so",
        arguments: [
            (nil, []), ("none", []), ("all", ["grace@example.com", "alan@example.org"]),
            ("externalOnly", ["alan@example.org"]),
        ] as [(String?, [String])]
    )
    func invitations(sendUpdates: String?, recipients: [String]) async throws {
        let desk = try await GoogleDesk()

        _ = try await desk.insert(
            GoogleDesk.meeting("Kick-off", Self.guests),
            sendUpdates.map { [("sendUpdates", $0)] } ?? []
        )

        #expect(desk.google.mail.map(\.to) == recipients)
        #expect(desk.google.mail.allSatisfy { $0.kind == .invitation && $0.iCalUID == "event@google.com" })
    }

    @Test("a changed guest list invites the new, updates the old and uninvites the missing")
    func changedGuests() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", Self.guests))

        _ = try await desk.patch(
            "event",
            ["attendees": [["email": "alan@example.org"], ["email": "edsger@example.org"]]],
            [("sendUpdates", "all")]
        )

        #expect(desk.google.mail.map(\.kind) == [.update, .invitation, .cancellation])
        #expect(desk.google.mail.map(\.to) == ["alan@example.org", "edsger@example.org", "grace@example.com"])
        #expect(desk.google.events(of: "grace@example.com").isEmpty)
    }

    @Test("deleting without mail leaves the guests' copies, deleting with mail takes them away")
    func deletion() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(
            GoogleDesk.meeting("A", ["id": "event1"]).merging(["attendees": [["email": "grace@example.com"]]])
        )
        _ = try await desk.insert(
            GoogleDesk.meeting("B", ["id": "event2"]).merging(["attendees": [["email": "grace@example.com"]]])
        )

        _ = try await desk.call(.delete, "calendars/primary/events/event1")
        _ = try await desk.call(.delete, "calendars/primary/events/event2", [("sendUpdates", "all")])

        #expect(desk.google.events(of: "grace@example.com").map(\.title) == ["A"])
        #expect(desk.google.mail.map(\.kind) == [.cancellation])
    }

    @Test("a guest cannot change what all copies share, but their own answer and reminders")
    func guestWrites() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", Self.guests))
        let grace = try await desk.bearer(for: "grace@example.com")

        let renamed = try await desk.patch("event", ["summary": "Mine"], token: grace)
        let reminded = try await desk.patch("event", ["reminders": ["useDefault": false]], token: grace)
        let answered = try await desk.patch(
            "event",
            [
                "attendeesOmitted": true,
                "attendees": [["email": "grace@example.com", "responseStatus": "accepted", "displayName": "G"]],
            ],
            token: grace
        )
        let organizers = try await desk.call(.get, "calendars/primary/events/event")

        #expect(renamed.status == 403)
        #expect(renamed.reason == "forbiddenForNonOrganizer")
        #expect(reminded.status == 200)
        #expect(answered.status == 200)
        #expect(answered.body["attendees"]?.elements.count == 2)
        #expect(
            organizers.body["attendees"]?[0] == ["email": "grace@example.com", "responseStatus": "accepted"]
        )
        #expect(organizers.body["reminders"] == ["useDefault": true])
    }

    @Test("a guest who deletes their copy has declined")
    func declinedByDeletion() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", Self.guests))
        let grace = try await desk.bearer(for: "grace@example.com")

        let deleted = try await desk.call(.delete, "calendars/primary/events/event", token: grace)
        _ = try await desk.patch("event", ["summary": "Renamed"])
        let organizers = try await desk.call(.get, "calendars/primary/events/event")

        #expect(deleted.status == 204)
        #expect(organizers.body["attendees"]?[0]["responseStatus"] == "declined")
        #expect(desk.google.events(of: "grace@example.com").isEmpty)
    }

    @Test("a cancelled occurrence is cancelled in the guests' copies")
    func cancelledOccurrence() async throws {
        let desk = try await GoogleDesk()
        var content = try Self.content("Daily")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"])
        content.attendees = [Attendee("grace@example.com")]
        let id = desk.google.add(content, to: "ada@example.com")
        let second = try #require(CivilDateTime("2026-01-08T10:00:00"))

        desk.google.cancelOccurrence(of: id, startingAt: .zoned(second, GoogleDesk.vienna), of: "ada@example.com")

        let copies = desk.google.events(of: "grace@example.com")
        #expect(copies.map(\.isSeries) == [true, false])
        #expect(copies.map(\.isCancelled) == [false, true])
        #expect(copies.last?.id.rawValue == "\(id)_20260108T090000Z")
        #expect(desk.google.mail.map(\.kind) == [.invitation, .cancellation])
    }

    @Test("what a person changes in the app reaches the copies and the increment")
    func peopleChange() async throws {
        let desk = try await GoogleDesk()
        var content = try Self.content("Kick-off")
        content.attendees = [Attendee("grace@example.com")]
        content.location = "Room 1"
        let id = desk.google.add(content, to: "ada@example.com")
        let full = try await desk.list()

        desk.google.change(id, of: "ada@example.com") { content in
            content.title = "Renamed"
            content.location = nil
        }

        let increment = try await desk.list([("syncToken", full.syncToken ?? "")])
        #expect(increment.items.map { $0["summary"] } == ["Renamed"])
        #expect(increment.items.map { $0["location"] } == [nil])
        #expect(desk.google.events(of: "grace@example.com").map(\.title) == ["Renamed"])
        desk.google.remove(id, of: "ada@example.com")
        #expect(desk.google.events(of: "ada@example.com").isEmpty)
        #expect(desk.google.events(of: "grace@example.com").isEmpty)
    }

    @Test("an invitation from outside makes a copy that another organizer owns, once")
    func incomingInvitation() async throws {
        let desk = try await GoogleDesk()
        var content = try Self.content("Visit")
        content.organizer = "alan@example.org"
        content.attendees = [Attendee("ada@example.com")]
        var mail = SimulatedMail(
            kind: .invitation,
            from: "alan@example.org",
            to: "ada@example.com",
            iCalUID: "uid-1",
            content: content
        )

        desk.google.receive(mail)
        mail.kind = .update
        mail.content.title = "Visit, moved"
        desk.google.receive(mail)

        let listed = try await desk.list()
        // base32hex of "uid-1", after RFC 4648 section 7.
        #expect(listed.ids == ["_elkm8b9h"])
        #expect(listed.items.first?["summary"] == "Visit, moved")
        #expect(listed.items.first?["iCalUID"] == "uid-1")
        #expect(listed.items.first?["organizer"] == ["email": "alan@example.org"])
        #expect(listed.items.first?["attendees"]?[0]["responseStatus"] == "needsAction")
        mail.kind = .cancellation
        desk.google.receive(mail)
        #expect(desk.google.events(of: "ada@example.com").isEmpty)
    }

    @Test("an answer from outside reaches the organizer's event, and one given here leaves by mail")
    func answers() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", Self.guests))
        var content = try Self.content("Kick-off")
        content.attendees = [Attendee("alan@example.org", response: .accepted)]

        desk.google.receive(
            SimulatedMail(
                kind: .response,
                from: "alan@example.org",
                to: "ada@example.com",
                iCalUID: "event@google.com",
                content: content
            )
        )
        let grace = try await desk.bearer(for: "grace@example.com")
        _ = try await desk.patch(
            "event",
            ["attendeesOmitted": true, "attendees": [["email": "grace@example.com", "responseStatus": "tentative"]]],
            [("sendUpdates", "all")],
            token: grace
        )

        let organizers = try await desk.call(.get, "calendars/primary/events/event")
        #expect(
            organizers.body["attendees"]?.elements.map { $0["responseStatus"]?.string } == ["tentative", "accepted"]
        )
        #expect(desk.google.mail.map(\.kind) == [.response])
        #expect(desk.google.mail.map(\.to) == ["ada@example.com"])
    }

    @Test("a person moves one occurrence, in their own calendar and the guests' copies")
    func movedOccurrence() async throws {
        let desk = try await GoogleDesk()
        var content = try Self.content("Daily")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"])
        content.attendees = [Attendee("grace@example.com")]
        let id = desk.google.add(content, to: "ada@example.com")
        let second = try #require(CivilDateTime("2026-01-08T10:00:00"))
        let moved = EventTime.zoned(second.adding(seconds: 1800), GoogleDesk.vienna)

        desk.google.changeOccurrence(
            of: id,
            startingAt: .zoned(second, GoogleDesk.vienna),
            of: "ada@example.com"
        ) { $0.start = moved }

        let own = try #require(desk.google.events(of: "ada@example.com").last)
        #expect(own.isException)
        #expect(own.start == moved)
        #expect(desk.google.events(of: "grace@example.com").last?.start == moved)
        #expect(desk.google.mail.map(\.kind) == [.invitation, .update])
    }
}
