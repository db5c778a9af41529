import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: healing")
struct EndToEndHealingTests {
    @Test("R-20 an access token that expires in the middle of a sync costs one refresh", arguments: Service.allCases)
    func accessToken(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 17...22 { simulator.add(try World.event("Event \(day)", on: "2026-03-\(day)"), to: service.address) }
        simulator.pageSize = 2
        let id = try await world.connect(service).key.connection
        simulator.clearRequests()
        var steps = 0

        for try await _ in try await world.host(service).sync(id) {
            steps += 1
            if steps == 2 { simulator.expireAccessTokens() }
        }

        #expect(steps > 3)
        #expect(simulator.tokenRequests.count == 1)
        #expect(try await world.titles(service).count == 6)
    }

    @Test("R-21 an expired cursor causes a full round with nothing missing or extra", arguments: Service.allCases)
    func cursor(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let dropped = simulator.add(try World.event("Dropped", on: "2026-03-17"), to: service.address)
        for day in 18...22 { simulator.add(try World.event("Event \(day)", on: "2026-03-\(day)"), to: service.address) }
        simulator.pageSize = 2
        let id = try await world.connectAndSync(service)
        let before = try await StoredState(world).records.map(\.id)

        simulator.remove(dropped, of: service.address, calendar: nil)
        simulator.add(try World.event("Added", on: "2026-03-23"), to: service.address)
        simulator.expireSyncTokens()
        let report = try await world.sync(service, id)

        let titles = try await world.titles(service)
        #expect(titles == (18...22).map { "Event \($0)" } + ["Added"])
        #expect(report.fullRounds == 1)
        #expect(report.removed == 1)
        #expect(report.created == 1)
        #expect(Set(try await StoredState(world).records.map(\.id)).intersection(before).count == 5)
        #expect(simulator.writes.isEmpty)
    }

    @Test("R-21 a full round keeps a series with its exceptions", arguments: Service.allCases)
    func cursorWithSeries(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let series = simulator.add(try Samples.series("Standup"), to: service.address)
        let cancelled = try World.time("2026-03-25T10:00:00")
        simulator.cancelOccurrence(of: series, startingAt: cancelled, of: service.address, calendar: nil)
        simulator.editOccurrence(of: series, at: try World.time("2026-04-01T10:00:00"), of: service.address) {
            $0.title = "Changed"
        }
        let id = try await world.connectAndSync(service)
        let before = try await world.agenda(service)

        simulator.expireSyncTokens()
        try await world.sync(service, id)

        #expect(try await world.agenda(service) == before)
        #expect(before.compactMap(\.content.title) == ["Standup", "Changed", "Standup"])
    }

    @Test("empty pages end nothing", arguments: Service.allCases)
    func emptyPages(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 17...22 { simulator.add(try World.event("Event \(day)", on: "2026-03-\(day)"), to: service.address) }
        simulator.pageSize = 2
        simulator.emptyPageEvery = 2
        let id = try await world.connect(service).key.connection

        let report = try await world.sync(service, id)

        #expect(report.pages > 3)
        #expect(try await world.titles(service).count == 6)
    }

    @Test("a busy service is asked again after the time it names", arguments: Service.allCases, [429, 503])
    func busy(service: Service, status: Int) async throws {
        let world = World()
        let simulator = world.simulator(service)
        simulator.add(try World.event("Review", on: "2026-03-18"), to: service.address)
        let id = try await world.connect(service).key.connection
        let started = world.clock.now
        simulator.add(
            SimulatedFault(
                .answer(HTTPResponse(status: status, headers: ["Retry-After": "17"])),
                pathContains: service.feed
            )
        )

        try await world.sync(service, id)

        #expect(world.clock.now.timeIntervalSince(started) >= 17)
        #expect(world.clock.now.timeIntervalSince(started) < 20)
        #expect(try await world.titles(service) == ["Review"])
    }

    @Test("R-28 one malformed event is one issue, and the others are mirrored", arguments: Service.allCases)
    func poison(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 17...19 { simulator.add(try World.event("Event \(day)", on: "2026-03-\(day)"), to: service.address) }
        let id = try await world.connect(service).key.connection
        world.tap(service).rewrite(service.feed) { response in
            try response.edit { page in
                let items = page[service.list] as? [Any] ?? []
                page[service.list] = [["id": "broken", "subject": "Broken", "start": 5, "end": ["no": true]]] + items
            }
        }

        let report = try await world.sync(service, id)

        let issues = try await world.host(service).issues(of: id)
        #expect(report.issues == 1)
        #expect(issues.map(\.event) == ["broken"])
        #expect(issues.first?.field != nil)
        #expect(try await world.titles(service) == ["Event 17", "Event 18", "Event 19"])
    }

    @Test("R-12 R-14 a grant that ended asks for a new connect and causes no further call", arguments: Service.allCases)
    func endedGrant(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = try await world.connectAndSync(service)
        simulator.revoke(service.address)
        simulator.expireAccessTokens()

        let first = try await failure { try await world.sync(service, id) }
        simulator.clearRequests()
        let second = try await failure { try await world.sync(service, id) }
        let third = try await failure { _ = try await world.host(service).calendars(of: id) }

        #expect([first, second, third].map(\.code) == [.reconnectRequired, .reconnectRequired, .reconnectRequired])
        #expect(first.reason == "invalid_grant")
        #expect(simulator.requests.isEmpty)
        let status = try await world.host(service).connections().first?.status
        #expect(status == .reconnectRequired(code: "invalid_grant"))
    }

    @Test("R-15 after a reconnect the next sync goes on from the cursor", arguments: Service.allCases)
    func reconnected(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = try await world.connectAndSync(service)
        simulator.revoke(service.address)
        simulator.expireAccessTokens()
        _ = try await failure { try await world.sync(service, id) }
        let host = world.host(service)
        let start = try await host.reconnect(id)
        let callback = try simulator.consent(to: start.url, as: service.address, granting: nil)
        _ = try await host.complete(callback: callback, of: start.cookie)
        simulator.add(try World.event("Added", on: "2026-03-18"), to: service.address)
        simulator.clearRequests()

        let report = try await world.sync(service, id)

        #expect(simulator.requests.count == 1)
        #expect(report.fullRounds == 0)
        #expect(try await world.titles(service) == ["Added"])
    }
}
