import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: a store that was restored or lost")
struct EndToEndRestoreTests {
    @Test(
        "M-34 a backup from before a write was sent makes no second event and sends no mail",
        arguments: Service.allCases
    )
    func backup(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let stores = CalendarStorage.inMemory()
        let backup = InMemoryEventRepository()
        let events = BackedUpRepository(stores.events, backup: backup)
        let first = world.host(
            service,
            on: CalendarStorage(events: events, connections: stores.connections, tokens: stores.tokens),
            seed: 3
        )
        let start = try await first.connect(service.id)
        let callback = try simulator.consent(to: start.url, as: service.address, granting: nil)
        let connection = try await first.complete(callback: callback, of: start.cookie).key.connection
        try await first.sync(connection).finish()
        let content = try World.event("Kick-off", on: "2026-03-18")
        let record = try await first.create(content, in: connection, invitations: .silent)
        events.endCopying()
        try await first.sync(connection).finish()
        try await first.update(record, invitations: .silent) { $0.location = "Room 3" }
        try await first.sync(connection).finish()
        #expect(simulator.events(of: service.address, calendar: nil).count == 1)

        // The database is restored: the create waits in its outbox as if it had never left.
        let restored = CalendarStorage(events: backup, connections: stores.connections, tokens: stores.tokens)
        let second = world.host(service, on: restored, seed: 4)
        for _ in 0..<3 { try await second.sync(connection).finish() }

        let remote = simulator.events(of: service.address, calendar: nil).filter { !$0.isCancelled }
        #expect(remote.map(\.title) == ["Kick-off"])
        #expect(simulator.mail.isEmpty)
        let agenda = try await second.agenda(
            from: world.clock.now,
            to: world.clock.now.addingTimeInterval(7 * 86_400),
            in: World.vienna
        )
        #expect(agenda.map(\.content.title) == ["Kick-off"])
        #expect(agenda.map(\.content.location) == ["Room 3"])
        #expect(agenda.map(\.record) == [record])
    }

    @Test("M-34 a lost database is read anew: nothing is written and nobody gets mail", arguments: Service.allCases)
    func lost(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        for day in ["18", "19", "20"] {
            try await world.host(service)
                .create(try World.event("Day \(day)", on: "2026-03-\(day)"), in: connection, invitations: .silent)
        }
        try await world.sync(service, connection)
        let before = try await world.agenda(service).map(\.content.title)
        simulator.clearRequests()

        let fresh = world.host(service, on: .inMemory(), seed: 5)
        let start = try await fresh.connect(service.id)
        let callback = try simulator.consent(to: start.url, as: service.address, granting: nil)
        let again = try await fresh.complete(callback: callback, of: start.cookie).key.connection
        for _ in 0..<2 { try await fresh.sync(again).finish() }

        let agenda = try await fresh.agenda(
            from: world.clock.now,
            to: world.clock.now.addingTimeInterval(7 * 86_400),
            in: World.vienna
        )
        #expect(agenda.map(\.content.title) == before)
        #expect(simulator.events(of: service.address, calendar: nil).count == 3)
        #expect(!simulator.requests.contains { $0.isWrite && !$0.path.contains("token") })
        #expect(simulator.mail.isEmpty)
    }
}
