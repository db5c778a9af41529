import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: each intent is carried out once, and none is swallowed")
struct EndToEndIntentTests {
    /// What the service shows.
    private func live(_ simulator: any SimulatedService, _ service: Service) -> [SimulatedEvent] {
        simulator.events(of: service.address, calendar: nil).filter { !$0.isCancelled }
    }

    @Test("R-43 delete, undo and delete again are three writes", arguments: Service.allCases)
    func generations(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let content = try World.event("Review", on: "2026-03-18")

        let first = try await host.create(content, in: connection, invitations: .silent)
        try await world.sync(service, connection)
        try await host.delete(first, invitations: .silent)
        try await world.sync(service, connection)
        #expect(live(simulator, service).isEmpty)
        let second = try await host.create(content, in: connection, invitations: .silent)
        try await world.sync(service, connection)
        #expect(live(simulator, service).count == 1)
        try await host.delete(second, invitations: .silent)
        try await world.sync(service, connection)

        #expect(live(simulator, service).isEmpty)
        #expect(simulator.requests.filter { $0.method == .delete }.count == 2)
        #expect(try await world.titles(service).isEmpty)
    }

    @Test(
        "R-43 an edit, its undoing and the edit again before a sync send what is left of them",
        arguments: Service.allCases
    )
    func undone(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let record = try await host.create(
            try World.event("Review", on: "2026-03-18"),
            in: connection,
            invitations: .silent
        )
        try await world.sync(service, connection)
        simulator.clearRequests()

        for title in ["Audit", "Review", "Audit"] {
            try await host.update(record, invitations: .silent) { $0.title = title }
        }
        try await world.sync(service, connection)

        #expect(simulator.requests.filter { $0.method == .patch }.count == 1)
        #expect(simulator.events(of: service.address, calendar: nil).map(\.title) == ["Audit"])
    }

    @Test(
        "R-35 a reschedule and a cancellation reach the service in the next round although the first call fails",
        arguments: Service.allCases,
        [SimulatedFault.Effect.loseRequest, .loseReply, .status(503)]
    )
    func failing(service: Service, effect: SimulatedFault.Effect) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let record = try await host.create(
            try World.event("Review", on: "2026-03-18"),
            in: connection,
            invitations: .silent
        )
        try await world.sync(service, connection)

        let (start, end) = (try World.time("2026-03-19T15:00:00"), try World.time("2026-03-19T16:00:00"))
        try await host.update(record, invitations: .silent) { ($0.start, $0.end) = (start, end) }
        simulator.add(SimulatedFault(effect, method: .patch))
        try await world.sync(service, connection)
        let starts = live(simulator, service).map { $0.start.date(floatingIn: .utc) }
        #expect(starts == [start.date(floatingIn: .utc)])

        try await host.delete(record, invitations: .silent)
        simulator.add(SimulatedFault(effect, method: .delete))
        try await world.sync(service, connection)
        #expect(live(simulator, service).isEmpty)
        let quiet = try await world.sync(service, connection)
        #expect(quiet.pushed + quiet.waiting + quiet.created == 0)
    }

    @Test("R-01 an event whose making got no answer is never seen twice, though Outlook's feed shows no creation key")
    func unanswered() async throws {
        let world = World()
        let simulator = world.simulator(.microsoft)
        let connection = try await world.connectAndSync(.microsoft)
        let host = world.host(.microsoft)
        let content = try World.event("Review", on: "2026-03-18")
        let record = try await host.create(content, in: connection, invitations: .silent)
        simulator.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events", times: 30))
        simulator.add(SimulatedFault(.status(503), method: .get, pathContains: "/events", times: 40))

        var failures = 0
        for _ in 0..<20 {
            do { try await world.sync(.microsoft, connection) } catch is CalendarError { failures += 1 }
            #expect(try await world.titles(.microsoft).count == 1)
            world.clock.advance(by: 3600)
        }
        #expect((1..<20).contains(failures))
        #expect(live(simulator, .microsoft).map(\.title) == ["Review"])
        try await host.update(record, invitations: .silent) { $0.title = "Audit" }
        try await world.sync(.microsoft, connection)
        #expect(live(simulator, .microsoft).map(\.title) == ["Audit"])
    }

    @Test(
        "M-15 the status follows a calendar from before its first sync to its last write",
        arguments: Service.allCases
    )
    func status(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 10..<18 {
            _ = simulator.add(try World.event("Day \(day)", on: "2026-03-\(day)"), to: service.address, calendar: nil)
        }
        simulator.pageSize = 3
        let connection = try await world.connect(service).key.connection
        let host = world.host(service)
        #expect(try await host.status(of: connection).isEmpty)

        var isSeenUnfinished = false
        for try await progress in try await host.sync(connection) where progress.report.pages == 1 {
            isSeenUnfinished = try await host.status(of: connection).first?.isUnfinished == true || isSeenUnfinished
        }
        #expect(isSeenUnfinished)
        let synced = try #require(try await host.status(of: connection).first)
        #expect(synced.syncedAt == world.clock.now)
        #expect(!synced.isUnfinished)
        #expect((synced.waiting, synced.issues) == (0, 0))

        try await host.create(try World.event("New", on: "2026-03-20"), in: connection, invitations: .silent)
        #expect(try await host.status(of: connection).map(\.waiting) == [1])
        try await world.sync(service, connection)
        #expect(try await host.status(of: connection).map(\.waiting) == [0])
    }
}
