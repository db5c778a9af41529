import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: listing anew on request")
struct EndToEndResyncTests {
    @Test(
        "R-23 pressing it a hundred times lists once, from no position, and loses nothing",
        arguments: Service.allCases
    )
    func pressed(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in ["18", "19", "20"] {
            _ = simulator.add(try World.event("Day \(day)", on: "2026-03-\(day)"), to: service.address, calendar: nil)
        }
        let connection = try await world.connectAndSync(service)
        let before = try await world.agenda(service)

        for _ in 0..<100 { try await world.host(service).listAnew(connection) }
        let report = try await world.sync(service, connection)

        #expect(report.seen >= 3)
        #expect(report.created == 0)
        #expect(report.removed == 0)
        #expect(try await world.agenda(service) == before)
        let paths = simulator.requests.filter { $0.path.contains("events") || $0.path.contains("delta") }
        #expect(paths.count == report.pages)
        let quiet = try await world.sync(service, connection)
        #expect(quiet.seen == 0)
    }

    @Test("R-23 pressing it in the middle of a listing does not begin again", arguments: Service.allCases)
    func duringAListing(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in 10..<30 {
            _ = simulator.add(try World.event("Day \(day)", on: "2026-03-\(day)"), to: service.address, calendar: nil)
        }
        simulator.pageSize = 3
        let connection = try await world.connect(service).key.connection
        var pages = 0
        var isPressed = false
        for try await progress in try await world.host(service).sync(connection) {
            pages = progress.report.pages
            if pages == 2, !isPressed {
                isPressed = true
                try await world.host(service).listAnew(connection)
            }
        }
        #expect(isPressed)
        #expect(pages <= 8)
        #expect(try await world.titles(service).count == 20)
    }
}
