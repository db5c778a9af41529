import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: the host's events and their owners' connections")
struct EndToEndOwnersTests {
    private static func event(_ title: String = "Focus") throws -> EventContent {
        try World.event(title, on: "2026-03-18")
    }

    @Test("M-13 without a connection an event is kept in the host, and that is an outcome")
    func notLinked() async throws {
        let world = World()
        let ada = world.service.acting(as: World.principal("ada"))

        let placement = try await ada.create(try Self.event(), invitations: .notifyGuests)

        #expect(placement.isNotLinked)
        #expect(try await ada.placement(of: placement.record).isNotLinked)
        #expect(try await world.titles(.google) == ["Focus"])
        try await ada.update(placement.record, invitations: .silent) { $0.title = "Later" }
        #expect(try await world.titles(.google) == ["Later"])
        // Nobody else sees or changes it.
        let grace = world.service.acting(as: World.principal("grace"))
        #expect(try await world.titles(.microsoft).isEmpty)
        let refusal = try await failure { try await grace.delete(placement.record, invitations: .silent) }
        #expect(refusal.code == .permissionDenied)
        try await ada.delete(placement.record, invitations: .silent)
        #expect(try await world.titles(.google).isEmpty)
    }

    @Test("M-13 creating, changing and deleting is pushed to every active connection of the owner that syncs")
    func owner() async throws {
        let both = try await BothServices(meeting: .google)
        // Alan's account is another user's, and is left alone.
        _ = try await both.world.connect(.google, as: "alan@example.com", for: "alan")

        let placement = try await both.host.create(try Self.event(), invitations: .silent)

        #expect(placement.places.map(\.calendar.connection) == [both.meeting, both.copyConnection])
        try await both.sync()
        try await both.host.update(placement.record, invitations: .silent) { $0.title = "Later" }
        try await both.sync()
        #expect(both.meetingSide.map(\.title) == ["Later"])
        #expect(both.copySide.map(\.title) == ["Later"])
        #expect(both.world.google.events(of: "alan@example.com").isEmpty)
        try await both.host.delete(placement.record, invitations: .silent)
        try await both.sync()
        #expect(both.meetingSide.isEmpty && both.copySide.isEmpty)
    }

    @Test("M-13 a connection that is switched off or whose sync is off receives nothing")
    func inactive() async throws {
        let both = try await BothServices(meeting: .google)
        let key = ConnectionKey(tenant: World.tenant, connection: both.copyConnection)
        try await both.world.storage.connections.update(key) { $0.isSyncEnabled = false }
        let first = try await both.host.create(try Self.event(), invitations: .silent)
        #expect(first.places.map(\.calendar.connection) == [both.meeting])

        try await both.host.disconnect(both.meeting)
        let second = try await both.host.create(try Self.event(), invitations: .silent)
        #expect(second.isNotLinked)
    }

    @Test("M-13 the organisation's connections receive users' events where the service was told so")
    func organization() async throws {
        for mirroring in [MirroringPolicy.owner, .ownerAndOrganization] {
            let world = World()
            let service = world.service(mirroring: mirroring)
            let ada = service.acting(as: World.principal("ada"))
            let start = try await ada.connect(Service.microsoft.id, owner: .organization)
            let callback = try world.microsoft.consent(to: start.url, as: Service.microsoft.address)
            let shared = try await ada.complete(callback: callback, of: start.cookie).key.connection
            try await ada.sync(shared).finish()
            let own = try await world.connectAndSync(.google)

            let placement = try await ada.create(try Self.event(), invitations: .silent)

            let expected = mirroring == .owner ? [own] : [own, shared]
            #expect(placement.places.map(\.calendar.connection) == expected)
            for connection in [own, shared] { try await ada.sync(connection).finish() }
            #expect(world.microsoft.events(of: Service.microsoft.address).count == expected.count - 1)
        }
    }
}
