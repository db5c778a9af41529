import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: cancelling with a word")
struct DeletionTests {
    private static let meeting =
        #"{"@odata.etag":"W/\"v1\"","isOrganizer":true,"attendees":[{"emailAddress":{"address":"g@example.com"}}]}"#

    private static func looked(_ text: String = meeting) -> ScriptedTransport.Step {
        .expect(operation: "events.get", .json(text))
    }

    private func delete(
        _ graph: ScriptedGraph,
        etag: String? = "W/\"v1\"",
        _ invitations: InvitationPolicy = .notifyGuests,
        comment: String? = "Sorry"
    ) async throws {
        let deletion = EventDeletion(id: "e1", etag: etag, invitations: invitations, comment: comment)
        try await graph.provider.delete(deletion, in: ScriptedGraph.calendar, session: graph.session)
    }

    @Test("the guests of a meeting get the word with the cancellation")
    func cancel() async throws {
        let graph = ScriptedGraph(
            Self.looked(),
            .expect(.post, path: "/v1.0/me/events/e1/cancel", .response(HTTPResponse(status: 202)))
        )

        try await delete(graph)

        #expect(try graph.body(1) == ["comment": "Sorry"])
        #expect(graph.transport.requests[1].repeatSafety == .onlyIfUnprocessed)
    }

    @Test(
        "where nobody would read the word, the event is deleted",
        arguments: [
            #"{"isOrganizer":true,"attendees":[]}"#, #"{"isOrganizer":false,"attendees":[{}]}"#,
            #"{"isOrganizer":true}"#,
        ]
    )
    func withoutReaders(_ event: String) async throws {
        let graph = ScriptedGraph(Self.looked(event), .expect(operation: "events.delete", .json("", status: 204)))

        try await delete(graph)

        #expect(graph.transport.requests[1].headers["If-Match"] == "W/\"v1\"")
    }

    @Test("a silent deletion says no word, and one without a word asks nothing")
    func others() async throws {
        let silent = ScriptedGraph(Self.looked())
        let wordless = ScriptedGraph(.expect(operation: "events.delete", .json("", status: 204)))

        let error = await #expect(throws: CalendarError.self) { try await delete(silent, .silent) }
        try await delete(wordless, comment: nil)

        #expect(error?.code == .unsupported)
        #expect(wordless.operations == ["events.delete"])
    }

    @Test("an older version is a conflict, and nothing is cancelled")
    func conflict() async throws {
        let graph = ScriptedGraph(Self.looked())

        let error = await #expect(throws: CalendarError.self) { try await delete(graph, etag: "W/\"v0\"") }

        #expect(error?.code == .conflict && error?.identifier == "e1")
        #expect(graph.operations == ["events.get"])
    }

    @Test("after a lost reply the event tells whether it was cancelled; nobody is told twice (R-34)")
    func lostReply() async throws {
        let lost = ScriptedTransport.Step.expect(
            operation: "events.cancel",
            .failure(CalendarError(.connectionFailed, "Lost.", isOutcomeUnknown: true))
        )
        let cancelled = ScriptedGraph(Self.looked(), lost, .expect(operation: "events.get", .json("{}", status: 404)))
        let there = ScriptedGraph(Self.looked(), lost, Self.looked())

        try await delete(cancelled)
        let error = await #expect(throws: CalendarError.self) { try await delete(there) }

        #expect(error?.code == .connectionFailed && error?.isOutcomeUnknown == true)
        #expect(there.operations == ["events.get", "events.cancel", "events.get"])
    }

    @Test("over the service each guest gets one cancellation with the word")
    func end() async throws {
        let graph = try await GraphHarness()
        var content = try Sample.content()
        content.attendees = [Attendee("grace@example.com"), Attendee("alan@example.com")]
        let event = try await graph.create(content)
        let deletion = EventDeletion(id: event.id, etag: event.etag, invitations: .notifyGuests, comment: "Sorry")

        try await graph.provider.delete(deletion, in: graph.calendar, session: graph.session)
        try await graph.provider.delete(deletion, in: graph.calendar, session: graph.session)

        let cancellations = graph.simulator.mail.filter { $0.kind == .cancellation }
        #expect(cancellations.map(\.to) == ["grace@example.com", "alan@example.com"])
        #expect(cancellations.map(\.comment) == ["Sorry", "Sorry"])
        #expect(graph.simulator.events(of: GraphHarness.ada).isEmpty)
    }
}
