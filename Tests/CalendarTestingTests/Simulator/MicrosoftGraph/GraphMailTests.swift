import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: guests and mail")
struct GraphMailTests {
    static let outsider = "ola@example.net"

    /// What was sent, as kind and recipient.
    static func sent(_ desk: GraphDesk) -> [String] {
        desk.graph.mail.map { "\($0.kind.rawValue) \($0.to)" }
    }

    @Test("a meeting invites its guests at once, and a local guest gets a tentative copy")
    func invitation() async throws {
        let desk = try await GraphDesk()

        let event = try await desk.create(["attendees": GraphDesk.attendees(GraphDesk.omar, Self.outsider)])

        let copy = try #require(desk.graph.events(of: GraphDesk.omar).first)
        #expect(Self.sent(desk) == ["invitation omar@example.com", "invitation ola@example.net"])
        #expect(copy.iCalUID == event.json["iCalUId"]?.string)
        #expect(copy.id.rawValue != event.id)
        #expect(copy.title == "Planning")
        #expect(try await desk.call(.get, desk.path(copy.id.rawValue)).status == 404)
    }

    @Test(
        "every change that guests see is mailed, and what is the owner's own is not",
        arguments: [
            (["subject": "New"], 1), (["body": ["contentType": "text", "content": "x"]], 1), (["categories": ["a"]], 0),
            (["showAs": "free"], 0), (["reminderMinutesBeforeStart": 5], 0),
        ] as [(JSONNode, Int)]
    )
    func updates(_ change: JSONNode, _ mails: Int) async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["attendees": GraphDesk.attendees(Self.outsider)])

        _ = try await desk.call(.patch, desk.path(event.id), change)

        #expect(desk.graph.mail.dropFirst().map(\.kind) == Array(repeating: .update, count: mails))
    }

    @Test("a new list of guests mails those who come and go, and nobody else")
    func guestList() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["attendees": GraphDesk.attendees(GraphDesk.omar, Self.outsider)])

        _ = try await desk.call(
            .patch,
            desk.path(event.id),
            ["attendees": GraphDesk.attendees(Self.outsider, "new@example.net")]
        )

        #expect(Self.sent(desk).dropFirst(2) == ["cancellation omar@example.com", "invitation new@example.net"])
    }

    @Test("a deleted meeting is cancelled: the guest's copy stays and says so")
    func cancellation() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["attendees": GraphDesk.attendees(GraphDesk.omar)])

        _ = try await desk.call(.delete, desk.path(event.id))

        let copy = try #require(desk.graph.events(of: GraphDesk.omar).first)
        #expect(Self.sent(desk).last == "cancellation omar@example.com")
        #expect(copy.isCancelled)
        #expect(copy.title == "Canceled: Planning")
    }

    @Test("one moved occurrence moves the same one of the guest's copy, though another lies nearer by then")
    func occurrence() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create([
            "recurrence": GraphDesk.weekly(count: 3), "attendees": GraphDesk.attendees(GraphDesk.omar),
        ])
        let id = try #require(try await desk.call(.get, desk.view()).values[1]["id"]?.string)

        _ = try await desk.call(
            .patch,
            desk.path(id),
            [
                "subject": "Moved", "start": ["dateTime": "2026-03-16T12:00:00", "timeZone": "UTC"],
                "end": ["dateTime": "2026-03-16T13:00:00", "timeZone": "UTC"],
            ]
        )

        let copies = desk.graph.events(of: GraphDesk.omar)
        let own = desk.graph.events(of: GraphDesk.nora)
        #expect(copies.map(\.title) == ["Planning", "Moved"])
        #expect(copies.map(\.isException) == [false, true])
        #expect(copies.map(\.start.civilDate.day) == [3, 16])
        #expect(copies[1].id.rawValue.suffix(16) == own[1].id.rawValue.suffix(16))
    }

    @Test("an invitation from outside makes a copy that is nobody's meeting here, and its update changes it")
    func received() async throws {
        let desk = try await GraphDesk()
        let day = try #require(CivilDate("2026-03-04"))
        var content = EventContent(title: "Visit", start: .day(day), end: .day(day.adding(days: 1)))
        content.attendees = [Attendee(EventPerson(GraphDesk.nora))]
        var mail = SimulatedMail(
            kind: .invitation,
            from: Self.outsider,
            to: GraphDesk.nora,
            iCalUID: "abc@example.net",
            content: content
        )

        desk.graph.receive(mail)
        let first = try await desk.call(.get, "/me/events?$filter=iCalUId%20eq%20'abc@example.net'")
        mail.kind = .update
        mail.content.title = "Long visit"
        desk.graph.receive(mail)

        #expect(first.values.count == 1)
        #expect(first.values[0]["isOrganizer"] == false)
        #expect(first.values[0]["showAs"]?.string == "tentative")
        #expect(first.values[0]["responseStatus"]?["response"]?.string == "notResponded")
        #expect(first.values[0]["organizer"]?["emailAddress"]?["address"]?.string == Self.outsider)
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.title) == ["Long visit"])
        #expect(desk.graph.mail.isEmpty)
    }

    @Test("a guest who deletes the own copy tells nobody")
    func silentDelete() async throws {
        let desk = try await GraphDesk()
        _ = try await desk.create(["attendees": GraphDesk.attendees(GraphDesk.omar)])
        let copy = try #require(desk.graph.events(of: GraphDesk.omar).first)

        desk.graph.remove(copy.id, of: GraphDesk.omar)

        #expect(desk.graph.mail.count == 1)
        #expect(desk.graph.events(of: GraphDesk.nora).count == 1)
    }

    @Test("a guest's answer arrives in the organizer's event")
    func answer() async throws {
        let desk = try await GraphDesk()
        let event = try await desk.create(["attendees": GraphDesk.attendees(Self.outsider)])
        var content = try #require(desk.graph.mail.first?.content)
        content.attendees[0].response = .accepted

        desk.graph.receive(
            SimulatedMail(
                kind: .response,
                from: Self.outsider,
                to: GraphDesk.nora,
                iCalUID: event.json["iCalUId"]?.string ?? "",
                content: content
            )
        )

        let reply = try await desk.call(.get, desk.path(event.id))
        #expect(reply.json["attendees"]?.elements.map { $0["status"]?["response"]?.string } == ["accepted"])
    }
}
