import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: edits of series in the host")
struct EndToEndSeriesEditTests {
    @Test(
        "R-31 an edit of one, the following or all occurrences is seen at once and reaches the service as it was meant",
        arguments: Service.allCases,
        SeriesDoing.allCases
    )
    func edits(service: Service, doing: SeriesDoing) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        try await expect(world.lines(service), SeriesDoing.before)

        try await doing.perform(try await world.occurrence("03-30", service), world.host(service))
        #expect(simulator.requests.isEmpty)
        try await expect(world.lines(service), doing.after)

        let report = try await world.sync(service, connection)
        #expect((report.pushed, report.waiting, report.conflicts, report.issues) == (1, 0, 0, 0))
        try await expect(world.lines(service), doing.after)
        try await expect(world.freshLines(service), doing.after)
        // The series keeps its id, and nothing is deleted and made anew.
        let series = simulator.events(of: service.address).filter { $0.isSeries && !$0.isCancelled }.map(\.id)
        #expect(series.contains(id) == (doing != .deleteAll))
        #expect(series.count == (doing == .deleteAll ? 0 : doing.divides ? 2 : 1))

        try await world.sync(service, connection)
        try await expect(world.lines(service), doing.after)
        let stored = try await world.records()
        simulator.clearRequests()
        let quiet = try await world.sync(service, connection)
        #expect(quiet.created + quiet.updated + quiet.removed + quiet.pushed + quiet.waiting == 0)
        #expect(simulator.writes.isEmpty)
        #expect(try await world.records() == stored)
        #expect(simulator.mail.isEmpty)
    }

    @Test(
        "R-29 no edit of a series costs a guest's answer or a new event",
        arguments: [SeriesDoing.renameAll, .renameOne]
    )
    func answers(doing: SeriesDoing) async throws {
        let world = World()
        let id = try world.standup(.google, guests: [Attendee("alan@example.com")])
        world.google.answer(id, as: "alan@example.com", with: .accepted)
        let connection = try await world.connectAndSync(.google)

        try await doing.perform(try await world.occurrence("03-30", .google), world.host(.google))
        try await world.sync(.google, connection)
        try await world.sync(.google, connection)

        #expect(!world.google.requests.contains { $0.method == .delete || $0.method == .post })
        try await expect(world.lines(.google), doing.after)
        let start = try World.instant("2026-03-20T00:00:00Z")
        let entries = try await world.host(.google)
            .agenda(from: start, to: start.addingTimeInterval(30 * 86_400), in: World.vienna)
        #expect(entries.count == 7)
        #expect(entries.allSatisfy { $0.content.attendees.first?.response == .accepted })
    }

    @Test(
        "R-35 an edit of a series reaches the service in the next round although the first write fails",
        arguments: Service.allCases,
        [SimulatedFault.Effect.loseRequest, .loseReply, .status(503)]
    )
    func failing(service: Service, effect: SimulatedFault.Effect) async throws {
        for doing in SeriesDoing.allCases {
            let world = World()
            let simulator = world.simulator(service)
            _ = try world.standup(service)
            let connection = try await world.connectAndSync(service)
            try await doing.perform(try await world.occurrence("03-30", service), world.host(service))
            for method in [HTTPMethod.post, .patch, .delete] {
                simulator.add(SimulatedFault(effect, method: method, pathContains: "/events"))
            }

            try await world.sync(service, connection)

            try await expect(world.freshLines(service), doing.after, "\(doing)")
            try await world.sync(service, connection)
            try await expect(world.lines(service), doing.after, "\(doing)")
            let quiet = try await world.sync(service, connection)
            #expect(quiet.pushed + quiet.waiting + quiet.created + quiet.removed == 0, "\(doing)")
        }
    }

    @Test(
        "R-31 the times of a series are changed through an occurrence, and only through one",
        arguments: Service.allCases
    )
    func masterOnly(service: Service) async throws {
        let world = World()
        _ = try world.standup(service)
        _ = try await world.connectAndSync(service)
        let host = world.host(service)
        let occurrence = try await world.occurrence("03-30", service)
        let stored = try await world.records()

        let moved = try await failure {
            try await host.update(occurrence.series, invitations: .silent) { $0.move(by: 60) }
        }
        #expect((moved.code, moved.field) == (.invalidArgument, "occurrence"))
        let unknown = OccurrenceReference(
            series: occurrence.series,
            originalStart: try World.time("2026-03-30T10:30:00")
        )
        let cancelled = OccurrenceReference(
            series: occurrence.series,
            originalStart: try World.time("2026-03-27T10:00:00")
        )
        for missing in [unknown, cancelled] {
            let error = try await failure { try await host.delete(missing, scope: .this, invitations: .silent) }
            #expect(error.code == .notFound)
        }
        #expect(try await world.records() == stored)
    }

    @Test("R-31 from the first occurrence on, this and following is the whole series", arguments: Service.allCases)
    func first(service: Service) async throws {
        let world = World()
        let id = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        let first = try await world.occurrence("03-26", service)

        try await world.host(service).update(first, scope: .thisAndFollowing, invitations: .silent) {
            $0.title = "Daily"
        }
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        try await expect(world.lines(service), SeriesDoing.renameAll.after)
        try await expect(world.freshLines(service), SeriesDoing.renameAll.after)
        let simulator = world.simulator(service)
        #expect(simulator.events(of: service.address).filter { $0.isSeries && !$0.isCancelled }.map(\.id) == [id])
    }

    @Test(
        "R-43 further edits of an occurrence before a sync are one write, and each deletion is one",
        arguments: Service.allCases
    )
    func generations(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        _ = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let occurrence = try await world.occurrence("03-30", service)
        for title in ["Audit", "Standup", "Special"] {
            try await host.update(occurrence, scope: .this, invitations: .silent) { $0.title = title }
        }
        try await world.sync(service, connection)
        #expect(simulator.writes.count == 1)
        try await expect(world.freshLines(service), SeriesDoing.renameOne.after)

        simulator.clearRequests()
        try await host.update(occurrence, scope: .this, invitations: .silent) { $0.title = "Never sent" }
        try await host.delete(occurrence, scope: .this, invitations: .silent)
        try await host.delete(try await world.occurrence("04-01", service), scope: .this, invitations: .silent)
        try await world.sync(service, connection)
        try await world.sync(service, connection)
        let expected = SeriesDoing.before.filter { !$0.hasPrefix("03-30") && !$0.hasPrefix("04-01") }
        try await expect(world.lines(service), expected)
        try await expect(world.freshLines(service), expected)
        #expect(simulator.writes.filter { $0.method == .delete }.count == 2)
    }

    @Test(
        "R-35 edits of a series that follow one another without a sync are carried out in their order",
        arguments: Service.allCases
    )
    func chain(service: Service) async throws {
        let world = World()
        _ = try world.standup(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        func day(_ day: String) async throws -> OccurrenceReference { try await world.occurrence(day, service) }

        try await host.update(try await day("03-30").series, invitations: .silent) { $0.title = "Daily" }
        try await host.update(try await day("04-01"), scope: .this, invitations: .silent) { $0.location = "Roof" }
        try await host.update(try await day("03-29"), scope: .thisAndFollowing, invitations: .silent) {
            $0.move(by: 3600)
        }
        try await host.update(try await day("03-30"), scope: .this, invitations: .silent) { $0.title = "Special" }
        try await host.delete(try await day("03-28"), scope: .this, invitations: .silent)
        try await host.update(try await day("04-02"), scope: .all, invitations: .silent) {
            $0.body = EventBody("x")
        }
        let expected = [
            "03-26 10:00 Daily", "03-29 11:00 Daily", "03-30 11:00 Special", "03-31 11:00 Demo",
            "04-01 11:00 Daily @Roof", "04-02 11:00 Daily",
        ]
        try await expect(world.lines(service), expected)
        try await world.sync(service, connection)
        try await expect(world.freshLines(service), expected)
        try await world.sync(service, connection)
        try await expect(world.lines(service), expected)
        let quiet = try await world.sync(service, connection)
        #expect(quiet.pushed + quiet.waiting + quiet.created + quiet.removed + quiet.issues == 0)
    }

    @Test(
        "R-31 a series that was never sent takes edits of every reach",
        arguments: Service.allCases,
        SeriesDoing.allCases
    )
    func unsent(service: Service, doing: SeriesDoing) async throws {
        let world = World()
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        var content = try World.event("Standup", on: "2026-03-26")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=8"])
        try await host.create(content, in: connection, invitations: .silent)
        try await host.delete(try await world.occurrence("03-27", service), scope: .this, invitations: .silent)
        try await host.update(try await world.occurrence("03-28", service), scope: .this, invitations: .silent) {
            $0.location = "Garden"
        }
        try await host.update(try await world.occurrence("03-31", service), scope: .this, invitations: .silent) {
            $0.title = "Demo"
        }

        try await doing.perform(try await world.occurrence("03-30", service), host)
        try await expect(world.lines(service), doing.after)
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        try await expect(world.lines(service), doing.after)
        try await expect(world.freshLines(service), doing.after)
        #expect(world.simulator(service).mail.isEmpty)
    }
}
