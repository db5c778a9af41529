import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: edits while a write is under way")
struct EndToEndOverlapTests {
    @Test(
        "F-06 an edit made while the one before it meets somebody else's keeps all three",
        arguments: Service.allCases
    )
    func threeEdits(service: Service) async throws {
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
        let id = try #require(simulator.events(of: service.address, calendar: nil).first?.id)
        try await host.update(record, invitations: .silent) { $0.title = "Ours" }
        let patches = CallCount()
        world.tap(service).intercept { request, next in
            if request.method == .patch, patches.next() == 1 {
                simulator.change(id, of: service.address, calendar: nil) { $0.location = "Theirs" }
                try await host.update(record, invitations: .silent) { $0.availability = .free }
            }
            return try await next.send(request)
        }

        for _ in 0..<3 { try await world.sync(service, connection) }

        let fresh = world.host(service, on: .inMemory(), seed: 9)
        let start = try await fresh.connect(service.id)
        let callback = try simulator.consent(to: start.url, as: service.address, granting: nil)
        try await fresh.sync(try await fresh.complete(callback: callback, of: start.cookie).key.connection).finish()
        for reader in [host, fresh] {
            let end = world.clock.now.addingTimeInterval(7 * 86_400)
            let entry = try await reader.agenda(from: world.clock.now, to: end, in: World.vienna).first
            #expect(entry?.content.title == "Ours")
            #expect(entry?.content.location == "Theirs")
            #expect(entry?.content.availability == .free)
        }
        let quiet = try await world.sync(service, connection)
        #expect(quiet.pushed + quiet.waiting + quiet.updated == 0)
    }
}
