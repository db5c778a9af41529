import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: notifications")
struct WebhookTests {
    private let provider = GoogleCalendarProvider()

    private let channel = NotificationChannel(
        id: "channel-1",
        resource: "r1",
        calendar: "cal",
        secret: Secret("s3cret"),
        expiresAt: nil
    )

    private static let headers: HTTPHeaders = [
        "X-Goog-Channel-ID": "channel-1", "X-Goog-Channel-Token": "s3cret", "X-Goog-Resource-ID": "r1",
        "X-Goog-Resource-State": "exists", "X-Goog-Message-Number": "7",
        "X-Goog-Resource-URI": "https://www.googleapis.com/calendar/v3/calendars/cal/events?alt=json",
        "X-Goog-Channel-Expiration": "Mon, 16 Mar 2026 09:00:00 GMT",
    ]

    private func read(_ change: (inout HTTPHeaders) -> Void = { _ in }) throws -> ChannelNotification {
        var headers = Self.headers
        change(&headers)
        let contents = try provider.webhookContents(of: WebhookRequest(headers: headers))
        guard case .notifications(let notifications) = contents, notifications.count == 1 else {
            throw CalendarError(.invalidResponse, "There should be one notification.")
        }
        return notifications[0]
    }

    @Test("a delivery is one notification of its channel, which its secret proves")
    func delivery() throws {
        let notification = try read()

        #expect(notification.channel == "channel-1")
        #expect(notification.resource == "r1")
        #expect(notification.kind == .changed(nil))
        #expect(notification.isAuthentic(for: channel))
        #expect(!"\(notification)".contains("s3cret"))
    }

    @Test(
        "a state of another service is no change of a calendar",
        arguments: [
            ("sync", ChannelNotification.Kind.opened), ("exists", .changed(nil)), ("not_exists", .closed),
            ("add", .unknown("add")), ("trash", .unknown("trash")), ("EXISTS", .unknown("EXISTS")),
        ]
    )
    func states(_ state: String, _ kind: ChannelNotification.Kind) throws {
        #expect(try read { $0["X-Goog-Resource-State"] = state }.kind == kind)
    }

    @Test(
        "a wrong secret, channel or resource, or none, is not authentic",
        arguments: [
            ("X-Goog-Channel-Token", "wrong"), ("X-Goog-Channel-Token", "s3cret,s3cret"), ("X-Goog-Channel-Token", nil),
            ("X-Goog-Channel-ID", "channel-2"), ("X-Goog-Resource-ID", "r2"),
        ] as [(String, String?)]
    )
    func forged(_ name: String, _ value: String?) throws {
        let notification = try read { $0[name] = value }

        #expect(!notification.isAuthentic(for: channel))
        #expect(!notification.isAuthentic(for: nil))
    }

    @Test("a channel whose answer has not arrived yet is recognised without its resource")
    func early() throws {
        let opened = NotificationChannel(
            id: "channel-1",
            resource: nil,
            calendar: "cal",
            secret: Secret("s3cret"),
            expiresAt: nil
        )

        #expect(try read { $0["X-Goog-Resource-State"] = "sync" }.isAuthentic(for: opened))
    }

    @Test(
        "a request with a header missing, empty, repeated, too long or malformed is none of the service's",
        arguments: [
            ("X-Goog-Channel-ID", nil), ("X-Goog-Channel-ID", ""), ("X-Goog-Channel-ID", "channel-1, channel-1"),
            ("X-Goog-Channel-ID", String(repeating: "a", count: 65)), ("X-Goog-Resource-ID", nil),
            ("X-Goog-Resource-ID", "r1,r2"), ("X-Goog-Resource-ID", String(repeating: "r", count: 257)),
            ("X-Goog-Resource-State", nil), ("X-Goog-Resource-State", "exists,exists"),
            ("X-Goog-Resource-State", "ex ists"), ("X-Goog-Message-Number", nil), ("X-Goog-Message-Number", "-1"),
            ("X-Goog-Message-Number", "1,2"), ("X-Goog-Message-Number", String(repeating: "9", count: 21)),
            ("X-Goog-Channel-Token", ""), ("X-Goog-Channel-Token", String(repeating: "t", count: 257)),
            ("X-Goog-Channel-ID", "ch\u{e4}nnel"),
        ] as [(String, String?)]
    )
    func malformed(_ name: String, _ value: String?) throws {
        let error = #expect(throws: CalendarError.self) { try read { $0[name] = value } }

        #expect(error?.code == .invalidArgument)
        #expect(error.map { !"\($0)".contains("channel-1") } == true)
    }

    @Test("a request with another method or a long body is none of the service's")
    func otherRequests() throws {
        let body = Data(repeating: 0x20, count: 70_000)
        let requests = [
            WebhookRequest(method: .get, headers: Self.headers), WebhookRequest(headers: Self.headers, body: body),
        ]

        let fields = requests.map { request in
            #expect(throws: CalendarError.self) { try provider.webhookContents(of: request) }?.field
        }

        #expect(fields == ["method", "body"])
    }
}
