import CalendarCore
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: notifications")
struct WebhookTests {
    private let provider = MicrosoftCalendarProvider()

    private let channel = NotificationChannel(
        id: "sub-1",
        resource: "me/calendars/x/events",
        calendar: "x",
        secret: Secret("s3cret"),
        expiresAt: nil
    )

    private func read(_ body: String) throws -> [ChannelNotification] {
        let request = WebhookRequest(headers: ["Content-Type": "application/json"], body: Data(body.utf8))
        guard case .notifications(let found) = try provider.webhookContents(of: request) else {
            throw CalendarError(.invalidResponse, "no notifications")
        }
        return found
    }

    private static func item(_ more: String, of channel: String = "sub-1", secret: String = "s3cret") -> String {
        #"{"subscriptionId":"\#(channel)","clientState":"\#(secret)","tenantId":"t",\#(more)}"#
    }

    private static let change =
        #""changeType":"updated","resource":"Users/u/Events/AAMk1","resourceData":{"id":"AAMk1","@odata.etag":"W/\"1\""}"#

    @Test(
        "the service's question is answered with the token decoded once, as plain text",
        arguments: [
            ("validationToken=abc", "abc"), ("endpoint=1&validationToken=a%3Ab", "a:b"),
            (
                "validationToken=Validation%3a+Testing+client+application+reachability+for+subscription+Request-Id%3a+7",
                "Validation: Testing client application reachability for subscription Request-Id: 7"
            ),
            ("validationToken=%252B%2B%3Cb%3E", "%2B+<b>"), ("validationToken=%C3%A4", "\u{e4}"),
        ]
    )
    func question(_ query: String, _ token: String) throws {
        let headers: HTTPHeaders = ["Content-Type": "text/plain; charset=utf-8"]

        let contents = try provider.webhookContents(of: WebhookRequest(query: query, headers: headers))

        guard case .handshake(let answer) = contents else { throw CalendarError(.invalidResponse, "no handshake") }
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "text/plain; charset=utf-8")
        #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
        #expect(String(decoding: answer.body, as: UTF8.self) == token)
    }

    @Test(
        "a question with an empty, long or unprintable token or a body is none of the service's",
        arguments: [
            ("validationToken=", "", "validationToken"), ("validationToken=a%0D%0Ab", "", "validationToken"),
            ("validationToken=a%00", "", "validationToken"), ("validationToken=a", "{}", "body"),
            ("validationToken=" + String(repeating: "a", count: 2049), "", "validationToken"),
        ]
    )
    func falseQuestion(_ query: String, _ body: String, _ field: String) {
        let request = WebhookRequest(query: query, headers: [:], body: Data(body.utf8))

        let error = #expect(throws: CalendarError.self) { try provider.webhookContents(of: request) }

        #expect(error?.code == .invalidArgument && error?.field == field)
    }

    @Test("a change names its event, and its secret proves it although its resource is the event's")
    func change() throws {
        let found = try read(#"{"value":[\#(Self.item(Self.change))],"validationTokens":["jwt"]}"#)

        #expect(found.map(\.kind) == [.changed("AAMk1")])
        #expect(found.map(\.channel) == ["sub-1"])
        #expect(found.allSatisfy { $0.isAuthentic(for: channel) })
        #expect(!"\(found)".contains("s3cret"))
    }

    @Test(
        "lifecycle events are told apart, whatever their case",
        arguments: [
            ("reauthorizationRequired", ChannelNotification.Kind.reauthorizationRequired),
            ("subscriptionRemoved", .closed), ("missed", .missed), ("MISSED", .missed),
            ("renamed", .unknown("renamed")),
            ("ada@example.com", .unknown("")),
        ]
    )
    func lifecycle(_ event: String, _ kind: ChannelNotification.Kind) throws {
        let found = try read(#"{"value":[\#(Self.item("\"lifecycleEvent\":\"\(event)\""))]}"#)

        #expect(found.map(\.kind) == [kind])
    }

    @Test("Trap 20: one delivery may repeat a change and mix channels and secrets; each item is proven by itself")
    func mixed() throws {
        let items = [
            Self.item(Self.change), Self.item(Self.change), Self.item(Self.change, secret: "wrong"),
            Self.item(Self.change, of: "sub-2"), Self.item(#""lifecycleEvent":"missed""#),
            #"{"subscriptionId":"sub-1"}"#, "{}", "7", #"{"subscriptionId":""}"#,
        ]

        let found = try read(#"{"value":[\#(items.joined(separator: ","))]}"#)

        #expect(found.map { $0.isAuthentic(for: channel) } == [true, true, false, false, true, false])
        #expect(found.last?.kind == .changed(nil))
    }

    @Test(
        "a request that is no delivery is none of the service's",
        arguments: ["", "hello", "[]", "{}", #"{"value":{}}"#, String(repeating: " ", count: 300_000)]
    )
    func otherBodies(_ body: String) {
        let error = #expect(throws: CalendarError.self) { try read(body) }

        #expect(error?.code == .invalidArgument && error?.field == "body")
    }

    @Test("questions and notifications come by POST alone")
    func method() {
        let request = WebhookRequest(method: .get, query: "validationToken=a", headers: [:])

        let error = #expect(throws: CalendarError.self) { try provider.webhookContents(of: request) }

        #expect(error?.field == "method")
    }
}
