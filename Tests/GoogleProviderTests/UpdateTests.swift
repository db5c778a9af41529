import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: updates")
struct UpdateTests {
    private let provider = GoogleCalendarProvider()

    private func body(from base: EventContent, to content: EventContent, etag: String? = "\"1\"") async throws
        -> JSONNode?
    {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let update = EventUpdate(id: "e1", etag: etag, base: base, content: content, invitations: .silent)
        _ = try await provider.update(update, in: "cal", session: google.session)
        #expect(google.sent.map(\.method) == [.patch])
        return google.sent.first?.json
    }

    @Test("only the fields that changed are sent")
    func changedOnly() async throws {
        let base = GoogleSamples.meeting { $0.location = "Room 1" }

        let sent = try await body(from: base, to: GoogleSamples.meeting { $0.location = "Room 2" })

        #expect(sent == ["location": "Room 2"])
    }

    @Test("what was removed is sent as null")
    func removed() async throws {
        let base = GoogleSamples.meeting {
            $0.location = "Room 1"
            $0.body = EventBody("Agenda")
            $0.color = "5"
            $0.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY"])
            $0.hostTags = ["deal": "7", "kept": "yes"]
        }

        let sent = try await body(
            from: base,
            to: GoogleSamples.meeting {
                $0.title = nil
                $0.hostTags = ["kept": "yes"]
            }
        )

        let expected: JSONNode = [
            "summary": nil, "description": nil, "location": nil, "recurrence": nil, "colorId": nil,
            "extendedProperties": ["private": ["swift-calendar.kept": "yes", "swift-calendar.deal": nil]],
        ]
        #expect(sent == expected)
    }

    @Test("an event that becomes all-day loses its times, and the other way round")
    func switchesKind() async throws {
        let timed = GoogleSamples.meeting()
        let whole = GoogleSamples.meeting {
            $0.start = GoogleSamples.day("2026-05-04")
            $0.end = GoogleSamples.day("2026-05-06")
        }

        let toDay = try await body(from: timed, to: whole)
        let toTime = try await body(from: whole, to: timed)

        #expect(
            toDay == [
                "start": ["date": "2026-05-04", "dateTime": nil, "timeZone": nil],
                "end": ["date": "2026-05-06", "dateTime": nil, "timeZone": nil],
            ]
        )
        #expect(
            toTime == [
                "start": ["date": nil, "dateTime": "2026-05-04T10:00:00+02:00", "timeZone": "Europe/Vienna"],
                "end": ["date": nil, "dateTime": "2026-05-04T11:00:00+02:00", "timeZone": "Europe/Vienna"],
            ]
        )
    }

    @Test("a new guest is sent with all the others, and what they answered is kept")
    func newGuest() async throws {
        let base = GoogleSamples.meeting {
            $0.attendees = [
                Attendee("ada@example.com", response: .accepted, comment: "Gladly", additionalGuests: 1),
                Attendee(EventPerson("Bob@example.com", name: "Bob"), role: .optional, response: .declined),
            ]
        }
        let content = GoogleSamples.meeting {
            $0.attendees = base.attendees + [Attendee("eve@example.com")]
            $0.attendees[1].response = .needsAction
        }

        let sent = try await body(from: base, to: content)

        let expected: JSONNode = [
            "attendees": [
                [
                    "email": "ada@example.com", "responseStatus": "accepted", "comment": "Gladly",
                    "additionalGuests": 1,
                ],
                [
                    "email": "Bob@example.com", "displayName": "Bob", "optional": true, "responseStatus": "declined",
                ],
                ["email": "eve@example.com", "responseStatus": "needsAction"],
            ]
        ]
        #expect(sent == expected)
    }

    @Test("guests are not written when the service left some out", arguments: [true, false])
    func incompleteGuests(_ isInBase: Bool) async throws {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let base = GoogleSamples.meeting { $0.attendeesAreIncomplete = isInBase }
        let content = GoogleSamples.meeting {
            $0.attendees = [Attendee("eve@example.com")]
            $0.attendeesAreIncomplete = !isInBase
        }
        let update = EventUpdate(id: "e1", etag: "\"1\"", base: base, content: content, invitations: .silent)

        let error = await calendarError { try await provider.update(update, in: "cal", session: google.session) }

        #expect(error?.code == .rejected)
        #expect(error?.field == "attendees")
        #expect(google.sent.isEmpty)
    }

    @Test("another field of an event with incomplete guests is written")
    func otherFieldOfIncomplete() async throws {
        let base = GoogleSamples.meeting { $0.attendeesAreIncomplete = true }
        let content = GoogleSamples.meeting {
            $0.attendeesAreIncomplete = true
            $0.title = "New"
        }

        #expect(try await body(from: base, to: content) == ["summary": "New"])
    }

    @Test("an update that changes nothing the service knows reads the event and writes nothing")
    func nothingChanged() async throws {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let content = GoogleSamples.meeting { $0.importance = .high }
        let update = EventUpdate(
            id: "e1",
            etag: "\"1\"",
            base: GoogleSamples.meeting(),
            content: content,
            invitations: .silent
        )

        let event = try await provider.update(update, in: "cal", session: google.session)

        #expect(event.id == "e1")
        #expect(google.sent.map(\.method) == [.get])
    }

    @Test(
        "a changed or vanished event is told as such",
        arguments: [(412, CalendarError.Code.conflict), (404, .notFound), (410, .notFound)]
    )
    func refused(_ status: Int, _ code: CalendarError.Code) async throws {
        let google = ScriptedGoogle([.googleError(status, "x"), .json(GoogleSamples.row("e1"))])
        let update = EventUpdate(
            id: "e1",
            etag: "\"1\"",
            base: GoogleSamples.meeting(),
            content: GoogleSamples.meeting { $0.title = "New" },
            invitations: .silent
        )

        let error = await calendarError { try await provider.update(update, in: "cal", session: google.session) }

        #expect(error?.code == code)
        #expect(google.sent.first?.headers["If-Match"] == "\"1\"")
    }

    @Test("a repeated change that landed before is no conflict, whatever else changed in between (section 17)")
    func landedBefore() async throws {
        let row = GoogleSamples.row("e1", #","location":"Room 2","description":"By somebody else""#)
        let google = ScriptedGoogle([.googleError(412, "conditionNotMet"), .json(row)])
        let update = EventUpdate(
            id: "e1",
            etag: "\"1\"",
            base: GoogleSamples.meeting(),
            content: GoogleSamples.meeting { $0.location = "Room 2" },
            invitations: .silent
        )

        let event = try await provider.update(update, in: "cal", session: google.session)

        #expect(event.content.location == "Room 2")
        #expect(event.etag == "\"7\"")
        #expect(google.sent.map(\.method) == [.patch, .get])
    }

    @Test("a conference that the calendar does not take is left out of a change, and reads as failed")
    func refusedConference() async throws {
        let google = ScriptedGoogle([.googleError(400, "invalid"), .json(GoogleSamples.row("e1"))])
        let update = EventUpdate(
            id: "e1",
            etag: "\"1\"",
            base: GoogleSamples.meeting(),
            content: GoogleSamples.meeting { content in
                content.location = "Room 2"
                content.conference = EventConference(solution: "hangoutsMeet", joinURL: nil, state: .pending)
            },
            invitations: .silent
        )

        let event = try await provider.update(update, in: "cal", session: google.session)

        #expect(google.sent.map { $0.json?["conferenceData"] != nil } == [true, false])
        #expect(google.sent.last?.json == ["location": "Room 2"])
        #expect(google.sent.last?.headers["If-Match"] == "\"1\"")
        #expect(event.content.conference == EventConference(solution: "hangoutsMeet", joinURL: nil, state: .failed))
    }

    @Test("without a version the event is changed whatever is there, and not repeated blindly")
    func withoutVersion() async throws {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let update = EventUpdate(
            id: "e1",
            etag: nil,
            base: GoogleSamples.meeting(),
            content: GoogleSamples.meeting { $0.title = "New" },
            invitations: .silent
        )

        _ = try await provider.update(update, in: "cal", session: google.session)

        #expect(google.sent.first?.headers["If-Match"] == nil)
        #expect(google.sent.first?.repeatSafety == .onlyIfUnprocessed)
    }
}
