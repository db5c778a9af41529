import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: channels that are open already")
struct ChannelAdoptionTests {
    private static let duplicate = ScriptedTransport.Step.expect(
        .post,
        path: "/v1.0/subscriptions",
        .json(#"{"error":{"code":"ResourceConflict"}}"#, status: 409)
    )
    private static let opened = ScriptedTransport.Step.expect(
        operation: "subscriptions.create",
        .json(#"{"id":"sub-new","expirationDateTime":"2026-01-07T09:00:00Z"}"#, status: 201)
    )

    private static func subscription(
        _ id: String,
        resource: String = "me/calendars/AAMk%2Fcal+1==/events",
        address: String = "https://host.example/hook?endpoint=1",
        secret: String?
    ) -> String {
        let node: JSONNode = [
            "id": .string(id), "resource": .string(resource), "notificationUrl": .string(address),
            "expirationDateTime": "2026-01-06T09:00:00Z", "clientState": secret.map { .string($0) } ?? .null,
        ]
        return ScriptedGraph.text(node)
    }

    private static func list(_ items: String..., next: String? = nil) -> ScriptedTransport.Step {
        let link = next.map { #""@odata.nextLink":"\#($0)","# } ?? ""
        return .expect(operation: "subscriptions.list", .json("{\(link)\"value\":[\(items.joined(separator: ","))]}"))
    }

    private func open(_ graph: ScriptedGraph) async throws -> NotificationChannel {
        try await graph.provider.openChannel(Sample.opening(), session: graph.session)
    }

    @Test("a channel of the same secret is taken over, wherever it is in the list")
    func adopted() async throws {
        let graph = ScriptedGraph(
            Self.duplicate,
            Self.list(
                Self.subscription("other", resource: "me/calendars/b/events", secret: "s3cret"),
                Self.subscription("away", address: "https://other.example/", secret: "s3cret"),
                "{}",
                next: "https://graph.microsoft.com/v1.0/subscriptions?$skip=3"
            ),
            Self.list(Self.subscription("sub-1", resource: "Me/Calendars/AAMk/cal+1==/Events", secret: "s3cret"))
        )

        let channel = try await open(graph)

        #expect(channel.id == "sub-1" && channel.secret == Secret("s3cret"))
        #expect(channel.calendar == ScriptedGraph.calendar)
        #expect(channel.expiresAt == Date(rfc3339: "2026-01-06T09:00:00Z"))
        #expect(graph.transport.remaining == 0)
    }

    @Test("a channel whose secret is not told is replaced, because nothing could prove its notifications")
    func replaced() async throws {
        let graph = ScriptedGraph(
            Self.duplicate,
            Self.list(Self.subscription("sub-1", secret: nil)),
            .expect(.delete, path: "/v1.0/subscriptions/sub-1", .response(HTTPResponse(status: 204))),
            Self.opened
        )

        #expect(try await open(graph).id == "sub-new")
        #expect(graph.transport.remaining == 0)
    }

    @Test("a channel of another secret is somebody else's and stays")
    func foreign() async throws {
        let graph = ScriptedGraph(Self.duplicate, Self.list(Self.subscription("sub-1", secret: "theirs")))
        let nothing = ScriptedGraph(Self.duplicate, Self.list())

        for graph in [graph, nothing] {
            let error = await #expect(throws: CalendarError.self) { try await open(graph) }
            #expect(error?.code == .duplicate)
            #expect(error.map { !"\($0)".contains("theirs") } == true)
            #expect(graph.transport.remaining == 0)
        }
    }

    @Test("two workers that renew a dead channel end with one")
    func twoRenewals() async throws {
        let gone = ScriptedTransport.Step.expect(operation: "subscriptions.renew", .json("{}", status: 404))
        let old = NotificationChannel(
            id: "sub-0",
            resource: nil,
            calendar: ScriptedGraph.calendar,
            secret: Secret("old"),
            expiresAt: nil
        )
        let first = ScriptedGraph(gone, Self.opened)
        let second = ScriptedGraph(gone, Self.duplicate, Self.list(Self.subscription("sub-new", secret: "s3cret")))

        let channels = [
            try await first.provider.renewChannel(old, as: Sample.opening(), session: first.session),
            try await second.provider.renewChannel(old, as: Sample.opening(), session: second.session),
        ]

        #expect(channels.map(\.id) == ["sub-new", "sub-new"])
        #expect(channels.map(\.secret) == [Secret("s3cret"), Secret("s3cret")])
    }
}
