import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: deliveries and lifecycle events")
struct GraphDeliveryTests {
    @Test("F-02: what waits for one address travels together, in so many as a delivery holds")
    func batches() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        desk.graph.deliverySize = 2
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        _ = try await desk.subscribe()
        _ = try await omar.subscribe()
        _ = try await omar.subscribe("me/calendar/events", ["notificationUrl": "https://other.example.com/hook"])
        for _ in 1...2 { _ = try await desk.create() }
        _ = try await omar.create()

        let deliveries = desk.graph.takeDeliveries()

        let counts = try deliveries.map { try JSONNode([UInt8]($0.body))["value"]?.elements.count ?? 0 }
        let expected: [Int] = [2, 1, 1]
        #expect(counts == expected)
        let hooks = [GraphDesk.hook, GraphDesk.hook, "https://other.example.com/hook"]
        #expect(deliveries.map(\.url.absoluteString) == hooks)
        #expect(deliveries.allSatisfy { $0.method == .post && $0.headers["Content-Type"]?.contains("json") == true })
        #expect(desk.graph.takeDeliveries().isEmpty)
    }

    @Test("F-02, Trap 20: one change can cause a burst, of which all but the first are updates")
    func burst() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        desk.graph.notificationBurst = 3
        _ = try await desk.subscribe()

        let event = try await desk.create()
        _ = try await desk.call(.delete, desk.path(event.id))

        let kinds = try desk.notifications().map { $0["changeType"]?.string }
        #expect(kinds == ["created", "updated", "updated", "deleted"])
    }

    @Test("F-02: deliveries can be lost, doubled, held and delayed")
    func switches() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        _ = try await desk.subscribe()
        func taken() async throws -> Int {
            _ = try await desk.create()
            return desk.graph.takeDeliveries().count
        }

        desk.graph.loseDeliveryEvery = 1
        let lost = try await taken()
        desk.graph.loseDeliveryEvery = nil
        desk.graph.doubleDeliveryEvery = 1
        let doubled = try await taken()
        desk.graph.doubleDeliveryEvery = nil
        desk.graph.holdsDeliveries = true
        let held = try await taken()
        let waiting = desk.graph.pendingDeliveryCount
        desk.graph.holdsDeliveries = false
        let released = desk.graph.takeDeliveries().count
        desk.graph.deliveryDelay = 60
        let early = try await taken()
        desk.clock.advance(by: 60)
        let late = desk.graph.takeDeliveries().count

        let counts: [Int] = [lost, doubled, held, waiting, released, early, late]
        let expected: [Int] = [0, 2, 0, 1, 1, 0, 1]
        #expect(counts == expected)
    }

    @Test("F-02: without 2xx a delivery comes again with growing waits", arguments: [500, 503, 404, 301, 0])
    func retried(_ status: Int) async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)
        _ = try await desk.subscribe()
        _ = try await desk.create()
        host.statuses = [status, status]

        var sent = [try await desk.graph.deliver(through: host)]
        for seconds in [1.0, 1, 3, 1] {
            desk.clock.advance(by: seconds)
            sent.append(try await desk.graph.deliver(through: host))
        }

        let expected: [Int] = [1, 0, 1, 0, 1]
        #expect(sent == expected)
        #expect(desk.graph.pendingDeliveryCount == 0)
        let bodies = Set(host.requests.suffix(3).map(\.body))
        #expect(bodies.count == 1)
    }

    @Test("F-02: a delivery that nobody takes is given up within four hours")
    func givenUp() async throws {
        let host = NotificationHost()
        let desk = try await GraphDesk(host: host)
        _ = try await desk.subscribe()
        _ = try await desk.create()
        host.statuses = Array(repeating: 503, count: 100)
        let start = desk.clock.now

        while desk.graph.pendingDeliveryCount > 0, desk.clock.now.timeIntervalSince(start) < 5 * 3600 {
            try await desk.graph.deliver(through: host)
            desk.clock.advance(by: 60)
        }

        #expect(desk.graph.pendingDeliveryCount == 0)
        #expect(desk.clock.now.timeIntervalSince(start) < 4 * 3600)
        #expect(desk.clock.now.timeIntervalSince(start) > 2 * 3600)
    }

    @Test("F-02: until a subscription is authorised again it reports nothing, and never what it missed")
    func reauthorization() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let subscription = try await desk.subscribe()
        let path = "/subscriptions/\(subscription.id)"

        desk.graph.apply(.reauthorizationRequired, to: ChannelID(subscription.id))
        let told = try desk.notifications()
        _ = try await desk.create()
        let paused = try desk.notifications()
        let authorised = try await desk.call(.post, path + "/reauthorize")
        _ = try await desk.create()
        let resumed = try desk.notifications()
        let end = try await desk.call(.get, path).json["expirationDateTime"]
        desk.graph.apply(.reauthorizationRequired, isAnnounced: false)
        let silence = try desk.notifications()
        _ = try await desk.call(.patch, path, ["expirationDateTime": desk.instant(minutes: 4000)])
        _ = try await desk.create()

        #expect(told.map { $0["lifecycleEvent"]?.string } == ["reauthorizationRequired"])
        #expect(told.first?["clientState"] == "s3cret")
        #expect(told.first?["subscriptionId"]?.string == subscription.id)
        #expect(paused.isEmpty && silence.isEmpty)
        #expect(authorised.status == 204)
        #expect(resumed.count == 1)
        #expect(end == subscription.json["expirationDateTime"])
        #expect(try desk.notifications().count == 1)
    }

    @Test("F-02: a removed subscription is gone, with or without a word", arguments: [true, false])
    func removed(_ isAnnounced: Bool) async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let subscription = try await desk.subscribe()

        desk.graph.apply(.subscriptionRemoved, to: ChannelID(subscription.id), isAnnounced: isAnnounced)

        let deliveries = desk.graph.takeDeliveries()
        #expect(deliveries.map(\.url.absoluteString) == (isAnnounced ? [GraphDesk.lifecycleHook] : []))
        #expect(try await desk.call(.get, "/subscriptions/\(subscription.id)").status == 404)
        _ = try await desk.create()
        #expect(desk.graph.pendingDeliveryCount == 0)
    }

    @Test("F-02: missed notifications are gone, and the address for lifecycle events is told so")
    func missed() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        _ = try await desk.subscribe()
        _ = try await desk.subscribe("me/calendar/events", ["lifecycleNotificationUrl": .null])
        _ = try await desk.create()

        desk.graph.apply(.missed)

        #expect(try desk.notifications().map { $0["lifecycleEvent"]?.string } == ["missed"])
    }
}
