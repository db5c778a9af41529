import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: series stay what they are")
struct EndToEndSeriesSyncTests {
    /// Rules that both services can say, from 2026-03-18 on; Europe changes its clocks on the 29th.
    static let rules = [
        "FREQ=DAILY;COUNT=20", "FREQ=DAILY;INTERVAL=3;COUNT=8", "FREQ=DAILY;UNTIL=20260410T220000Z",
        "FREQ=WEEKLY;BYDAY=WE;COUNT=6", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR;COUNT=6", "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=MONTHLY;BYMONTHDAY=18;COUNT=5", "FREQ=MONTHLY;BYDAY=3WE;COUNT=5",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=18;COUNT=3",
    ]

    private static func series(_ rule: String) throws -> EventContent {
        var content = try World.event("Series", on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:\(rule)"])
        return content
    }

    @Test("R-05 syncing again writes and stores nothing, whoever made the series", arguments: Service.allCases, rules)
    func again(service: Service, rule: String) async throws {
        let world = World()
        let simulator = world.simulator(service)
        _ = simulator.add(try Self.series(rule), to: service.address, calendar: nil)
        let connection = try await world.connectAndSync(service)
        try await world.host(service).create(try Self.series(rule), in: connection, invitations: .silent)
        try await world.sync(service, connection)
        try await world.sync(service, connection)
        let stored = try await StoredState(world).records
        let agenda = try await world.agenda(service)
        simulator.clearRequests()

        let report = try await world.sync(service, connection)

        #expect(report.created + report.updated + report.removed + report.pushed + report.waiting == 0)
        #expect(simulator.requests.allSatisfy { $0.method == .get })
        #expect(simulator.requests.count == 1)
        #expect(try await StoredState(world).records == stored)
        // Both series show the same times.
        let starts = Dictionary(grouping: agenda, by: \.record).values.map { $0.map(\.start) }
        #expect(starts.count == 2)
        #expect(starts.first == starts.last)
        #expect(starts.first?.isEmpty == false)
    }

    @Test("R-29 an edit of a series keeps its id, its exceptions and the answers of its guests")
    func edit() async throws {
        let world = World()
        var meeting = try Self.series("FREQ=DAILY;COUNT=5")
        meeting.attendees = [Attendee("alan@example.com")]
        let id = world.google.add(meeting, to: Service.google.address)
        world.google.answer(id, as: "alan@example.com", with: .accepted)
        world.google.cancelOccurrence(of: id, startingAt: try World.time("2026-03-20T10:00:00"), of: "ada@example.com")
        world.google.changeOccurrence(
            of: id,
            startingAt: try World.time("2026-03-21T10:00:00"),
            of: "ada@example.com"
        ) { $0.location = "Garden" }
        let connection = try await world.connectAndSync(.google)
        let record = try #require(
            try await world.storage.events.records(
                try RecordQuery(tenant: World.tenant, start: .distantPast, end: .distantFuture)
            ).first { $0.role == .series }
        )

        try await world.host(.google).update(record.id, invitations: .silent) { $0.title = "Renamed" }
        try await world.sync(.google, connection)
        try await world.sync(.google, connection)

        let remote = world.google.events(of: "ada@example.com").filter { !$0.isCancelled }
        #expect(remote.filter(\.isSeries).map(\.id) == [id])
        #expect(remote.filter(\.isSeries).map(\.title) == ["Renamed"])
        #expect(!world.google.requests.contains { $0.method == .delete || $0.method == .post })
        let entries = try await world.agenda(.google)
        #expect(entries.count == 4)
        #expect(entries.allSatisfy { $0.content.attendees.first?.response == .accepted })
        #expect(entries.map(\.content.location) == [nil, nil, "Garden", nil])
    }

    @Test("R-30 a moved and a cancelled occurrence outlive ten rounds of edits", arguments: Service.allCases)
    func rounds(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let id = simulator.add(try Self.series("FREQ=DAILY;COUNT=6"), to: service.address, calendar: nil)
        let connection = try await world.connectAndSync(service)
        simulator.cancelOccurrence(
            of: id,
            startingAt: try World.time("2026-03-19T10:00:00"),
            of: service.address,
            calendar: nil
        )
        simulator.editOccurrence(of: id, at: try World.time("2026-03-21T10:00:00"), of: service.address) {
            $0.start = $0.start.advanced(bySeconds: 7200)
            $0.end = $0.end.advanced(bySeconds: 7200)
        }
        try await world.sync(service, connection)
        let expected = try await world.agenda(service).map(\.start)
        #expect(expected.count == 5)
        let query = try RecordQuery(tenant: World.tenant, start: .distantPast, end: .distantFuture)

        for round in 1...10 {
            if round.isMultiple(of: 2) {
                simulator.change(id, of: service.address, calendar: nil) { $0.title = "Theirs \(round)" }
            } else {
                let record = try await world.storage.events.records(query).first { $0.role == .series }
                try await world.host(service).update(try #require(record).id, invitations: .silent) {
                    $0.title = "Ours \(round)"
                }
            }
            try await world.sync(service, connection)
            #expect(try await world.agenda(service).map(\.start) == expected, "in round \(round)")
        }
        let exceptions = simulator.events(of: service.address, calendar: nil).filter {
            $0.isException && !$0.isCancelled
        }
        let starts = exceptions.map { $0.start.date(floatingIn: .utc) }
        #expect(starts == [try World.instant("2026-03-21T11:00:00Z")])
        #expect(try await world.agenda(service).first?.content.title == "Theirs 10")
    }
}
