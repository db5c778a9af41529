import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: writes")
struct WriteTests {
    private let provider = GoogleCalendarProvider()
    private let key: OperationID = "00112233445566778899aabbccddeeff"

    private func creation(_ content: EventContent = GoogleSamples.meeting()) -> EventCreation {
        EventCreation(key: key, content: content, invitations: .silent)
    }

    @Test("a new event carries the key as its id and mark, an offset and a zone, and nothing that was not said")
    func insertBody() async throws {
        let google = ScriptedGoogle.echoing()

        let event = try await provider.create(creation(), in: "cal", session: google.session)

        let expected: JSONNode = [
            "id": "00112233445566778899aabbccddeeff",
            "start": ["dateTime": "2026-05-04T10:00:00+02:00", "timeZone": "Europe/Vienna"],
            "end": ["dateTime": "2026-05-04T11:00:00+02:00", "timeZone": "Europe/Vienna"],
            "summary": "Kick-off", "status": "confirmed", "transparency": "opaque", "visibility": "default",
            "extendedProperties": [
                "private": ["swift-calendar:operation": "00112233445566778899aabbccddeeff"]
            ],
        ]
        #expect(google.sent.first?.json == expected)
        #expect(event.creationKey == key)
        #expect(event.id == RemoteEventID(key.rawValue))
    }

    @Test("a repeated create finds the event of the first one (M-18)")
    func duplicateOfOwn() async throws {
        let mark = #","extendedProperties":{"private":{"swift-calendar:operation":"\#(key)"}}"#
        let google = ScriptedGoogle([.googleError(409, "duplicate"), .json(GoogleSamples.row(key.rawValue, mark))])

        let event = try await provider.create(creation(), in: "cal", session: google.session)

        #expect(event.creationKey == key)
        #expect(google.sent.map(\.method) == [.post, .get])
    }

    @Test(
        "an id that a deleted or a foreign event holds is a duplicate",
        arguments: [#","status":"cancelled""#, "", #","extendedProperties":{"private":{"other":"x"}}"#]
    )
    func duplicateOfOther(_ more: String) async throws {
        let row = GoogleSamples.row(key.rawValue, more)
        let google = ScriptedGoogle([.googleError(409, "duplicate"), .json(row)])

        let error = await calendarError { try await provider.create(creation(), in: "cal", session: google.session) }

        #expect(error?.code == .duplicate)
    }

    @Test(
        "a create that the service failed on may have landed",
        arguments: [500, 502, 503, 504]
    )
    func unknownOutcome(_ status: Int) async throws {
        let google = ScriptedGoogle([.googleError(status, "backendError")])

        let error = await calendarError { try await provider.create(creation(), in: "cal", session: google.session) }

        #expect(error?.code == .unavailable)
        #expect(error?.isOutcomeUnknown == true)
    }

    @Test("a conference that the calendar does not take is left out of a new event, and reads as failed")
    func refusedConference() async throws {
        let google = ScriptedGoogle([.googleError(400, "invalid"), .json(GoogleSamples.row(key.rawValue))])
        let content = GoogleSamples.meeting { content in
            content.conference = EventConference(solution: "hangoutsMeet", joinURL: nil, state: .pending)
        }

        let event = try await provider.create(creation(content), in: "cal", session: google.session)

        #expect(google.sent.map { $0.json?["conferenceData"] != nil } == [true, false])
        #expect(google.sent.map { $0.json?["id"]?.string } == [key.rawValue, key.rawValue])
        #expect(event.content.conference == EventConference(solution: "hangoutsMeet", joinURL: nil, state: .failed))
    }

    @Test("another refusal of an event with a conference is told after one more try, another reason at once")
    func refusedOtherwise() async throws {
        let content = GoogleSamples.meeting { content in
            content.conference = EventConference(solution: "hangoutsMeet", joinURL: nil, state: .pending)
        }
        let invalid = ScriptedGoogle([.googleError(400, "invalid"), .googleError(400, "invalid")])
        let empty = ScriptedGoogle([.googleError(400, "timeRangeEmpty")])

        let first = await calendarError {
            try await provider.create(creation(content), in: "cal", session: invalid.session)
        }
        let second = await calendarError {
            try await provider.create(creation(content), in: "cal", session: empty.session)
        }

        #expect(first?.code == .rejected)
        #expect(second?.reason == "timeRangeEmpty")
        #expect(empty.sent.count == 1)
    }

    @Test("no write names a sequence number, which could be stale")
    func noSequence() async throws {
        let google = ScriptedGoogle.echoing()

        let event = try await provider.create(creation(), in: "cal", session: google.session)
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: GoogleSamples.meeting(),
            content: GoogleSamples.meeting {
                $0.start = GoogleSamples.zoned("2026-05-04T09:00:00", "Europe/Vienna")
            },
            invitations: .silent
        )
        _ = try await provider.update(update, in: "cal", session: google.session)

        #expect(google.sent.count == 2)
        #expect(google.sent.allSatisfy { $0.json != nil && $0.json?["sequence"] == nil })
    }

    @Test("a refused create did not land", arguments: [400, 403, 429])
    func refusedCreate(_ status: Int) async throws {
        let google = ScriptedGoogle([.googleError(status, "rateLimitExceeded")])

        let error = await calendarError { try await provider.create(creation(), in: "cal", session: google.session) }

        #expect(error?.isOutcomeUnknown == false)
    }

    @Test(
        "an answer to a create that cannot be read leaves the outcome unknown",
        arguments: ["<html>", #"{"id":"x"}"#]
    )
    func unreadableAnswer(_ body: String) async throws {
        let google = ScriptedGoogle(json: body)

        let error = await calendarError { try await provider.create(creation(), in: "cal", session: google.session) }

        #expect(error?.code == .invalidResponse)
        #expect(error?.isOutcomeUnknown == true)
    }

    @Test(
        "a key outside the service's alphabet is refused before anything is sent",
        arguments: ["abcz1", "ABCDE", "a-b-c", "abcd"]
    )
    func badKey(_ key: String) async throws {
        let google = ScriptedGoogle.echoing()
        let creation = EventCreation(key: OperationID(key), content: GoogleSamples.meeting(), invitations: .silent)

        let error = await calendarError { try await provider.create(creation, in: "cal", session: google.session) }

        #expect(error?.code == .invalidArgument)
        #expect(google.sent.isEmpty)
    }

    @Test(
        "looking for a created event finds nothing where none, a cancelled or a foreign one is",
        arguments: [
            HTTPResponse.googleError(404, "notFound"), .googleError(410, "deleted"),
            .json(#"{"id":"00112233445566778899aabbccddeeff","status":"cancelled"}"#),
            .json(GoogleSamples.row("00112233445566778899aabbccddeeff")),
        ]
    )
    func probeFindsNothing(_ response: HTTPResponse) async throws {
        let google = ScriptedGoogle([response])

        #expect(try await provider.createdEvent(for: key, in: "cal", session: google.session) == nil)
        #expect(google.sent.first?.url.lastPathComponent == key.rawValue)
    }

    @Test("a cancelled event is not found when read by id")
    func cancelledRead() async throws {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1", #","status":"cancelled""#))

        let error = await calendarError { try await provider.event("e1", in: "cal", session: google.session) }

        #expect(error?.code == .notFound)
    }

    @Test("deleting what is gone succeeds", arguments: [404, 410])
    func deleteGone(_ status: Int) async throws {
        let google = ScriptedGoogle([.googleError(status, "deleted")])
        let deletion = EventDeletion(id: "e1", etag: "\"1\"", invitations: .silent)

        try await provider.delete(deletion, in: "cal", session: google.session)

        #expect(google.sent.count == 1)
    }

    @Test("deleting what has changed is a conflict")
    func deleteChanged() async throws {
        let google = ScriptedGoogle([.googleError(412, "conditionNotMet")])
        let deletion = EventDeletion(id: "e1", etag: "\"1\"", invitations: .silent)

        let error = await calendarError { try await provider.delete(deletion, in: "cal", session: google.session) }

        #expect(error?.code == .conflict)
    }
}
