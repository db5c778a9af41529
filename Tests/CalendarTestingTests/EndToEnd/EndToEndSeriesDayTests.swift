import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: edits of series of whole days and of records")
struct EndToEndSeriesDayTests {
    @Test("R-31 a series of whole days is edited as one of times is", arguments: Service.allCases)
    func days(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        var content = EventContent(
            title: "Shift",
            start: .day(try #require(CivilDate("2026-03-23"))),
            end: .day(try #require(CivilDate("2026-03-24")))
        )
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=4"])
        let id = simulator.add(content, to: service.address)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        func day(_ day: String) async throws -> OccurrenceReference { try await world.occurrence(day, service) }

        try await host.delete(try await day("03-30"), scope: .this, invitations: .silent)
        try await host.update(try await day("04-06"), scope: .this, invitations: .silent) { $0.move(by: 86_400) }
        try await host.update(try await day("04-13"), scope: .thisAndFollowing, invitations: .silent) {
            $0.title = "Late shift"
        }
        let expected = ["03-23 00:00 Shift", "04-07 00:00 Shift", "04-13 00:00 Late shift"]
        try await expect(world.lines(service), expected)
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        try await expect(world.lines(service), expected)
        #expect(simulator.events(of: service.address).filter { $0.isSeries && !$0.isCancelled }.map(\.id).contains(id))
        let quiet = try await world.sync(service, connection)
        #expect(quiet.pushed + quiet.waiting + quiet.created + quiet.removed + quiet.issues == 0)
    }

    @Test("R-35 deleting the record of an occurrence cancels that occurrence and no other", arguments: Service.allCases)
    func record(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        _ = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let demo = try #require(try await world.records().first { $0.content.title == "Demo" })

        try await host.delete(demo.id, invitations: .silent)
        let expected = SeriesDoing.before.filter { !$0.hasPrefix("03-31") }
        try await expect(world.lines(service), expected)
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        try await expect(world.lines(service), expected)
        try await expect(world.freshLines(service), expected)
        #expect(simulator.writes.count == 1)
    }

    @Test("M-42 the host learns of every record that an edit of a series touches", arguments: Service.allCases)
    func changes(service: Service) async throws {
        let world = World()
        _ = try world.standup(service)
        _ = try await world.connectAndSync(service)
        let host = world.host(service)
        let occurrence = try await world.occurrence("03-30", service)
        let before = try await world.records()
        let seen = try await host.changes().next

        try await host.update(occurrence, scope: .thisAndFollowing, invitations: .silent) { $0.title = "Daily" }

        let told = try await host.changes(after: seen).changes.map(\.change)
        let after = try await world.records()
        #expect(told.allSatisfy { $0.reason == .localEdit })
        #expect(
            Set(told.filter { $0.kind == .removed }.map(\.record)) == Set(before.map(\.id)).subtracting(after.map(\.id))
        )
        #expect(
            Set(told.filter { $0.kind == .created }.map(\.record)) == Set(after.map(\.id)).subtracting(before.map(\.id))
        )
        #expect(told.filter { $0.kind == .updated }.map(\.record) == [occurrence.series])
        #expect(told.first { $0.record == occurrence.series }?.fields == [.recurrence])
    }

    @Test(
        "F-06 what somebody writes into the same field between the plan and the write stands, and is counted",
        arguments: Service.allCases,
        [SeriesDoing.renameOne, .renameAll]
    )
    func met(service: Service, doing: SeriesDoing) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        try await doing.perform(try await world.occurrence("03-30", service), world.host(service))
        let day = try World.time("2026-03-30T10:00:00")
        world.tap(service).intercept { [tap = world.tap(service)] request, next in
            if request.method == .patch {
                tap.intercept(nil)
                if doing == .renameOne {
                    simulator.editOccurrence(of: id, at: day, of: service.address) { $0.title = "Theirs" }
                } else {
                    simulator.change(id, of: service.address, calendar: nil) { $0.title = "Theirs" }
                }
            }
            return try await next.send(request)
        }

        let report = try await world.sync(service, connection)
        #expect((report.conflicts, report.issues, report.waiting) == (1, 0, 0))
        try await world.sync(service, connection)

        let expected = SeriesDoing.before.map { line in
            doing == .renameAll || line.hasPrefix("03-30") ? line.replacing("Standup", with: "Theirs") : line
        }
        try await expect(world.lines(service), expected)
        try await expect(world.freshLines(service), expected)
    }
}
