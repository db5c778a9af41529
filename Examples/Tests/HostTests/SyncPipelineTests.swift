import CalendarCore
import CalendarTesting
import Foundation
import HostParts
import Testing

@Suite("The host's sync pipeline")
struct SyncPipelineTests {
    @Test("a first sync and a remote edit arrive in the host's store (C-04, M-29)", arguments: HostWorld.all)
    func remoteEdit(_ provider: ProviderID) async throws {
        let world = HostWorld(provider)
        let id = world.simulator.add(.sample("Review"), to: "ada@example.com", calendar: nil)
        let connection = try await world.connectAndSync()
        let before = try await world.titles()

        world.simulator.change(id, of: "ada@example.com", calendar: nil) { $0.title = "Design review" }
        let report = try await world.ada.sync(connection).finish()

        #expect(before == ["Review"])
        #expect(try await world.titles() == ["Design review"])
        #expect(report.pushed == 0)
    }

    @Test("an event made in the host is pushed once (M-29)", arguments: HostWorld.all, [true, false])
    func localCreate(_ provider: ProviderID, losingTheReply: Bool) async throws {
        let world = HostWorld(provider)
        let connection = try await world.connectAndSync()
        let start = world.clock.now.addingTimeInterval(86_400)
        let plan = try await world.ada.plan(Meeting("Kick-off", start: start, end: start + 1800, with: []))
        if losingTheReply {
            world.simulator.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events"))
        }

        let held = try await world.ada.carryOut(plan)
        try await world.ada.sync(connection).finish()

        #expect(held.isSent)
        #expect(world.simulator.events(of: "ada@example.com", calendar: nil).map(\.title) == ["Kick-off"])
        #expect(try await world.titles() == ["Kick-off"])
    }

    @Test("a sync without changes costs one request through the host's transport and writes nothing (C-04)")
    func traffic() async throws {
        let world = HostWorld(.google)
        let connection = try await world.connectAndSync()
        let before = world.traffic.total

        try await world.ada.sync(connection).finish()

        #expect(world.traffic.total == before + 1)
        #expect(world.simulator.requests.count == world.traffic.total)
        #expect(world.simulator.requests.filter(\.isWrite).isEmpty)
    }

    @Test("with a fake for the provider a void cursor costs one full round and loses nothing (C-06, M-29)")
    func voidCursor() async throws {
        let world = HostWorld(.google)
        let connection = try await world.connect()
        let fake = InMemoryCalendarProvider(id: .google)
        let client = OAuthClient(id: "client", secret: nil, redirectURI: "https://host.example/callback")
        let ada = world.acting(
            through: ProviderRegistration(provider: fake, client: .value(client), transport: ScriptedTransport())
        )
        for id: RemoteEventID in ["e1", "e2"] { fake.put(.sample(id)) }
        try await ada.sync(connection).finish()

        fake.expireCursors()
        fake.remove("e2")
        let report = try await ada.sync(connection).finish()

        #expect(report.fullRounds == 1)
        #expect(try await world.titles() == ["e1"])
        #expect(fake.calls.filter(\.isWrite).isEmpty)
    }
}

extension RemoteEvent {
    fileprivate static func sample(_ id: RemoteEventID) -> RemoteEvent {
        RemoteEvent(id: id, etag: nil, iCalUID: nil, role: .single, content: .sample("\(id)"), isOrganizer: true)
    }
}
