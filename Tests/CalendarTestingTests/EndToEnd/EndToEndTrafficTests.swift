import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: traffic")
struct EndToEndTrafficTests {
    @Test("n pages cost n requests", arguments: Service.allCases)
    func pages(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 17...23 { simulator.add(try World.event("Event \(day)", on: "2026-03-\(day)"), to: service.address) }
        simulator.pageSize = 3
        let id = try await world.connect(service).key.connection

        let report = try await world.sync(service, id)

        let feed = simulator.requests.filter { $0.path.contains(service.feed) }
        #expect(report.pages == 3)
        #expect(feed.count == 3)
        #expect(try await world.titles(service).count == 7)
    }

    @Test("a sync that was left in the middle goes on from the next page", arguments: Service.allCases)
    func interrupted(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 17...23 { simulator.add(try World.event("Event \(day)", on: "2026-03-\(day)"), to: service.address) }
        simulator.pageSize = 3
        let id = try await world.connect(service).key.connection
        for try await progress in try await world.host(service).sync(id) where progress.report.pages == 2 { break }

        let report = try await world.sync(service, id)

        let feed = simulator.requests.filter { $0.path.contains(service.feed) }
        #expect(report.pages == 1)
        #expect(feed.count == 3)
        #expect(try await world.titles(service).count == 7)
    }

    @Test("a sync without changes costs one request and no write", arguments: Service.allCases)
    func quiet(service: Service) async throws {
        let world = World()
        world.simulator(service).add(try World.event("Review", on: "2026-03-18"), to: service.address)
        let id = try await world.connectAndSync(service)

        let report = try await world.sync(service, id)

        #expect(world.simulator(service).requests.count == 1)
        #expect(world.simulator(service).writes.isEmpty)
        #expect(report.updated + report.created + report.removed + report.pushed == 0)
    }

    @Test("R-02 pulling events and syncing again writes nothing", arguments: Service.allCases)
    func pullOnly(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for content in try Samples.varied() { simulator.add(content, to: service.address) }
        let before = simulator.events(of: service.address)
        let id = try await world.connectAndSync(service)
        let records = try await StoredState(world).records

        for _ in 0..<3 { try await world.sync(service, id) }

        #expect(simulator.writes.isEmpty)
        #expect(simulator.events(of: service.address) == before)
        #expect(try await StoredState(world).records == records)
    }

    @Test("the echo of an own write changes nothing", arguments: Service.allCases)
    func echo(service: Service) async throws {
        let world = World()
        let id = try await world.connectAndSync(service)
        let plan = try await world.host(service).plan(try Samples.meeting())
        _ = try await world.host(service).carryOut(plan)
        let records = try await StoredState(world).records
        world.simulator(service).clearRequests()

        let report = try await world.sync(service, id)

        #expect(report.seen > 0)
        #expect(report.created + report.updated + report.removed == 0)
        #expect(world.simulator(service).writes.isEmpty)
        #expect(try await StoredState(world).records == records)
    }

    @Test("a second sync after an own write costs one request", arguments: Service.allCases)
    func afterEcho(service: Service) async throws {
        let world = World()
        let id = try await world.connectAndSync(service)
        _ = try await world.host(service).carryOut(try await world.host(service).plan(try Samples.meeting()))
        try await world.sync(service, id)
        world.simulator(service).clearRequests()

        try await world.sync(service, id)

        #expect(world.simulator(service).requests.count == 1)
    }
}

/// Content for several suites.
enum Samples {
    /// A single event, an all-day one, a private one, a tentative one and a series.
    static func varied() throws -> [EventContent] {
        var hidden = try World.event("Dentist", on: "2026-03-18")
        hidden.visibility = .private
        var tentative = try World.event("Perhaps", on: "2026-03-19")
        tentative.availability = .tentative
        var allDay = hidden
        allDay.visibility = .standard
        allDay.title = "Fair"
        allDay.start = .day(try #require(CivilDate("2026-03-20")))
        allDay.end = .day(try #require(CivilDate("2026-03-21")))
        return [try World.event("Review", on: "2026-03-17"), hidden, tentative, allDay, try series("Standup")]
    }

    /// A weekly series on Wednesdays from 18 March, six times: the third lies after the change of clocks.
    static func series(_ title: String) throws -> EventContent {
        var content = try World.event(title, on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=WE"])
        return content
    }

    /// Half an hour on 18 March from 09:00 UTC on.
    static func meeting(with guests: [EventPerson] = [], title: String = "Kick-off") throws -> Meeting {
        let start = try World.instant("2026-03-18T09:00:00Z")
        return Meeting(title, start: start, end: start.addingTimeInterval(1800), with: guests)
    }
}
