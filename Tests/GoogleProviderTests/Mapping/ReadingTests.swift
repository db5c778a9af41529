import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: reading events")
struct ReadingTests {
    private let provider = GoogleCalendarProvider()

    private func read(_ more: String) async throws -> RemoteEvent {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1", more))
        return try await provider.event("e1", in: "cal", session: google.session)
    }

    @Test("fields the model does not know are kept byte for byte, those it knows are not doubled")
    func unknownFields() async throws {
        let event = try await read(#","gadget":{"a": [1,2.50]},"colorId":"5","sequence":3"#)

        #expect(String(decoding: event.providerFields, as: UTF8.self) == #"{"gadget":{"a": [1,2.50]},"sequence":3}"#)
    }

    @Test("an event of known fields alone keeps nothing")
    func noUnknownFields() async throws {
        #expect(try await read("").providerFields.isEmpty)
    }

    @Test("words the service may add later are kept as they came")
    func unknownWords() async throws {
        let event = try await read(
            #","status":"postponed","visibility":"team","transparency":"foggy","eventType":"party","#
                + #""attendees":[{"email":"a@example.com","responseStatus":"maybe"}]"#
        )

        #expect(event.content.status.rawValue == "postponed")
        #expect(event.content.visibility.rawValue == "team")
        #expect(event.content.availability.rawValue == "foggy")
        #expect(event.content.kind.rawValue == "party")
        #expect(event.content.attendees.map(\.response.rawValue) == ["maybe"])
    }

    @Test("a field of a wrong type is absent and costs nothing else")
    func wrongTypes() async throws {
        let event = try await read(
            #","location":7,"attendees":{},"reminders":[],"recurrence":"RRULE:FREQ=DAILY","conferenceData":1,"#
                + #""extendedProperties":{"private":{"swift-calendar.deal":7}}"#
        )

        #expect(event.content == GoogleSamples.meeting())
        #expect(event.role == .single)
    }

    @Test("the calendar that called an event is its organizer, others are guests")
    func organizer() async throws {
        let own = try await read(#","organizer":{"email":"ada@example.com","self":true}"#)
        let other = try await read(#","organizer":{"email":"bob@example.com","displayName":"Bob"}"#)

        #expect(own.isOrganizer)
        #expect(!other.isOrganizer)
        #expect(other.content.organizer == EventPerson("bob@example.com", name: "Bob"))
    }

    @Test("the mark of a created event counts only on the event of that id")
    func inheritedMark() async throws {
        let own = try await read(#","extendedProperties":{"private":{"swift-calendar:operation":"e1"}}"#)
        let inherited = try await read(#","extendedProperties":{"private":{"swift-calendar:operation":"e0"}}"#)

        #expect(own.creationKey == "e1")
        #expect(inherited.creationKey == nil)
    }

    @Test("tags under another prefix are not the host's")
    func foreignTags() async throws {
        let event = try await read(
            #","extendedProperties":{"private":{"swift-calendar.deal":"7","x.deal":"8"},"shared":{"deal":"9"}}"#
        )

        #expect(event.content.hostTags == ["deal": "7"])
    }

    @Test("metadata is read")
    func metadata() async throws {
        let event = try await read(
            #","iCalUID":"u1@google.com","updated":"2026-04-06T18:26:40.250Z","htmlLink":"https://g.example/e1","#
                + #""recurrence":["RRULE:FREQ=DAILY"]"#
        )

        #expect(event.etag == "\"7\"")
        #expect(event.iCalUID == "u1@google.com")
        #expect(event.updatedAt == Date(timeIntervalSince1970: 1_775_500_000.25))
        #expect(event.webLink == "https://g.example/e1")
        #expect(event.role == .master)
        #expect(event.content.recurrence?.lines == ["RRULE:FREQ=DAILY"])
    }

    struct ConferenceCase: Sendable {
        let field: String
        let link: String?
        let state: EventConference.State
    }

    static let conferences: [ConferenceCase] = [
        ConferenceCase(
            field: #""hangoutLink":"https://meet.example/a""#,
            link: "https://meet.example/a",
            state: .ready
        ),
        ConferenceCase(
            field: #""conferenceData":{"createRequest":{"status":{"statusCode":"pending"}}}"#,
            link: nil,
            state: .pending
        ),
        ConferenceCase(
            field: #""conferenceData":{"createRequest":{"status":{"statusCode":"failure"}}}"#,
            link: nil,
            state: .failed
        ),
        ConferenceCase(
            field: """
                "conferenceData":{"createRequest":{"status":{"statusCode":"success"}},
                "entryPoints":[{"entryPointType":"phone","uri":"tel:1"},
                {"entryPointType":"video","uri":"https://meet.example/b"}],
                "conferenceSolution":{"key":{"type":"hangoutsMeet"}}}
                """,
            link: "https://meet.example/b",
            state: .ready
        ),
    ]

    @Test("a conference is read in each of its states", arguments: conferences)
    func conference(_ sample: ConferenceCase) async throws {
        let event = try await read("," + sample.field)

        #expect(event.content.conference?.solution == "hangoutsMeet")
        #expect(event.content.conference?.joinURL == sample.link)
        #expect(event.content.conference?.state == sample.state)
    }
}
