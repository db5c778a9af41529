import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: guests' own copies")
struct GoogleGuestSimulationTests {
    private static let path = "calendars/primary/events/event"

    @Test("where guests may modify, their change reaches the organizer and the other guests")
    func guestsCanModify() async throws {
        let desk = try await GoogleDesk()
        desk.google.addAccount("kurt@example.com", name: "Kurt", zone: GoogleDesk.vienna)
        let grace = try await desk.bearer(for: "grace@example.com")
        _ = try await desk.insert(
            GoogleDesk.meeting(
                "Kick-off",
                [
                    "id": "event", "guestsCanModify": true,
                    "attendees": [["email": "grace@example.com"], ["email": "kurt@example.com"]],
                ]
            )
        )

        let changed = try await desk.patch(
            "event",
            ["summary": "Renamed", "colorId": "2", "end": ["dateTime": "2026-01-07T12:00:00+01:00"]],
            token: grace
        )
        let organizers = try await desk.call(.get, Self.path)

        #expect(changed.status == 200)
        #expect(organizers.body["summary"] == "Renamed")
        #expect(organizers.body["end"]?["dateTime"] == "2026-01-07T12:00:00+01:00")
        #expect(organizers.body["colorId"] == nil)
        #expect(desk.google.events(of: "kurt@example.com").map(\.title) == ["Renamed"])
    }

    @Test("a guest's PUT that leaves out what guests may do is refused, a PATCH is not")
    func putByGuest() async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")
        let guests: JSONNode = [
            "id": "event", "guestsCanInviteOthers": false, "attendees": [["email": "grace@example.com"]],
        ]
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off", guests))
        let body = GoogleDesk.meeting("Kick-off", ["attendees": [["email": "grace@example.com"]]])

        let put = try await desk.call(.put, Self.path, body: body, token: grace)
        let patch = try await desk.patch("event", ["transparency": "transparent"], token: grace)

        #expect(put.status == 403)
        #expect(put.reason == "forbiddenForNonOrganizer")
        #expect(patch.body["transparency"] == "transparent")
    }

    @Test("shared properties are everybody's, private ones belong to one copy")
    func sharedProperties() async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")
        _ = try await desk.insert(
            GoogleDesk.meeting("Kick-off", ["id": "event", "attendees": [["email": "grace@example.com"]]])
        )

        _ = try await desk.patch(
            "event",
            ["extendedProperties": ["private": ["mine": "1"], "shared": ["ours": "2"]]],
            token: grace
        )
        let organizers = try await desk.call(.get, Self.path)
        _ = try await desk.patch("event", ["extendedProperties": ["shared": ["ours": "3"]]])
        let copy = try await desk.call(.get, Self.path, token: grace)

        #expect(organizers.body["extendedProperties"] == ["shared": ["ours": "2"]])
        #expect(copy.body["extendedProperties"] == ["private": ["mine": "1"], "shared": ["ours": "3"]])
    }

    @Test(
        "with more than 200 guests an answer stays in the guest's copy",
        arguments: [(200, "accepted"), (201, "needsAction")]
    )
    func manyGuests(count: Int, answer: String) async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")
        let others: [JSONNode] = (2...count).map { ["email": .string("guest\($0)@example.org")] }
        let guests: [JSONNode] = [["email": "grace@example.com"]] + others
        _ = try await desk.insert(GoogleDesk.meeting("Party", ["id": "event", "attendees": .array(guests)]))

        let own = try await desk.patch(
            "event",
            ["attendeesOmitted": true, "attendees": [["email": "grace@example.com", "responseStatus": "accepted"]]],
            token: grace
        )
        let organizers = try await desk.call(.get, Self.path)

        #expect(own.body["attendees"]?[0]["responseStatus"] == "accepted")
        #expect(organizers.body["attendees"]?[0]["responseStatus"] == .string(answer))
    }

    @Test("an answer by somebody who is no guest makes them one")
    func answerOfStranger() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(
            GoogleDesk.meeting("Kick-off", ["id": "event", "attendees": [["email": "x@example.org"]]])
        )

        let answer = try await desk.patch(
            "event",
            ["attendeesOmitted": true, "attendees": [["email": "ada@example.com", "responseStatus": "accepted"]]]
        )

        #expect(
            answer.body["attendees"]?.elements.map { $0["email"]?.string } == ["x@example.org", "ada@example.com"]
        )
        #expect(answer.body["attendees"]?[1]["responseStatus"] == "accepted")
    }

    @Test("a person answers in the app, and the organizer's event and mail say so")
    func answerInApp() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(
            GoogleDesk.meeting("Kick-off", ["id": "event", "attendees": [["email": "grace@example.com"]]])
        )

        desk.google.answer("event", as: "grace@example.com", with: .declined, comment: "Ill")

        let organizers = try await desk.call(.get, Self.path)
        #expect(
            organizers.body["attendees"]?[0]
                == ["email": "grace@example.com", "responseStatus": "declined", "comment": "Ill"]
        )
        #expect(desk.google.mail.map(\.kind) == [.response])
        #expect(desk.google.mail.map(\.to) == ["ada@example.com"])
    }

    @Test("the source of an event is its creator's to change and does not reach the guests")
    func source() async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")
        _ = try await desk.insert(
            GoogleDesk.meeting(
                "Kick-off",
                [
                    "id": "event", "source": ["url": "https://example.com", "title": "Site"],
                    "attendees": [["email": "grace@example.com"]],
                ]
            )
        )

        let changed = try await desk.patch("event", ["source": ["url": "https://example.org"]], token: grace)

        #expect(changed.status == 200)
        #expect(changed.body["source"] == nil)
    }
}
