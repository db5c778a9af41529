import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: answers to invitations")
struct InvitationTests {
    /// A guest's copy, whose list may not show what the owner answered.
    private static func copy(_ answer: String, listed: String = "none", etag: String = "W/\"v1\"") -> String {
        ScriptedGraph.event([
            "@odata.etag": .string(etag), "isOrganizer": false, "responseStatus": ["response": .string(answer)],
            "organizer": ["emailAddress": ["address": "grace@example.com"]],
            "attendees": [
                [
                    "type": "required", "emailAddress": ["address": "ada@example.com"],
                    "status": ["response": .string(listed)],
                ],
                [
                    "type": "optional", "emailAddress": ["address": "alan@example.com"],
                    "status": ["response": "declined"],
                ],
            ],
        ])
    }

    private static func read(_ text: String) -> ScriptedTransport.Step { .expect(operation: "events.get", .json(text)) }

    private static func answered(_ status: Int = 202) -> ScriptedTransport.Step {
        .expect(operation: "events.respond", .response(HTTPResponse(status: status)))
    }

    private func respond(
        _ graph: ScriptedGraph,
        _ answer: ResponseStatus = .accepted,
        etag: String? = nil,
        comment: String? = nil,
        _ invitations: InvitationPolicy = .notifyGuests
    ) async throws -> RemoteEvent {
        let response = try InvitationResponse(to: "e1", etag: etag, answer, comment: comment, invitations: invitations)
        return try await graph.provider.respond(response, in: ScriptedGraph.calendar, session: graph.session)
    }

    @Test(
        "each answer is an action of its own, which says whether the organizer is told (M-44)",
        arguments: [
            (ResponseStatus.accepted, "accept", "accepted"), (.declined, "decline", "declined"),
            (.tentative, "tentativelyAccept", "tentativelyAccepted"),
        ],
        [InvitationPolicy.silent, .notifyGuests]
    )
    func request(_ answer: (ResponseStatus, String, String), _ invitations: InvitationPolicy) async throws {
        let graph = ScriptedGraph(
            Self.read(Self.copy("notResponded")),
            .expect(.post, path: "/v1.0/me/events/e1/\(answer.1)", .response(HTTPResponse(status: 202))),
            Self.read(Self.copy(answer.2))
        )

        let event = try await respond(graph, answer.0, etag: "W/\"v1\"", comment: "Gladly", invitations)

        let expected: JSONNode = ["sendResponse": .bool(invitations == .notifyGuests), "comment": "Gladly"]
        #expect(try graph.body(1) == expected)
        #expect(graph.transport.requests[1].repeatSafety == .onlyIfUnprocessed)
        #expect(event.content.attendees.map(\.response) == [answer.0, .declined])
        #expect(graph.transport.remaining == 0)
    }

    @Test("an answer that stands is not sent again, unless it comes with a word")
    func standing() async throws {
        let quiet = ScriptedGraph(Self.read(Self.copy("accepted")))
        let event = try await respond(quiet, etag: "W/\"older\"")
        let spoken = ScriptedGraph(Self.read(Self.copy("accepted")), Self.answered(), Self.read(Self.copy("accepted")))
        _ = try await respond(spoken, comment: "On my way")

        #expect(event.content.attendees.first?.response == .accepted)
        #expect(quiet.operations == ["events.get"])
        #expect(spoken.operations == ["events.get", "events.respond", "events.get"])
    }

    @Test("the account's own event cannot be answered, and nothing is sent")
    func organizer() async throws {
        let graph = ScriptedGraph(Self.read(ScriptedGraph.event()))

        let error = await #expect(throws: CalendarError.self) { try await respond(graph) }

        #expect(error?.code == .rejected && error?.field == "attendees")
        #expect(graph.operations == ["events.get"])
    }

    @Test("an older etag is a conflict, and nothing is sent")
    func conflict() async throws {
        let graph = ScriptedGraph(Self.read(Self.copy("notResponded", etag: "W/\"v2\"")))

        let error = await #expect(throws: CalendarError.self) { try await respond(graph, etag: "W/\"v1\"") }

        #expect(error?.code == .conflict && error?.identifier == "e1")
        #expect(graph.operations == ["events.get"])
    }

    @Test("after a lost reply the event tells whether the answer arrived; it is not sent twice (R-34)")
    func lostReply() async throws {
        let lost = ScriptedTransport.Step.expect(
            operation: "events.respond",
            .failure(CalendarError(.connectionFailed, "Lost.", isOutcomeUnknown: true))
        )
        let arrived = ScriptedGraph(Self.read(Self.copy("none")), lost, Self.read(Self.copy("accepted")))
        let unknown = ScriptedGraph(Self.read(Self.copy("none")), lost, Self.read(Self.copy("none")))

        let event = try await respond(arrived)
        let error = await #expect(throws: CalendarError.self) { try await respond(unknown) }

        #expect(event.content.attendees.first?.response == .accepted)
        #expect(error?.code == .connectionFailed && error?.isOutcomeUnknown == true)
        #expect(unknown.operations == ["events.get", "events.respond", "events.get"])
    }

    @Test("declining may take the event away, and what was read before tells the answer")
    func declinedAndGone() async throws {
        let graph = ScriptedGraph(
            Self.read(Self.copy("accepted", listed: "accepted")),
            Self.answered(),
            .expect(operation: "events.get", .json(#"{"error":{"code":"ErrorItemNotFound"}}"#, status: 404))
        )

        let event = try await respond(graph, .declined)

        #expect(event.content.attendees.map(\.response) == [.declined, .declined])
    }

    @Test("an answer that the calendar's rules refuse is rejected, and what is gone is not found")
    func refused() async throws {
        let refused = ScriptedGraph(
            Self.read(Self.copy("none")),
            .expect(
                operation: "events.respond",
                .json(#"{"error":{"code":"ErrorCalendarIsCancelledForAccept"}}"#, status: 400)
            )
        )
        let gone = ScriptedGraph(.expect(operation: "events.get", .json("{}", status: 404)))

        let first = await #expect(throws: CalendarError.self) { try await respond(refused) }
        let second = await #expect(throws: CalendarError.self) { try await respond(gone) }

        #expect(first?.code == .rejected && first?.reason == "ErrorCalendarIsCancelledForAccept")
        #expect(second?.code == .notFound)
    }
}
