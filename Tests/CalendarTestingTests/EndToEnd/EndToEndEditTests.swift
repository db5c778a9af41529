import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: edits in the host")
struct EndToEndEditTests {
    @Test(
        "an event is created, changed and deleted at the service, with one write each (M-11)",
        arguments: Service.allCases
    )
    func wholeLife(service: Service) async throws {
        let world = World()
        let host = world.host(service)
        let id = try await world.connectAndSync(service)
        func remote() -> [String] { world.simulator(service).events(of: service.address).compactMap(\.title) }
        func writes() -> Int { world.simulator(service).requests.filter(\.isWrite).count }

        let record = try await host.create(try World.event("First", on: "2026-03-18"), in: id, invitations: .silent)
        try await world.sync(service, id)
        let created = remote()
        try await host.update(record, invitations: .silent) { $0.title = "Second" }
        try await world.sync(service, id)
        let updated = remote()
        try await host.delete(record, invitations: .silent)
        try await world.sync(service, id)

        #expect(created == ["First"])
        #expect(updated == ["Second"])
        #expect(remote().isEmpty)
        #expect(writes() == 3)
        #expect(try await world.titles(service).isEmpty)
    }

    @Test("edits of different fields in the host and in the app are both kept (F-06)", arguments: Service.allCases)
    func bothSides(service: Service) async throws {
        let world = World()
        let host = world.host(service)
        let simulator = world.simulator(service)
        let event = simulator.add(try World.event("First", on: "2026-03-18"), to: service.address)
        let id = try await world.connectAndSync(service)
        let record = try #require(try await world.agenda(service).first?.record)

        try await host.update(record, invitations: .silent) { $0.title = "From the host" }
        simulator.change(event, of: service.address, calendar: nil) { $0.location = "From the app" }
        try await world.sync(service, id)
        try await world.sync(service, id)

        let content = try #require(try await world.agenda(service).first?.content)
        #expect(content.title == "From the host")
        #expect(content.location == "From the app")
        #expect(simulator.events(of: service.address).map(\.title) == ["From the host"])
    }

    @Test("an event that ends before it starts is refused with the field, and nothing is stored")
    func reversedTimes() async throws {
        let world = World()
        let id = try await world.connectAndSync(.google)
        var content = try World.event("Reversed", on: "2026-03-18")
        (content.start, content.end) = (content.end, content.start)
        let reversed = content
        let before = try await StoredState(world)

        let error = await #expect(throws: CalendarError.self) {
            try await world.host(.google).create(reversed, in: id, invitations: .silent)
        }

        #expect(error?.code == .invalidArgument)
        #expect(error?.field == "end")
        #expect(try await StoredState(world) == before)
    }

    @Test("a conference asked for has its link in the host after the write; what the service cannot hold stays")
    func conference() async throws {
        let world = World()
        let host = world.host(.google)
        let id = try await world.connectAndSync(.google)
        var content = try World.event("Call", on: "2026-03-18")
        content.conference = EventConference(solution: "hangoutsMeet", joinURL: nil, state: .pending)
        content.categories = ["Red"]

        let record = try await host.create(content, in: id, invitations: .silent)
        try await world.sync(.google, id)

        let stored = try #require(try await world.storage.events.record(record, tenant: World.tenant)).content
        #expect(stored.conference?.state == .ready)
        #expect(stored.conference?.joinURL?.hasPrefix("https://meet.google.com/") == true)
        #expect(stored.categories == ["Red"])
    }
}
