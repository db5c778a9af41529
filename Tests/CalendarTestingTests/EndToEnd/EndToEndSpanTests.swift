import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: how far around now a calendar is mirrored")
struct EndToEndSpanTests {
    private static let days = ["2026-02-23", "2026-03-18", "2026-04-20", "2026-09-01"]

    private static func titles(_ world: World, _ service: Service) async throws -> [String] {
        let start = try World.instant("2026-01-01T00:00:00Z")
        let end = try World.instant("2027-12-31T00:00:00Z")
        return try await world.host(service).agenda(from: start, to: end, in: World.vienna).compactMap(\.content.title)
    }

    private static func calendar(_ world: World, _ service: Service) async throws -> (ConnectionID, CalendarID) {
        let connection = try #require(try await world.host(service).connections().first)
        return (connection.key.connection, try #require(connection.selection.read?.first))
    }

    @Test("M-35 a narrower span deletes nothing, a wider one brings what was left out", arguments: Service.allCases)
    func changed(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        for day in Self.days { simulator.add(try World.event(day, on: day), to: service.address) }
        let connection = try await world.connectAndSync(service)
        let (_, calendar) = try await Self.calendar(world, service)
        #expect(try await Self.titles(world, service) == Self.days)

        try await world.host(service).mirror(try SyncSpan(past: 7, future: 14), of: calendar, in: connection)
        for _ in 0..<2 { try await world.sync(service, connection) }
        #expect(try await Self.titles(world, service) == Self.days)
        #expect(simulator.writes.filter { !$0.path.hasSuffix("/token") }.isEmpty)

        try await world.host(service).mirror(nil, of: calendar, in: connection)
        for _ in 0..<2 { try await world.sync(service, connection) }
        #expect(try await Self.titles(world, service) == Self.days)
    }

    @Test("M-35 a span said before the first sync is the one that is listed, and widening it lists the rest")
    func first() async throws {
        let world = World()
        for day in Self.days { world.google.add(try World.event(day, on: day), to: Service.google.address) }
        let connection = try await world.connect(.google).key.connection
        let found = try #require(try await world.host(.google).calendars(of: connection).first { $0.isPrimary })

        try await world.host(.google).mirror(try SyncSpan(past: 0, future: 7), of: found.id, in: connection)
        try await world.sync(.google, connection)
        #expect(try await Self.titles(world, .google) == ["2026-03-18"])

        try await world.host(.google).mirror(try SyncSpan(past: 30, future: 60), of: found.id, in: connection)
        try await world.sync(.google, connection)
        #expect(try await Self.titles(world, .google) == ["2026-02-23", "2026-03-18", "2026-04-20"])
    }

    @Test("a span that is empty, negative or longer than ten years is refused by field")
    func invalid() {
        for (past, future, field) in [(0, 0, "future"), (-1, 5, "past"), (5, 3_661, "future")] {
            let error = #expect(throws: CalendarError.self) { try SyncSpan(past: past, future: future) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.field == field)
        }
    }
}
