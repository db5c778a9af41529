import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: moves")
struct MoveTests {
    private let provider = GoogleCalendarProvider()
    private let move = EventMove("e1", etag: "\"1\"", to: "team#1@x", invitations: .silent)

    private static let remains = #"{"id":"e1","status":"cancelled"}"#
    private static let arrived = GoogleSamples.row("e1", #","organizer":{"email":"team#1@x","self":true}"#)
    private static let copy = GoogleSamples.row("e1", #","organizer":{"email":"grace@example.com"}"#)

    private func move(_ responses: HTTPResponse...) async throws -> (ScriptedGoogle, Result<RemoteEvent, any Error>) {
        let google = ScriptedGoogle(responses)
        do {
            return (google, .success(try await provider.move(move, from: "cal", session: google.session)))
        } catch {
            return (google, .failure(error))
        }
    }

    private func code(_ result: Result<RemoteEvent, any Error>) -> CalendarError.Code? {
        if case .failure(let error as CalendarError) = result { error.code } else { nil }
    }

    @Test("the destination, the version and the mail are said, and a live answer is taken")
    func request() async throws {
        let (google, result) = try await move(.json(Self.arrived))

        #expect(try result.get().id == "e1")
        let request = try #require(google.sent.first)
        #expect(google.sent.count == 1)
        #expect(request.method == .post)
        #expect(request.url.path() == "/calendar/v3/calendars/cal/events/e1/move")
        #expect(request.url.query(percentEncoded: true) == "sendUpdates=none&destination=team%231%40x")
        #expect(request.headers["If-Match"] == "\"1\"")
        #expect(request.body == nil)
    }

    @Test("a move says whether guests are told (R-08)", arguments: [InvitationPolicy.silent, .notifyGuests])
    func mail(_ invitations: InvitationPolicy) async throws {
        let google = ScriptedGoogle(json: Self.arrived)
        let move = EventMove("e1", to: "other", invitations: invitations)

        _ = try await provider.move(move, from: "cal", session: google.session)

        #expect(google.sent.first?.query["sendUpdates"] == (invitations == .silent ? "none" : "all"))
        #expect(google.sent.first?.headers["If-Match"] == nil)
        #expect(google.sent.first?.repeatSafety == .onlyIfUnprocessed)
    }

    @Test("an answer that says cancelled is read again at the destination (section 9)")
    func cancelledAnswer() async throws {
        let (google, result) = try await move(.json(Self.remains), .json(Self.arrived))

        #expect(try result.get().content.title == "Kick-off")
        #expect(google.sent.last?.url.path(percentEncoded: true) == "/calendar/v3/calendars/team%231%40x/events/e1")
    }

    @Test(
        "an event that is at the destination already is moved, whatever the old calendar says",
        arguments: [
            HTTPResponse.googleError(404, "notFound"), .googleError(410, "deleted"), .googleError(403, "forbidden"),
            .googleError(412, "conditionNotMet"), .googleError(503, "backendError"), .json("<html>"),
        ]
    )
    func alreadyThere(_ answer: HTTPResponse) async throws {
        let (google, result) = try await move(answer, .json(Self.arrived))

        #expect(try result.get().id == "e1")
        #expect(google.sent.map(\.method) == [.post, .get])
    }

    @Test(
        "an event that is nowhere else is told as the old calendar said, and a guest's copy does not count",
        arguments: [
            (HTTPResponse.googleError(404, "notFound"), CalendarError.Code.notFound),
            (.googleError(412, "conditionNotMet"), .conflict), (.googleError(403, "forbidden"), .forbidden),
            (.googleError(503, "backendError"), .unavailable),
        ]
    )
    func nowhere(_ answer: HTTPResponse, _ expected: CalendarError.Code) async throws {
        let (_, absent) = try await move(answer, .googleError(404, "notFound"))
        let (_, copied) = try await move(answer, .json(Self.copy))

        #expect(code(absent) == expected)
        #expect(code(copied) == expected)
    }

    @Test("what cannot move is refused", arguments: ["cannotChangeOrganizer", "cannotChangeOrganizerOfInstance"])
    func refused(_ reason: String) async throws {
        let (google, result) = try await move(.googleError(400, reason))

        #expect(code(result) == .rejected)
        #expect(google.sent.count == 1)
    }

    @Test("a moved event that its calendar does not show yet leaves the outcome open")
    func notYet() async throws {
        let (_, result) = try await move(.json(Self.remains), .googleError(404, "notFound"))

        guard case .failure(let error as CalendarError) = result else {
            Issue.record("the move should not be called done")
            return
        }
        #expect(error.isRetryable)
        #expect(error.isOutcomeUnknown)
    }

    @Test("a move to the same calendar reads the event, and one to nowhere is refused")
    func sameOrEmpty() async throws {
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let same = EventMove("e1", to: "cal", invitations: .silent)
        let nowhere = EventMove("e1", to: "", invitations: .silent)

        _ = try await provider.move(same, from: "cal", session: google.session)
        let error = await calendarError { try await provider.move(nowhere, from: "cal", session: google.session) }

        #expect(google.sent.map(\.method) == [.get])
        #expect(error?.field == "destination")
    }
}
