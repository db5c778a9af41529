import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: notification channels against the simulator")
struct SimulatedChannelTests {
    private let host = ChannelHost()

    private func opening(
        _ graph: GraphHarness,
        on calendar: CalendarID? = nil,
        lifetime: Duration? = nil
    ) throws -> ChannelOpening {
        try ChannelOpening(
            id: "channel-1",
            calendar: calendar ?? graph.calendar,
            address: try #require(URL(string: "https://host.example.com/hook?endpoint=1")),
            secret: Secret("s3cret"),
            lifetime: lifetime
        )
    }

    /// Makes an event, and gives what the host was told of it.
    private func reports(_ graph: GraphHarness, in calendar: CalendarID? = nil) async throws -> [ChannelNotification] {
        graph.simulator.add(try Sample.content(), to: GraphHarness.ada, calendar: calendar)
        try await graph.simulator.deliver(through: host)
        return host.take()
    }

    @Test("F-02: the adapter answers the service's question, and a change arrives with the channel's secret (M-17)")
    func open() async throws {
        let graph = try await GraphHarness(receivers: host)

        let channel = try await graph.provider.openChannel(
            try opening(graph, lifetime: .seconds(86_400)),
            session: graph.session
        )
        let reports = try await reports(graph)

        #expect(channel.expiresAt == graph.clock.now.addingTimeInterval(86_400))
        #expect(channel.calendar == graph.calendar)
        #expect(reports.map { $0.isAuthentic(for: channel) } == [true])
        let id = try #require(graph.simulator.events(of: GraphHarness.ada).first?.id)
        #expect(reports.map(\.kind) == [.changed(id)])
    }

    @Test("Trap 29: a life of a week is cut to what the service says that it allows")
    func lifetime() async throws {
        let graph = try await GraphHarness(receivers: host)
        let provider = MicrosoftCalendarProvider(configuration: .init(channelLifetime: .seconds(10_080 * 60)))

        let short = try await provider.openChannel(try opening(graph), session: graph.session)
        graph.simulator.longestSubscription = 10_080
        graph.simulator.refusesRepeatedSubscriptions = false
        let long = try await provider.openChannel(try opening(graph), session: graph.session)

        #expect(short.expiresAt == graph.clock.now.addingTimeInterval(4225 * 60))
        #expect(long.expiresAt == graph.clock.now.addingTimeInterval(10_080 * 60))
    }

    @Test("Trap 18: where single calendars are not watched, only the default one is, by the mailbox's events")
    func fallback() async throws {
        let graph = try await GraphHarness(receivers: host)
        let other = graph.simulator.addCalendar("Other", to: GraphHarness.ada, zone: .utc)
        graph.simulator.watchesSingleCalendars = false

        let channel = try await graph.provider.openChannel(try opening(graph), session: graph.session)
        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.openChannel(try opening(graph, on: other), session: graph.session)
        }

        #expect(channel.resource == "me/events")
        #expect(error?.code == .unsupported)
        #expect(try await reports(graph).map { $0.isAuthentic(for: channel) } == [true])
        #expect(try await reports(graph, in: other).isEmpty)
    }

    @Test("Trap 18: a calendar that is not the default one is watched by its own path")
    func secondCalendar() async throws {
        let graph = try await GraphHarness(receivers: host)
        let other = graph.simulator.addCalendar("Other", to: GraphHarness.ada, zone: .utc)

        let channel = try await graph.provider.openChannel(try opening(graph, on: other), session: graph.session)

        #expect(try await reports(graph).isEmpty)
        #expect(try await reports(graph, in: other).map { $0.isAuthentic(for: channel) } == [true])
    }

    @Test(
        "Trap 19: an address that answers wrongly, or is never asked, is a fault of the set-up",
        arguments: [nil, 500, 200]
    )
    func unanswered(_ status: Int?) async throws {
        let graph = try await GraphHarness(receivers: host)
        host.fail(with: status)
        if status == nil { graph.simulator.unsentQuestions = 1 }

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.openChannel(try opening(graph), session: graph.session)
        }

        #expect(error?.code == .configuration)
    }

    @Test("the same channel opened twice is replaced, because the service does not tell its secret")
    func twice() async throws {
        let graph = try await GraphHarness(receivers: host)
        let first = try await graph.provider.openChannel(try opening(graph), session: graph.session)

        let second = try await graph.provider.openChannel(try opening(graph), session: graph.session)

        #expect(second.id != first.id)
        let told = try await reports(graph)
        #expect(told.map { $0.isAuthentic(for: first) } == [false])
        #expect(told.map { $0.isAuthentic(for: second) } == [true])
    }

    @Test("a channel is renewed in place, which also authorises it afresh")
    func renew() async throws {
        let graph = try await GraphHarness(receivers: host)
        let channel = try await graph.provider.openChannel(try opening(graph), session: graph.session)
        graph.simulator.apply(.reauthorizationRequired)
        try await graph.simulator.deliver(through: host)
        let told = host.take()
        let paused = try await reports(graph)
        graph.clock.advance(by: 3600)

        let renewed = try await graph.provider.renewChannel(channel, as: try opening(graph), session: graph.session)

        #expect(told.map(\.kind) == [.reauthorizationRequired])
        #expect(told.map { $0.isAuthentic(for: channel) } == [true])
        #expect(paused.isEmpty)
        #expect(renewed.id == channel.id)
        #expect(renewed.expiresAt == graph.clock.now.addingTimeInterval(4200 * 60))
        #expect(try await reports(graph).count == 1)
    }

    @Test("Trap 18: a channel that the service has removed is opened anew by its renewal", arguments: [true, false])
    func removed(_ isAnnounced: Bool) async throws {
        let graph = try await GraphHarness(receivers: host)
        let channel = try await graph.provider.openChannel(try opening(graph), session: graph.session)
        graph.simulator.apply(.subscriptionRemoved, isAnnounced: isAnnounced)
        try await graph.simulator.deliver(through: host)
        let told = host.take()

        let renewed = try await graph.provider.renewChannel(channel, as: try opening(graph), session: graph.session)

        #expect(told.map(\.kind) == (isAnnounced ? [.closed] : []))
        #expect(renewed.id != channel.id)
        #expect(try await reports(graph).map { $0.isAuthentic(for: renewed) } == [true])
    }

    @Test("a closed channel reports nothing, and closing it again succeeds")
    func close() async throws {
        let graph = try await GraphHarness(receivers: host)
        let channel = try await graph.provider.openChannel(try opening(graph), session: graph.session)

        try await graph.provider.closeChannel(channel, session: graph.session)
        try await graph.provider.closeChannel(channel, session: graph.session)

        #expect(try await reports(graph).isEmpty)
    }

    @Test("missed notifications are said to be missed, and a burst is read whole")
    func missedAndBurst() async throws {
        let graph = try await GraphHarness(receivers: host)
        _ = try await graph.provider.openChannel(try opening(graph), session: graph.session)
        graph.simulator.apply(.missed)
        try await graph.simulator.deliver(through: host)
        let told = host.take()
        graph.simulator.notificationBurst = 4

        #expect(told.map(\.kind) == [.missed])
        #expect(try await reports(graph).count == 4)
    }

    @Test(
        "Trap 22: a refusal for too many requests carries the wait, whole or with a fraction",
        arguments: [
            (GraphThrottle.Wait.whole, 600.0), (.fraction, 600.128), (.one, 1), (.missing, nil),
        ] as [(GraphThrottle.Wait, Double?)]
    )
    func throttled(_ wait: GraphThrottle.Wait, _ seconds: Double?) async throws {
        let graph = try await GraphHarness()
        graph.simulator.throttle = GraphThrottle(requests: 1, wait: wait)
        _ = try await graph.provider.calendars(session: graph.session)

        let error = await #expect(throws: CalendarError.self) {
            try await graph.provider.calendars(session: graph.session)
        }

        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfter == seconds)
    }
}
