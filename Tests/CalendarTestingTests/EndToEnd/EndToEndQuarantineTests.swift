import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: a listing that is too short to be believed")
struct EndToEndQuarantineTests {
    /// Twenty events, synced; then so many of them vanish, and the feed expires.
    private func shrunken(_ service: Service, by count: Int) async throws -> (World, ConnectionID) {
        let world = World()
        let simulator = world.simulator(service)
        var events: [RemoteEventID] = []
        for index in 0..<20 {
            let event = try World.event("Event \(index)", on: "2026-03-18", at: 10 + index % 8)
            events.append(simulator.add(event, to: service.address, calendar: nil))
        }
        let connection = try await world.connectAndSync(service)
        for event in events.prefix(count) { simulator.remove(event, of: service.address, calendar: nil) }
        simulator.expireSyncTokens()
        return (world, connection)
    }

    @Test("R-07 a listing without most of what is known removes nothing and asks", arguments: Service.allCases)
    func quarantine(service: Service) async throws {
        let (world, connection) = try await shrunken(service, by: 15)
        let host = world.host(service)

        let report = try await world.sync(service, connection)

        #expect(report.quarantined == 1)
        #expect(report.removed == 0)
        #expect(try await world.titles(service).count == 20)
        let status = try #require(try await host.status(of: connection).first)
        #expect(status.quarantine?.missing == 15)
        #expect(status.quarantine?.listed == 5)
        // Edits wait, reading goes on.
        try await host.create(try World.event("New", on: "2026-03-20"), in: connection, invitations: .silent)
        let theirs = try World.event("Theirs", on: "2026-03-21")
        _ = world.simulator(service).add(theirs, to: service.address, calendar: nil)
        let next = try await world.sync(service, connection)
        #expect(next.waiting == 1)
        #expect(next.pushed == 0)
        #expect(next.created == 1)
        #expect(try await world.titles(service).count == 22)

        try await host.confirmDeletions(in: status.calendar, of: connection)
        let confirmed = try await world.sync(service, connection)
        #expect(confirmed.removed == 15)
        #expect(confirmed.pushed == 1)
        #expect(try await world.titles(service).count == 7)
        #expect(try await host.status(of: connection).first?.quarantine == nil)
    }

    @Test("R-07 a listing anew that holds the events again ends the quarantine", arguments: Service.allCases)
    func recovery(service: Service) async throws {
        let (world, connection) = try await shrunken(service, by: 15)
        let host = world.host(service)
        try await world.sync(service, connection)
        let calendar = try #require(try await host.status(of: connection).first?.calendar)
        for index in 0..<15 {
            let event = try World.event("Back \(index)", on: "2026-03-19")
            _ = world.simulator(service).add(event, to: service.address, calendar: nil)
        }

        try await host.listAnew(calendar, of: connection)
        let report = try await world.sync(service, connection)

        // Fifteen of thirty-five are missing now, which is less than half.
        #expect(report.quarantined == 0)
        #expect(report.removed == 15)
        #expect(try await world.titles(service).count == 20)
    }

    @Test("R-07 a few deletions are believed", arguments: Service.allCases)
    func few(service: Service) async throws {
        let (world, connection) = try await shrunken(service, by: 9)

        let report = try await world.sync(service, connection)

        #expect(report.quarantined == 0)
        #expect(report.removed == 9)
        #expect(try await world.titles(service).count == 11)
    }
}
