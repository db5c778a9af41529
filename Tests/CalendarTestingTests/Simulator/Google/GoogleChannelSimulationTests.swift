import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: push channels")
struct GoogleChannelSimulationTests {
    static let receiver: JSONNode = [
        "id": "channel-1", "type": "web_hook", "address": "https://host.example.com/hook", "token": "t-1",
    ]

    private static func watch(
        _ desk: GoogleDesk,
        _ changes: JSONNode = .object(JSONObject()),
        path: String = "calendars/primary/events/watch",
        token: String? = nil
    ) async throws -> GoogleDesk.Answer {
        try await desk.call(.post, path, body: receiver.merging(changes), token: token)
    }

    @Test("a channel is answered with its resource and a week of life, the expiry as a text of digits")
    func opened() async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.watch(desk)

        #expect(answer.status == 200)
        #expect(answer.body["kind"] == "api#channel")
        #expect(answer.body["id"] == "channel-1")
        #expect(answer.body["token"] == "t-1")
        // 2026-01-05T09:00:00Z and a week.
        #expect(answer.body["expiration"] == .string(String((1_767_603_600 + 604_800) * 1000)))
        let uri = "https://www.googleapis.com/calendar/v3/calendars/ada%40example.com/events?alt=json"
        #expect(answer.body["resourceUri"] == .string(uri))
        #expect(answer.body["resourceId"]?.string?.isEmpty == false)
    }

    @Test("the first notification is sync with number 1, has no body and exactly the documented headers")
    func sync() async throws {
        let desk = try await GoogleDesk()
        let answer = try await Self.watch(desk)

        let deliveries = desk.google.takeDeliveries()

        #expect(deliveries.count == 1)
        let delivery = try #require(deliveries.first)
        #expect(delivery.method == .post)
        #expect(delivery.url.absoluteString == "https://host.example.com/hook")
        #expect(delivery.body.isEmpty)
        #expect(delivery.headers["X-Goog-Channel-ID"] == "channel-1")
        #expect(delivery.headers["X-Goog-Channel-Token"] == "t-1")
        #expect(delivery.headers["X-Goog-Channel-Expiration"] == "Mon, 12 Jan 2026 09:00:00 GMT")
        #expect(delivery.headers["X-Goog-Resource-ID"] == answer.body["resourceId"]?.string)
        #expect(delivery.headers["X-Goog-Resource-URI"] == answer.body["resourceUri"]?.string)
        #expect(delivery.headers["X-Goog-Resource-State"] == "sync")
        #expect(delivery.headers["X-Goog-Message-Number"] == "1")
        #expect(delivery.headers["User-Agent"]?.hasPrefix("APIs-Google") == true)
        #expect(desk.google.takeDeliveries().isEmpty)
    }

    @Test("a channel without a token notifies without that header")
    func noToken() async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.watch(desk, ["token": nil])

        #expect(answer.body["token"] == nil)
        let delivery = try #require(desk.google.takeDeliveries().first)
        #expect(delivery.headers["X-Goog-Channel-Token"] == nil)
        #expect(!delivery.headers.names.contains { $0.lowercased() == "x-goog-channel-token" })
    }

    @Test("writes by requests and by people are announced as exists with growing numbers; reads are not")
    func changes() async throws {
        let desk = try await GoogleDesk()
        _ = try await Self.watch(desk)
        _ = try await desk.insert(GoogleDesk.meeting("By request"))
        _ = try await desk.list()
        let content = EventContent(
            title: "By hand",
            start: .day(try #require(CivilDate(year: 2026, month: 1, day: 8))),
            end: .day(try #require(CivilDate(year: 2026, month: 1, day: 9)))
        )
        desk.google.add(content, to: "ada@example.com")
        desk.google.add(content, to: "grace@example.com")

        let deliveries = desk.google.takeDeliveries()

        let states: [String?] = deliveries.map { $0.headers["X-Goog-Resource-State"] }
        #expect(states == ["sync", "exists", "exists"])
        let numbers = deliveries.compactMap { Int($0.headers["X-Goog-Message-Number"] ?? "") }
        #expect(numbers.count == 3)
        #expect(numbers == Set(numbers).sorted())
    }

    @Test("all channels of one user on one resource share a resource id, those of another user do not")
    func resourceIDs() async throws {
        let desk = try await GoogleDesk()
        let grace = try await desk.bearer(for: "grace@example.com")

        let first = try await Self.watch(desk)
        let second = try await Self.watch(desk, ["id": "channel-2"], path: "calendars/ada%40example.com/events/watch")
        let list = try await Self.watch(desk, ["id": "channel-3"], path: "users/me/calendarList/watch")
        let other = try await Self.watch(desk, ["id": "channel-4"], path: "users/me/calendarList/watch", token: grace)

        #expect(first.body["resourceId"] == second.body["resourceId"])
        #expect(first.body["resourceId"] != list.body["resourceId"])
        #expect(list.status == 200)
        #expect(list.body["resourceId"] != other.body["resourceId"])
    }

    @Test(
        "a channel that breaks a rule is refused",
        arguments: [
            (["id": nil], "required"), (["id": .string(String(repeating: "i", count: 65))], "invalid"),
            (["type": "email"], "invalid"), (["type": nil], "required"), (["address": nil], "required"),
            (["address": "http://host.example.com/hook"], "push.webhookUrlNotHttps"),
            (["token": .string(String(repeating: "t", count: 257))], "invalid"),
            (["expiration": "1767603600000"], "invalid"), (["params": ["ttl": "soon"]], "invalid"),
        ] as [(JSONNode, String)]
    )
    func refused(change: JSONNode, reason: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.watch(desk, change)

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
        #expect(desk.google.takeDeliveries().isEmpty)
    }

    @Test("plain http is accepted on loopback", arguments: ["127.0.0.1:9", "localhost:9", "[::1]:9"])
    func loopback(host: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.watch(desk, ["address": .string("http://\(host)/hook"), "type": "webhook"])

        #expect(answer.status == 200)
        #expect(desk.google.takeDeliveries().first?.url.absoluteString == "http://\(host)/hook")
    }

    @Test("an id is used once for ever, also after its channel was stopped")
    func uniqueIDs() async throws {
        let desk = try await GoogleDesk()
        let first = try await Self.watch(desk)
        _ = try await desk.call(
            .post,
            "channels/stop",
            body: ["id": "channel-1", "resourceId": first.body["resourceId"] ?? nil]
        )

        let second = try await Self.watch(desk)

        #expect(second.status == 400)
        #expect(second.reason == "channelIdNotUnique")
    }

    @Test(
        "a shorter life is kept and a longer one cut to a week",
        arguments: [
            (["params": ["ttl": "3600"]], 3600), (["params": ["ttl": "9999999"]], 604_800),
            (["expiration": "1767603660000"], 60), (["expiration": 1_767_603_660_000], 60),
            (["expiration": "1999999999000"], 604_800),
        ] as [(JSONNode, Int)]
    )
    func life(change: JSONNode, seconds: Int) async throws {
        let desk = try await GoogleDesk()

        let answer = try await Self.watch(desk, change)

        #expect(answer.body["expiration"] == .string(String((1_767_603_600 + seconds) * 1000)))
    }

    @Test("an expired channel is silent and cannot be stopped")
    func expiry() async throws {
        var desk = try await GoogleDesk()
        let channel = try await Self.watch(desk, ["params": ["ttl": "600"]])
        _ = desk.google.takeDeliveries()

        desk.clock.advance(by: 601)
        _ = try await desk.insert(GoogleDesk.meeting("Unheard"))
        desk.token = try await desk.bearer(for: "ada@example.com")
        let stop: JSONNode = ["id": "channel-1", "resourceId": channel.body["resourceId"] ?? nil]

        #expect(desk.google.takeDeliveries().isEmpty)
        #expect(try await desk.call(.post, "channels/stop", body: stop).status == 404)
    }

    @Test("stopping needs the channel's resource and its user, answers 204 and silences it")
    func stop() async throws {
        let desk = try await GoogleDesk()
        let channel = try await Self.watch(desk)
        let grace = try await desk.bearer(for: "grace@example.com")
        let stop: JSONNode = ["id": "channel-1", "resourceId": channel.body["resourceId"] ?? nil]
        _ = desk.google.takeDeliveries()

        let wrong = try await desk.call(.post, "channels/stop", body: stop.merging(["resourceId": "other"]))
        let foreign = try await desk.call(.post, "channels/stop", body: stop, token: grace)
        let right = try await desk.call(.post, "channels/stop", body: stop)
        let again = try await desk.call(.post, "channels/stop", body: stop)
        _ = try await desk.insert(GoogleDesk.meeting("Unheard"))

        #expect(wrong.status == 404)
        #expect(foreign.status == 404)
        #expect(right.status == 204)
        #expect(right.body.isNull)
        #expect(again.status == 404)
        #expect(desk.google.takeDeliveries().isEmpty)
    }

    @Test("two overlapping channels both report a change")
    func overlap() async throws {
        let desk = try await GoogleDesk()
        _ = try await Self.watch(desk)
        _ = try await Self.watch(desk, ["id": "channel-2"])
        _ = desk.google.takeDeliveries()

        _ = try await desk.insert(GoogleDesk.meeting("Heard twice"))

        let ids: [String?] = desk.google.takeDeliveries().map { $0.headers["X-Goog-Channel-ID"] }
        #expect(ids == ["channel-1", "channel-2"])
    }

    @Test("a calendar that cannot be watched, one without access and a missing scope are refused")
    func unwatchable() async throws {
        let desk = try await GoogleDesk()
        let calendar = desk.google.addCalendar("Holidays", to: "ada@example.com", zone: GoogleDesk.vienna)
        desk.google.refuseChannels(for: calendar)
        let path = "calendars/\(PercentEncoding.encode(calendar.rawValue))/events/watch"
        let freeBusy = "https://www.googleapis.com/auth/calendar.freebusy"
        let narrow = try await desk.bearer(for: "ada@example.com", scopes: freeBusy)

        let refused = try await Self.watch(desk, path: path)
        let foreign = try await Self.watch(desk, path: "calendars/grace%40example.com/events/watch")
        let unscoped = try await Self.watch(desk, token: narrow)

        #expect(refused.status == 400)
        #expect(refused.reason == "pushNotSupportedForRequestedResource")
        #expect(foreign.status == 404)
        #expect(unscoped.status == 403)
        let method = unscoped.body["error"]?["details"]?[0]["metadata"]?["method"]
        #expect(method == "calendar.v3.Events.Watch")
    }

    @Test("watching with an expired sync token answers 410")
    func expiredSyncToken() async throws {
        let desk = try await GoogleDesk()
        let token = try #require(try await desk.list().syncToken)
        desk.google.expireSyncTokens()

        let answer = try await desk.call(
            .post,
            "calendars/primary/events/watch",
            [("syncToken", token)],
            body: Self.receiver
        )

        #expect(answer.status == 410)
    }

    @Test("a new calendar is announced to who watches the calendar list")
    func calendarList() async throws {
        let desk = try await GoogleDesk()
        let answer = try await Self.watch(desk, path: "users/me/calendarList/watch")
        _ = desk.google.takeDeliveries()

        desk.google.addCalendar("Team", to: "ada@example.com", zone: GoogleDesk.vienna)

        let delivery = try #require(desk.google.takeDeliveries().first)
        #expect(delivery.headers["X-Goog-Resource-State"] == "exists")
        #expect(delivery.headers["X-Goog-Resource-ID"] == answer.body["resourceId"]?.string)
        let uri = "https://www.googleapis.com/calendar/v3/users/me/calendarList?alt=json"
        #expect(delivery.headers["X-Goog-Resource-URI"] == uri)
    }

    @Test("a new rule is announced to who watches the calendar's rules, a changed setting to who watches settings")
    func rulesAndSettings() async throws {
        let desk = try await GoogleDesk()
        let rules = try await Self.watch(desk, path: "calendars/primary/acl/watch")
        let settings = try await Self.watch(desk, ["id": "channel-2"], path: "users/me/settings/watch")
        _ = desk.google.takeDeliveries()

        let rule: JSONNode = ["role": "reader", "scope": ["type": "user", "value": "grace@example.com"]]
        _ = try await desk.call(.post, "calendars/primary/acl", body: rule)
        let first: [String?] = desk.google.takeDeliveries().map { $0.headers["X-Goog-Channel-ID"] }
        desk.google.changeSetting("weekStart", of: "ada@example.com", to: "1")
        let second: [String?] = desk.google.takeDeliveries().map { $0.headers["X-Goog-Channel-ID"] }

        #expect(rules.status == 200)
        #expect(settings.status == 200)
        #expect(first == ["channel-1"])
        #expect(second == ["channel-2"])
        let uri = "https://www.googleapis.com/calendar/v3/calendars/ada%40example.com/acl?alt=json"
        #expect(rules.body["resourceUri"] == .string(uri))
    }

    @Test("the resource's address begins with the root at which clients reach the service")
    func publicRoot() async throws {
        let desk = try await GoogleDesk()
        desk.google.publicRoot = URL(string: "http://127.0.0.1:8080")

        let answer = try await Self.watch(desk)

        let uri = "http://127.0.0.1:8080/calendar/v3/calendars/ada%40example.com/events?alt=json"
        #expect(answer.body["resourceUri"] == .string(uri))
    }
}
