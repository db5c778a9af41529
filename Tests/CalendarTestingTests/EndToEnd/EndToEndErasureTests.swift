import CalendarCore
import CalendarTesting
import Testing

@Suite("End to end: erasing somebody beside a running sync")
struct EndToEndErasureTests {
    @Test("M-53 a sync between two of its steps goes no further", arguments: Service.allCases, 0...3)
    func betweenSteps(service: Service, steps: Int) async throws {
        let world = World()
        world.simulator(service).add(try World.event("Private", on: "2026-03-18"), to: service.address)
        let id = try await world.connect(service).key.connection
        var run = try await world.host(service).sync(id).makeAsyncIterator()
        for _ in 0..<steps { _ = try await run.next() }

        try await world.storage.erase(.person(service.user, of: World.tenant))
        let requests = world.simulator(service).requests.count
        let error = try await failure { while try await run.next() != nil {} }
        #expect(error.code == .notFound)
        #expect(world.simulator(service).requests.count == requests)
        try await expectNothing(in: world.storage)
    }

    @Test("M-53 a sync that has read and not stored yet is refused", arguments: Service.allCases, [false, true])
    func beforeCommit(service: Service, isKnownBefore: Bool) async throws {
        let world = World()
        let simulator = world.simulator(service)
        simulator.add(try World.event("Private", on: "2026-03-18"), to: service.address)
        let id = try await world.connect(service).key.connection
        if isKnownBefore {
            try await world.sync(service, id)
            simulator.add(try World.event("Later", on: "2026-03-19"), to: service.address)
        }
        let interrupted = CalendarStorage(
            events: ErasingRepository(storage: world.storage, scope: .person(service.user, of: World.tenant)),
            connections: world.storage.connections,
            tokens: world.storage.tokens
        )
        let host = world.host(service, on: interrupted)
        let error = try await failure { try await host.sync(id).finish() }
        #expect([.leaseLost, .revisionConflict].contains(error.code))
        try await expectNothing(in: world.storage)
    }

    @Test("M-53 a colleague keeps what is the colleague's, and goes on being mirrored")
    func colleague() async throws {
        let world = World()
        let ada = try await world.connect(.google).key.connection
        let grace = try await world.connect(.microsoft).key.connection
        world.simulator(.google).add(try World.event("Ada's own", on: "2026-03-19"), to: Service.google.address)
        world.simulator(.microsoft).add(try World.event("Grace's own", on: "2026-03-20"), to: Service.microsoft.address)
        try await world.sync(.google, ada)
        try await world.sync(.microsoft, grace)

        try await world.storage.erase(.person(Service.google.user, of: World.tenant))
        #expect(try await world.titles(.microsoft) == ["Grace's own"])
        world.simulator(.microsoft).add(try World.event("New", on: "2026-03-21"), to: Service.microsoft.address)
        try await world.sync(.microsoft, grace)
        #expect(try await world.titles(.microsoft) == ["Grace's own", "New"])
        let connections = try await world.storage.connections.connections(of: World.tenant)
        #expect(connections.map(\.key.connection) == [grace])
    }

    private func expectNothing(in storage: CalendarStorage) async throws {
        #expect(try await storage.events.calendars(of: World.tenant) == [])
        #expect(try await storage.events.records(of: World.tenant, after: nil, limit: 9) == [])
        #expect(try await storage.events.changes(of: World.tenant, after: 0, limit: 9) == [])
        #expect(try await storage.connections.connections(of: World.tenant) == [])
        #expect("\(storage.tokens)" == "tokens of 0 connections")
    }
}

/// A repository in front of which somebody is erased before each commit.
private struct ErasingRepository: ForwardingEventRepository {
    let storage: CalendarStorage
    let scope: DataScope

    var next: any EventRepository { storage.events }

    func commit(_ commit: RepositoryCommit) async throws {
        try await storage.erase(scope)
        try await next.commit(commit)
    }
}
