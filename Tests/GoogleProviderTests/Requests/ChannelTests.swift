import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: notification channels")
struct ChannelTests {
    private let provider = GoogleCalendarProvider()

    private func opening(_ id: ChannelID = "channel-2", lifetime: Duration? = .seconds(86_400)) throws -> ChannelOpening
    {
        try ChannelOpening(
            id: id,
            calendar: "a#b@x",
            address: #require(URL(string: "https://host.example/hook?endpoint=1")),
            secret: Secret("s3cret"),
            lifetime: lifetime
        )
    }

    private let old = NotificationChannel(
        id: "channel-1",
        resource: "r1",
        calendar: "a#b@x",
        secret: Secret("old"),
        expiresAt: nil
    )

    private static let answer =
        #"{"kind":"api#channel","id":"channel-2","resourceId":"r1","expiration":"1773651600000"}"#

    @Test("a channel is opened with its id, secret, address and lifetime")
    func open() async throws {
        let google = ScriptedGoogle(json: Self.answer)

        let channel = try await provider.openChannel(opening(), session: google.session)

        let expected: JSONNode = [
            "id": "channel-2", "type": "web_hook", "address": "https://host.example/hook?endpoint=1",
            "token": "s3cret", "params": ["ttl": "86400"],
        ]
        #expect(google.sent.first?.json == expected)
        #expect(google.sent.first?.url.path(percentEncoded: true) == "/calendar/v3/calendars/a%23b%40x/events/watch")
        #expect(google.sent.first?.repeatSafety == .onlyIfUnprocessed)
        #expect(
            channel
                == NotificationChannel(
                    id: "channel-2",
                    resource: "r1",
                    calendar: "a#b@x",
                    secret: Secret("s3cret"),
                    expiresAt: Date(timeIntervalSince1970: 1_773_651_600)
                )
        )
    }

    @Test(
        "the expiration is read as text and as a number, and may be missing",
        arguments: [(#""1773651600500""#, 1_773_651_600.5), ("1773651600500", 1_773_651_600.5), ("null", nil)]
            as [(String, Double?)]
    )
    func expiration(_ text: String, _ seconds: Double?) async throws {
        let google = ScriptedGoogle(json: #"{"id":"channel-2","resourceId":"r1","expiration":\#(text)}"#)

        let channel = try await provider.openChannel(opening(lifetime: nil), session: google.session)

        #expect(channel.expiresAt == seconds.map { Date(timeIntervalSince1970: $0) })
        #expect(google.sent.first?.json?["params"] == nil)
    }

    @Test(
        "a calendar that cannot be watched, an id used before and a bad address are told apart",
        arguments: [
            (400, "pushNotSupportedForRequestedResource", CalendarError.Code.unsupported),
            (400, "channelIdNotUnique", .duplicate), (400, "push.webhookUrlNotHttps", .configuration),
            (401, "push.webhookUrlUnauthorized", .configuration), (404, "notFound", .notFound),
        ]
    )
    func refused(_ status: Int, _ reason: String, _ code: CalendarError.Code) async throws {
        let google = ScriptedGoogle([.googleError(status, reason)])

        let error = await calendarError { try await provider.openChannel(opening(), session: google.session) }

        #expect(error?.code == code)
        #expect(error?.operation == "events.watch")
    }

    @Test("an answer that does not name what is watched leaves the outcome open")
    func withoutResource() async throws {
        let google = ScriptedGoogle(json: #"{"id":"channel-2"}"#)

        let error = await calendarError { try await provider.openChannel(opening(), session: google.session) }

        #expect(error?.code == .invalidResponse)
        #expect(error?.isOutcomeUnknown == true)
    }

    @Test("a channel is closed by its id and resource, and one that is gone is closed", arguments: [204, 404, 410])
    func close(_ status: Int) async throws {
        let google = ScriptedGoogle([HTTPResponse(status: status)])

        try await provider.closeChannel(old, session: google.session)

        #expect(google.sent.first?.json == ["id": "channel-1", "resourceId": "r1"])
        #expect(google.sent.first?.url.path() == "/calendar/v3/channels/stop")
        #expect(google.sent.first?.repeatSafety == .safe)
    }

    @Test("a channel without a resource cannot be closed")
    func closeUnknown() async throws {
        let google = ScriptedGoogle([])
        let channel = NotificationChannel(id: "c", resource: nil, calendar: "cal", secret: Secret("s"), expiresAt: nil)

        let error = await calendarError { try await provider.closeChannel(channel, session: google.session) }

        #expect(error?.field == "resource")
        #expect(google.sent.isEmpty)
    }

    @Test(
        "renewing opens the new channel before it closes the old one, whose failure does not count",
        arguments: [204, 403, 500]
    )
    func renew(_ status: Int) async throws {
        let google = ScriptedGoogle([.json(Self.answer), HTTPResponse(status: status)])

        let channel = try await provider.renewChannel(old, as: opening(), session: google.session)

        #expect(channel.id == "channel-2")
        #expect(google.sent.map(\.operation) == ["events.watch", "channels.stop"])
        #expect(google.sent.last?.json?["id"] == "channel-1")
    }

    @Test("a new channel that is refused leaves the old one alone")
    func refusedRenewal() async throws {
        let google = ScriptedGoogle([.googleError(503, "backendError")])

        let error = await calendarError { try await provider.renewChannel(old, as: opening(), session: google.session) }

        #expect(error?.code == .unavailable)
        #expect(google.sent.count == 1)
    }
}
