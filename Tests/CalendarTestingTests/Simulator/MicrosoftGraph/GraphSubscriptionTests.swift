import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: subscriptions")
struct GraphSubscriptionTests {
    @Test("F-02: a subscription is opened with an id of the service, and shows its secret only to who opens it")
    func open() async throws {
        let desk = try await GraphDesk(host: NotificationHost())

        let made = try await desk.subscribe()
        let read = try await desk.call(.get, "/subscriptions/\(made.id)")
        let list = try await desk.call(.get, "/subscriptions")

        #expect(made.status == 201)
        #expect(UUID(uuidString: made.id) != nil)
        #expect(made.json["resource"] == "me/events")
        #expect(made.json["expirationDateTime"] == "2026-01-08T07:00:00Z")
        #expect(made.json["clientState"] == "s3cret")
        #expect(made.json["applicationId"]?.string == desk.graph.client.id)
        #expect(read.status == 200)
        #expect(read.json["clientState"] == .null)
        #expect(list.values.map { $0["id"]?.string } == [made.id])
    }

    @Test(
        "F-02: what can be watched is the events of the mailbox or of one calendar, of one's own mailbox only",
        arguments: [
            ("me/events", 201, nil), ("/me/events", 201, nil), ("me/calendar/events", 201, nil),
            ("me/calendars/{own}/events", 201, nil), ("users/nora@example.com/events", 201, nil),
            ("me/calendars/none/events", 400, "ExtensionError"), ("me/events/{event}", 400, "ExtensionError"),
            ("me/calendars", 400, "ExtensionError"), ("events", 400, "ExtensionError"),
            ("me/messages", 400, "ExtensionError"), ("users/omar@example.com/events", 403, "ExtensionError"),
        ] as [(String, Int, String?)]
    )
    func resources(_ resource: String, _ status: Int, _ code: String?) async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let calendar = try await desk.call(.get, "/me/calendar").id
        let event = try await desk.create().id
        let named = resource.replacing("{own}", with: calendar).replacing("{event}", with: event)

        let reply = try await desk.subscribe(named)

        #expect(reply.status == status)
        #expect(reply.code == code)
    }

    @Test("F-02, Trap 18: where single calendars are not watched, the mailbox's events still are")
    func mailboxOnly() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        desk.graph.watchesSingleCalendars = false

        let calendar = try await desk.subscribe("me/calendar/events")
        let mailbox = try await desk.subscribe("me/events")

        #expect(calendar.status == 400)
        #expect(
            calendar.json["error"]?["message"]?.string?.hasSuffix("of parameter 'Resource' is not supported.") == true
        )
        #expect(mailbox.status == 201)
    }

    @Test(
        "F-02, Trap 29: a life that is too long is refused with the limit, one under 45 minutes becomes 45",
        arguments: [
            (4230, 4230, 201, "2026-01-08T07:30:00Z"), (4230, 4231, 400, nil),
            (10_080, 10_080, 201, "2026-01-12T09:00:00Z"),
            (10_080, 10_081, 400, nil), (4230, 5, 201, "2026-01-05T09:45:00Z"), (4230, -1, 400, nil),
        ] as [(Int, Double, Int, String?)]
    )
    func life(_ longest: Int, _ wish: Double, _ status: Int, _ end: String?) async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        desk.graph.longestSubscription = longest

        let reply = try await desk.subscribe("me/events", ["expirationDateTime": desk.instant(minutes: wish)])

        #expect(reply.status == status)
        #expect(reply.json["expirationDateTime"]?.string == end)
        guard wish > Double(longest) else { return }
        let message = reply.json["error"]?["message"]?.string
        #expect(reply.code == "ExtensionError")
        #expect(message == "Subscription expiration can only be \(longest) minutes in the future.")
    }

    @Test(
        "F-02: a body that breaks a rule is refused",
        arguments: [
            ["changeType": "moved"], ["changeType": .null], ["resource": .null], ["notificationUrl": .null],
            ["notificationUrl": "http://hooks.example.com/graph"], ["lifecycleNotificationUrl": "no address"],
            ["expirationDateTime": "tomorrow"], ["includeResourceData": true], ["colour": "red"],
            ["clientState": .string(String(repeating: "s", count: 129))],
        ] as [JSONNode]
    )
    func refused(_ change: JSONNode) async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)

        let reply = try await desk.subscribe("me/events", change)

        #expect(reply.status == 400)
        #expect(host.requests.isEmpty)
    }

    @Test("plain http is good enough on the machine itself", arguments: ["127.0.0.1:8080", "localhost", "[::1]:9"])
    func loopback(_ host: String) async throws {
        let desk = try await GraphDesk(host: NotificationHost())

        let reply = try await desk.subscribe("me/events", ["notificationUrl": .string("http://\(host)/hook")])

        #expect(reply.status == 201)
    }

    @Test(
        "F-02: a second subscription to the same changes of the same resource is a conflict, if nobody says otherwise"
    )
    func repeated() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let first = try await desk.subscribe()

        let again = try await desk.subscribe("/me/events", ["changeType": "deleted, Created, updated"])
        let other = try await desk.subscribe("me/events", ["changeType": "created"])
        desk.graph.refusesRepeatedSubscriptions = false
        let allowed = try await desk.subscribe()

        #expect(again.status == 409)
        #expect(again.json["error"]?["message"]?.string?.contains(first.id) == true)
        #expect(other.status == 201)
        #expect(allowed.status == 201)
    }

    @Test("F-02: a mailbox has only so many subscriptions")
    func limit() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        desk.graph.subscriptionLimit = 1
        _ = try await desk.subscribe()

        #expect(try await desk.subscribe("me/calendar/events").status == 403)
    }

    @Test("F-02: a renewal sets a later end, and changes nothing that is fixed at the opening")
    func renew() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let path = "/subscriptions/" + (try await desk.subscribe()).id
        desk.clock.advance(by: 3600)

        let renewed = try await desk.call(.patch, path, ["expirationDateTime": desk.instant(minutes: 4230)])
        let tooLong = try await desk.call(.patch, path, ["expirationDateTime": desk.instant(minutes: 4231)])
        let lifecycle = try await desk.call(.patch, path, ["lifecycleNotificationUrl": .string(GraphDesk.hook)])
        let nothing = try await desk.call(.patch, path, [:])

        #expect(renewed.status == 200)
        #expect(renewed.json["expirationDateTime"] == "2026-01-08T08:30:00Z")
        #expect(tooLong.code == "ExtensionError")
        #expect(lifecycle.status == 400)
        #expect(nothing.status == 400)
    }

    @Test("F-02: what has expired, was deleted or belongs to somebody else is not there")
    func gone() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        let first = "/subscriptions/" + (try await desk.subscribe()).id
        let second = "/subscriptions/" + (try await desk.subscribe("me/calendar/events")).id

        let foreign = try await omar.call(.get, first)
        let deleted = try await desk.call(.delete, first)
        let again = try await desk.call(.delete, first)
        // Access tokens live for an hour and a half at most, so a second one is needed at the end.
        desk.clock.advance(by: 4201 * 60)
        let later = try await GraphDesk(desk, as: GraphDesk.nora)
        let expired = try await later.call(.patch, second, ["expirationDateTime": later.instant(minutes: 60)])

        let statuses: [Int] = [foreign.status, deleted.status, again.status, expired.status]
        let expected: [Int] = [404, 204, 404, 404]
        #expect(statuses == expected)
        #expect(expired.code == "ResourceNotFound")
        #expect(try await later.call(.get, "/subscriptions").values.isEmpty)
    }

    @Test("the permission to read is enough, and without one nothing can be watched")
    func scopes() async throws {
        let host = NotificationHost()
        let reader = try await GraphDesk(scope: "User.Read Calendars.Read", clock: host.clock, receivers: host)
        let stranger = try await GraphDesk(scope: "User.Read", clock: host.clock, receivers: host)

        #expect(try await reader.subscribe().status == 201)
        #expect(try await stranger.subscribe().status == 403)
        #expect(try await reader.call(.get, "/me/subscriptions").status == 400)
    }
}
