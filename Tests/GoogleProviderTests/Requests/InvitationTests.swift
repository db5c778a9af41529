import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: answers to invitations")
struct InvitationTests {
    private let provider = GoogleCalendarProvider()

    private static func row(_ attendees: String) -> String { GoogleSamples.row("e1", #","attendees":[\#(attendees)]"#) }

    private static let grace = #"{"email":"grace@example.com","responseStatus":"declined","comment":"Ill"}"#
    private static let ada = #"{"email":"Ada@Example.com","responseStatus":"needsAction","additionalGuests":1}"#

    private static func response(
        _ answer: ResponseStatus = .accepted,
        etag: String? = nil,
        comment: String? = nil
    ) throws -> InvitationResponse {
        try InvitationResponse(to: "e1", etag: etag, answer, comment: comment, invitations: .notifyGuests)
    }

    @Test("the own entry alone is sent, under the version that was read, and mail is asked for (M-44)")
    func request() async throws {
        let answered = #"{"email":"ada@example.com","responseStatus":"tentative"}"#
        let google = ScriptedGoogle(json: Self.row(Self.grace + "," + Self.ada), Self.row(answered))

        let event = try await provider.respond(
            Self.response(.tentative, comment: "Maybe"),
            in: "cal",
            session: google.session
        )

        let expected: JSONNode = [
            "attendeesOmitted": true,
            "attendees": [
                [
                    "email": "Ada@Example.com", "responseStatus": "tentative", "comment": "Maybe",
                    "additionalGuests": 1,
                ]
            ],
        ]
        #expect(google.sent.map(\.method) == [.get, .patch])
        #expect(google.sent.last?.json == expected)
        #expect(google.sent.last?.headers["If-Match"] == "\"7\"")
        #expect(google.sent.last?.query["sendUpdates"] == "all")
        #expect(event.content.attendees.map(\.response) == [.tentative])
    }

    @Test("the entry of the calendar's owner comes before that of the account")
    func ownerOfCalendar() async throws {
        let owner = #"{"email":"room@example.com","self":true,"responseStatus":"needsAction"}"#
        let google = ScriptedGoogle(json: Self.row(Self.ada + "," + owner), Self.row(owner))

        _ = try await provider.respond(Self.response(), in: "cal", session: google.session)

        #expect(google.sent.last?.json?["attendees"]?.elements.first?["email"] == "room@example.com")
    }

    @Test("an account that is not invited is refused before anything is written")
    func notInvited() async throws {
        let google = ScriptedGoogle(json: Self.row(Self.grace))

        let error = await calendarError {
            try await provider.respond(Self.response(), in: "cal", session: google.session)
        }

        #expect(error?.code == .rejected)
        #expect(error?.field == "attendees")
        #expect(google.sent.map(\.method) == [.get])
    }

    @Test("an answer that stands already is not sent again")
    func stands() async throws {
        let google = ScriptedGoogle(json: Self.row(#"{"email":"ada@example.com","responseStatus":"accepted"}"#))

        _ = try await provider.respond(Self.response(etag: "\"1\""), in: "cal", session: google.session)

        #expect(google.sent.map(\.method) == [.get])
    }

    @Test("a refused version is a conflict, unless the answer landed; without a version it is tried again")
    func versions() async throws {
        let asked = HTTPResponse.json(Self.row(Self.ada))
        let landed = HTTPResponse.json(Self.row(#"{"email":"ada@example.com","responseStatus":"accepted"}"#))
        let refusal = HTTPResponse.googleError(412, "conditionNotMet")

        let conflicting = ScriptedGoogle([asked, refusal, asked])
        let error = await calendarError {
            try await provider.respond(Self.response(etag: "\"1\""), in: "cal", session: conflicting.session)
        }
        let repeated = ScriptedGoogle([asked, refusal, landed])
        _ = try await provider.respond(Self.response(etag: "\"1\""), in: "cal", session: repeated.session)
        let free = ScriptedGoogle([asked, refusal, asked, landed])
        _ = try await provider.respond(Self.response(), in: "cal", session: free.session)
        let endless = ScriptedGoogle([asked, refusal, asked, refusal, asked, refusal, asked])
        let last = await calendarError {
            try await provider.respond(Self.response(), in: "cal", session: endless.session)
        }

        #expect(error?.code == .conflict)
        #expect(conflicting.sent[1].headers["If-Match"] == "\"1\"")
        #expect(free.sent.map(\.method) == [.get, .patch, .get, .patch])
        #expect(last?.code == .conflict)
    }

    @Test("an answer reaches the organizer and changes nothing about other guests", arguments: [true, false])
    func simulated(_ notifies: Bool) async throws {
        let account = try await SimulatedAccount()
        account.google.addAccount("alan@example.com", name: "Alan", zone: SimulatedAccount.zone)
        let meeting = GoogleSamples.meeting {
            $0.attendees = [
                Attendee("alan@example.com", role: .optional, response: .declined, comment: "Away"),
                Attendee("ada@example.com"),
            ]
        }
        let id = account.google.add(meeting, to: "grace@example.com")
        let mails = account.google.mail.count
        let response = try InvitationResponse(
            to: id,
            .accepted,
            comment: "Gladly",
            invitations: notifies ? .notifyGuests : .silent
        )

        let event = try await account.provider.respond(response, in: account.calendar, session: account.session)

        let others = event.content.attendees.first { $0.person.address == "alan@example.com" }
        #expect(event.content.attendees.count == 2)
        #expect(others?.response == .declined)
        #expect(others?.comment == "Away")
        #expect(others?.role == .optional)
        let own = event.content.attendees.first { $0.isSelf }
        #expect(own?.response == .accepted)
        #expect(own?.comment == "Gladly")
        let answers = account.google.mail.dropFirst(mails).map { "\($0.kind) \($0.to)" }
        #expect(answers == (notifies ? ["response grace@example.com"] : []))
    }

    @Test("an organizer may answer too, and one occurrence is answered alone")
    func organizerAndOccurrence() async throws {
        let account = try await SimulatedAccount()
        let content = GoogleSamples.meeting {
            $0.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=3"])
            $0.attendees = [Attendee("ada@example.com", response: .accepted), Attendee("grace@example.com")]
        }
        let series = try await account.create("00112233445566778899aabbccddeeff", content)
        let key = OccurrenceKey(
            series: series.id,
            originalStart: GoogleSamples.zoned("2026-05-05T10:00:00", "Europe/Vienna")
        )
        let occurrence = try await account.provider.occurrence(key, in: account.calendar, session: account.session)

        let response = try InvitationResponse(to: occurrence.id, .declined, invitations: .silent)
        let answered = try await account.provider.respond(response, in: account.calendar, session: account.session)
        let master = try await account.provider.event(series.id, in: account.calendar, session: account.session)

        #expect(answered.role == .exception(key))
        #expect(answered.content.attendees.first { $0.isSelf }?.response == .declined)
        #expect(answered.content.attendees.count == 2)
        #expect(master.content.attendees.first { $0.isSelf }?.response == .accepted)
    }
}
