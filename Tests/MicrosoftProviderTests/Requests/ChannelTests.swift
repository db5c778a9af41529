import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: notification channels")
struct ChannelTests {
    private static let answer =
        #"{"id":"sub-1","resource":"me/calendars/x/events","expirationDateTime":"2026-01-07T09:00:00.0000000Z"}"#

    private let old = NotificationChannel(
        id: "sub-0",
        resource: "me/calendars/x/events",
        calendar: ScriptedGraph.calendar,
        secret: Secret("old"),
        expiresAt: nil
    )

    private static func create(_ text: String, _ status: Int = 201) -> ScriptedTransport.Step {
        .expect(.post, path: "/v1.0/subscriptions", .json(text, status: status))
    }

    private static func refusal(_ code: String, _ message: String = "m") -> String {
        #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
    }

    private static let tooLong = refusal(
        "ExtensionError",
        "Operation: Create; Exception: Subscription expiration can only be 4230 minutes in the future."
    )

    /// How many minutes after the clock's time a request asks for.
    private func minutes(_ graph: ScriptedGraph, _ index: Int) throws -> Double? {
        let text = try graph.body(index)["expirationDateTime"]?.string ?? ""
        return Date(rfc3339: text).map { $0.timeIntervalSince(graph.session.clock.now) / 60 }
    }

    @Test("Trap 18: a channel watches one calendar by its own path, and its lifecycle, under the stored secret")
    func open() async throws {
        let graph = ScriptedGraph(Self.create(Self.answer))

        let channel = try await graph.provider.openChannel(
            Sample.opening(lifetime: .seconds(86_400)),
            session: graph.session
        )

        let expected: JSONNode = [
            "changeType": "created,updated,deleted", "notificationUrl": "https://host.example/hook?endpoint=1",
            "lifecycleNotificationUrl": "https://host.example/hook?endpoint=1",
            "resource": "me/calendars/AAMk%2Fcal+1==/events", "expirationDateTime": "2026-01-06T09:00:00Z",
            "clientState": "s3cret",
        ]
        #expect(try graph.body() == expected)
        #expect(graph.transport.requests[0].headers["Prefer"]?.contains("IdType=\"ImmutableId\"") == true)
        #expect(graph.transport.requests[0].repeatSafety == .onlyIfUnprocessed)
        let opened = NotificationChannel(
            id: "sub-1",
            resource: "me/calendars/x/events",
            calendar: ScriptedGraph.calendar,
            secret: Secret("s3cret"),
            expiresAt: Date(rfc3339: "2026-01-07T09:00:00Z")
        )
        #expect(channel == opened)
    }

    @Test(
        "Trap 29: 4,200 minutes are asked for unless less is wished, and a longer setting is corrected by the answer",
        arguments: [(nil, 4200), (Duration.seconds(3600), 60), (.seconds(864_000), 4200)] as [(Duration?, Double)]
    )
    func lifetime(_ wished: Duration?, _ expected: Double) async throws {
        let graph = ScriptedGraph(Self.create(Self.answer))
        _ = try await graph.provider.openChannel(Sample.opening(lifetime: wished), session: graph.session)
        #expect(try minutes(graph, 0) == expected)

        let provider = MicrosoftCalendarProvider(configuration: .init(channelLifetime: .seconds(10_080 * 60)))
        let long = ScriptedGraph(Self.create(Self.tooLong, 400), Self.create(Self.answer))
        _ = try await provider.openChannel(Sample.opening(), session: long.session)
        #expect(try minutes(long, 0) == 10_080)
        #expect(try minutes(long, 1) == 4225)
    }

    @Test("a service that refuses its own limit is asked twice and no more")
    func stubbornLimit() async throws {
        let provider = MicrosoftCalendarProvider(configuration: .init(channelLifetime: .seconds(10_080 * 60)))
        let secondary = #"{"isDefaultCalendar":false}"#
        let graph = ScriptedGraph(
            Self.create(Self.tooLong, 400),
            Self.create(Self.tooLong, 400),
            .expect(operation: "calendars.get", .json(secondary))
        )

        let error = await #expect(throws: CalendarError.self) {
            try await provider.openChannel(Sample.opening(), session: graph.session)
        }

        #expect(error?.code == .unsupported && graph.transport.remaining == 0)
    }

    @Test(
        "where single calendars are not watched, the default one is watched as the mailbox's events",
        arguments: [true, false]
    )
    func fallback(_ isDefault: Bool) async throws {
        let graph = ScriptedGraph(
            Self.create(Self.refusal("ExtensionError"), 400),
            .expect(
                .get,
                path: "/v1.0/me/calendars/AAMk%2Fcal%2B1%3D%3D",
                .json(#"{"isDefaultCalendar":\#(isDefault)}"#)
            ),
            Self.create(Self.answer)
        )

        if isDefault {
            _ = try await graph.provider.openChannel(Sample.opening(), session: graph.session)
            #expect(try graph.body(2)["resource"]?.string == "me/events")
        } else {
            let error = await #expect(throws: CalendarError.self) {
                try await graph.provider.openChannel(Sample.opening(), session: graph.session)
            }
            #expect(error?.code == .unsupported && graph.transport.remaining == 1)
        }
    }

    @Test("Trap 19: an address that did not answer is a fault of the set-up, and no second calendar is tried")
    func unansweredAddress() async throws {
        let graph = ScriptedGraph(Self.create(Self.refusal("ValidationError"), 400))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.openChannel(Sample.opening(), session: graph.session)
        }

        #expect(error?.code == .configuration && error?.reason == "ValidationError")
        #expect(error.map { !"\($0)".contains("s3cret") } == true)
    }

    @Test("an answer without an id leaves the outcome open", arguments: ["{}", "[]", #"{"id":""}"#])
    func withoutID(_ text: String) async throws {
        let graph = ScriptedGraph(Self.create(text))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.openChannel(Sample.opening(), session: graph.session)
        }

        #expect(error?.code == .invalidResponse && error?.isOutcomeUnknown == true)
    }

    @Test("a channel is renewed in place with a later end")
    func renew() async throws {
        let graph = ScriptedGraph(.expect(.patch, path: "/v1.0/subscriptions/sub-0", .json(Self.answer)))

        let channel = try await graph.provider.renewChannel(
            old,
            as: Sample.opening(lifetime: .seconds(86_400)),
            session: graph.session
        )

        #expect(try graph.body() == ["expirationDateTime": "2026-01-06T09:00:00Z"])
        #expect(graph.transport.requests[0].repeatSafety == .safe)
        #expect(channel.id == "sub-0" && channel.secret == Secret("old"))
        #expect(channel.expiresAt == Date(rfc3339: "2026-01-07T09:00:00Z"))
    }

    @Test("Trap 18: a channel that died silently is opened anew, with the new secret")
    func renewDead() async throws {
        let gone = ScriptedTransport.Reply.json(Self.refusal("ResourceNotFound"), status: 404)
        let graph = ScriptedGraph(.expect(operation: "subscriptions.renew", gone), Self.create(Self.answer))

        let channel = try await graph.provider.renewChannel(old, as: Sample.opening(), session: graph.session)

        #expect(channel.id == "sub-1" && channel.secret == Secret("s3cret"))
    }

    @Test(
        "a renewal that fails otherwise leaves the channel alone",
        arguments: [(403, "forbidden"), (503, "unavailable")]
    )
    func failedRenewal(_ status: Int, _ code: String) async throws {
        let graph = ScriptedGraph(.expect(operation: "subscriptions.renew", .json("{}", status: status)))

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.renewChannel(old, as: Sample.opening(), session: graph.session)
        }

        #expect(error?.code.rawValue == code && graph.operations == ["subscriptions.renew"])
    }

    @Test("a channel is closed by its id, and one that is gone is closed", arguments: [204, 404])
    func close(_ status: Int) async throws {
        let reply = ScriptedTransport.Reply.response(HTTPResponse(status: status))
        let graph = ScriptedGraph(.expect(.delete, path: "/v1.0/subscriptions/sub-0", reply))

        try await graph.provider.closeChannel(old, session: graph.session)

        #expect(graph.transport.requests[0].repeatSafety == .safe)
    }

    @Test("events do not move between calendars, and the descriptor says why")
    func moving() async throws {
        let graph = ScriptedGraph()
        let move = EventMove("e1", to: "other", invitations: .silent)

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.move(move, from: "c", session: graph.session)
        }

        #expect(error?.code == .unsupported && graph.transport.requests.isEmpty)
        guard case .unavailable(let reason)? = graph.provider.descriptor.capabilities[.moveEvents] else {
            throw CalendarError(.notFound, "no reason")
        }
        #expect(reason.contains("cannot move"))
    }
}
