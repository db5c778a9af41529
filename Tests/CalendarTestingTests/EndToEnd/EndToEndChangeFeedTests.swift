import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: the change feed to the host")
struct EndToEndChangeFeedTests {
    @Test("M-42 every edit of either side is told once, with what changed and why", arguments: Service.allCases)
    func edits(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let event = simulator.add(try World.event("Review", on: "2026-03-18"), to: service.address, calendar: nil)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)

        let first = try await host.changes()
        #expect(first.changes.map(\.change.kind) == [.created])
        #expect(first.changes.map(\.change.reason) == [.remoteEdit])
        let record = try #require(first.changes.first?.change.record)

        simulator.change(event, of: service.address, calendar: nil) { $0.title = "Review of March" }
        try await world.sync(service, connection)
        let second = try await host.changes(after: first.next)
        #expect(second.changes.map(\.change.fields) == [[.title]])
        #expect(second.changes.map(\.change.kind) == [.updated])

        try await host.update(record, invitations: .silent) { $0.location = "Room 3" }
        try await world.sync(service, connection)
        let third = try await host.changes(after: second.next)
        #expect(third.changes.map(\.change.fields) == [[.location]])
        #expect(third.changes.map(\.change.reason) == [.localEdit])

        try await world.sync(service, connection)
        let quiet = try await host.changes(after: third.next)
        #expect(quiet.changes.isEmpty)
        #expect(quiet.next == third.next)
    }

    @Test("M-42 edits of both sides come as a merge, or as a conflict where they met", arguments: Service.allCases)
    func merges(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let event = simulator.add(try World.event("Review", on: "2026-03-18"), to: service.address, calendar: nil)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let start = try await host.changes()
        let record = try #require(start.changes.first?.change.record)

        try await host.update(record, invitations: .silent) { $0.location = "Room 3" }
        simulator.change(event, of: service.address, calendar: nil) { $0.title = "Review of March" }
        try await world.sync(service, connection)
        let merged = try await host.changes(after: start.next)
        #expect(merged.changes.map(\.change.reason) == [.localEdit, .merge])

        try await host.update(record, invitations: .silent) { $0.title = "Ours" }
        simulator.change(event, of: service.address, calendar: nil) { $0.title = "Theirs" }
        try await world.sync(service, connection)
        let contested = try await host.changes(after: merged.next)
        #expect(contested.changes.map(\.change.reason) == [.localEdit, .conflict])
    }

    @Test("R-36 what was deleted in the service is told with its activity", arguments: Service.allCases)
    func removal(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        try await host.create(
            try World.event("Visit", on: "2026-03-18"),
            in: connection,
            activity: "activity-7",
            invitations: .silent
        )
        try await world.sync(service, connection)
        let before = try await host.changes()
        let event = try #require(simulator.events(of: service.address, calendar: nil).first)

        simulator.remove(event.id, of: service.address, calendar: nil)
        try await world.sync(service, connection)

        let removal = try await host.changes(after: before.next).changes.map(\.change)
        #expect(removal.map(\.kind) == [.removed])
        #expect(removal.map(\.reason) == [.remoteEdit])
        #expect(removal.map(\.activity) == ["activity-7"])
    }

    @Test("M-42 a colleague's changes are not told, and do not stop the feed")
    func colleagues() async throws {
        let world = World()
        world.google.add(try World.event("Hers", on: "2026-03-18"), to: Service.google.address)
        _ = try await world.connectAndSync(.google)

        let other = try await world.host(.microsoft).changes()
        let own = try await world.host(.google).changes()

        #expect(other.changes.isEmpty)
        #expect(other.next == own.next)
        #expect(own.changes.count == 1)
    }
}
