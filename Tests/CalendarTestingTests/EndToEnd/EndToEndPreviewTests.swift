import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: a sync shown before it is done")
struct EndToEndPreviewTests {
    @Test("F-09 a preview tells what a sync brings and writes, and does neither", arguments: Service.allCases)
    func preview(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let changed = simulator.add(try World.event("Changed", on: "2026-03-18"), to: service.address)
        let removed = simulator.add(try World.event("Removed", on: "2026-03-19"), to: service.address)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        simulator.change(changed, of: service.address, calendar: nil) { $0.title = "Renamed" }
        simulator.remove(removed, of: service.address, calendar: nil)
        simulator.add(try World.event("New", on: "2026-03-20"), to: service.address)
        try await host.create(try World.event("Mine", on: "2026-03-21"), in: connection, invitations: .silent)
        let before = try await StoredState(world)

        let preview = try await host.preview(of: connection)

        #expect(preview.incoming.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.created, .removed, .updated])
        #expect(preview.incoming.allSatisfy { $0.reason == .remoteEdit })
        #expect(preview.incoming.first { $0.kind == .updated }?.fields == [.title])
        #expect(preview.outgoing.creates == 1)
        #expect("\(preview)".hasPrefix("brings 1, changes 1, removes 1 in the host"))
        #expect(!"\(preview)".contains("Renamed"))
        #expect(try await StoredState(world) == before)
        #expect(simulator.writes.filter { !$0.path.hasSuffix("/token") }.isEmpty)

        let report = try await world.sync(service, connection)
        #expect([report.created, report.updated, report.removed, report.pushed] as [Int] == [1, 1, 1, 1])
        #expect(try await host.preview(of: connection).incoming.isEmpty)
    }

    @Test("F-09 what a listing anew would remove is shown before it is removed", arguments: Service.allCases)
    func sweep(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let removed = simulator.add(try World.event("Removed", on: "2026-03-19"), to: service.address)
        simulator.add(try World.event("Stays", on: "2026-03-20"), to: service.address)
        let connection = try await world.connectAndSync(service)
        simulator.remove(removed, of: service.address, calendar: nil)
        try await world.host(service).listAnew(connection)

        let preview = try await world.host(service).preview(of: connection)

        #expect(preview.incoming.map(\.kind) == [.removed])
        #expect(try await world.titles(service) == ["Removed", "Stays"])
    }

    @Test("F-09 what a change costs in the copies of an event is part of the preview")
    func copies() async throws {
        let both = try await BothServices(meeting: .google)
        _ = try await both.create("Focus")
        let id = try #require(both.meetingSide.first?.id)
        both.world.google.change(id, of: Service.google.address, calendar: nil) { $0.title = "Renamed" }

        let preview = try await both.host.preview(of: both.meeting)

        #expect(preview.incoming.map(\.fields) == [[.title]])
        #expect(preview.outgoing.steps.map(\.reason) == [.copy])
        #expect(preview.outgoing.steps.map(\.fields) == [[.title]])
        #expect(preview.outgoing.invitations == 0)
    }
}
