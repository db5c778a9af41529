import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: occurrences that differ follow their series")
struct EndToEndSeriesInheritanceTests {
    /// A daily standup of four days from 18 March on that host and service know.
    private struct Standup {
        let world: World
        let service: Service
        let connection: ConnectionID
        let event: RemoteEventID
        let record: RecordID

        var host: ActingCalendars { world.host(service) }
        /// Its second occurrence.
        var second: OccurrenceReference {
            get throws { OccurrenceReference(series: record, originalStart: try World.time("2026-03-19T10:00:00")) }
        }

        init(_ service: Service, _ policy: ConflictPolicy = .remoteWins) async throws {
            world = World(conflicts: policy)
            self.service = service
            var content = try World.event("Standup", on: "2026-03-18")
            content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=4"])
            event = world.simulator(service).add(content, to: service.address, calendar: nil)
            connection = try await world.connectAndSync(service)
            record = try #require(try await world.agenda(service).first?.record)
        }

        func moveSecond() async throws {
            try await host.update(try second, scope: .this, invitations: .silent) { $0.move(by: 3600) }
        }

        func rename(_ title: String) async throws {
            try await host.update(try second, scope: .all, invitations: .silent) { $0.title = title }
        }

        func renameRemotely(_ title: String) {
            world.simulator(service).change(event, of: service.address, calendar: nil) { $0.title = title }
        }

        func sync() async throws {
            for _ in 0..<3 { try await world.sync(service, connection) }
        }

        /// What the host shows, such as `19 11:00 Standup`.
        func shown() async throws -> [String] { lines(try await world.agenda(service)) }

        /// What a host shows that was never there before.
        func shownAnew() async throws -> [String] {
            let reader = world.host(service, on: .inMemory(), seed: 9)
            let start = try await reader.connect(service.id)
            let callback = try world.simulator(service)
                .consent(to: start.url, as: service.address, granting: nil)
            let connection = try await reader.complete(callback: callback, of: start.cookie).key.connection
            try await reader.sync(connection).finish()
            let from = world.clock.now
            return lines(
                try await reader.agenda(from: from, to: from.addingTimeInterval(28 * 86_400), in: World.vienna)
            )
        }

        private func lines(_ entries: [AgendaEntry]) -> [String] {
            entries.map { entry in
                let civil = "\(World.vienna.civil(at: entry.start))"
                return "\(civil.dropFirst(8).prefix(2)) \(civil.dropFirst(11).prefix(5)) \(entry.content.title ?? "")"
            }
        }
    }

    private static func days(_ title: String) -> [String] {
        ["18 10:00 \(title)", "19 11:00 \(title)", "20 10:00 \(title)", "21 10:00 \(title)"]
    }

    @Test(
        "R-31 an unsent move of one occurrence follows its series, whoever renames that and whoever prevails",
        arguments: Service.allCases,
        ConflictPolicy.allCases
    )
    func bothRename(service: Service, policy: ConflictPolicy) async throws {
        let standup = try await Standup(service, policy)

        standup.renameRemotely("Theirs")
        try await standup.moveSecond()
        try await standup.rename("Ours")
        #expect(try await standup.shown() == Self.days("Ours"))
        try await standup.sync()

        let expected = Self.days(policy == .localWins ? "Ours" : "Theirs")
        #expect(try await standup.shown() == expected)
        #expect(try await standup.shownAnew() == expected)
    }

    @Test(
        "R-31 the move of an occurrence that the service knows sends nothing of what its series is about to say",
        arguments: Service.allCases
    )
    func knownOccurrence(service: Service) async throws {
        let standup = try await Standup(service)
        try await standup.moveSecond()
        try await standup.sync()

        try await standup.host.update(standup.record, invitations: .silent) { $0.title = "Ours" }
        try await standup.moveSecond()
        #expect(try await standup.shown()[1] == "19 12:00 Ours")
        try await standup.sync()
        #expect(try await standup.shownAnew() == standup.shown())
        try await standup.host.update(standup.record, invitations: .silent) { $0.title = "Ours again" }
        try await standup.sync()
        #expect(try await standup.shown()[1] == "19 12:00 Ours again")
        #expect(try await standup.shownAnew() == standup.shown())

        // The service lets the occurrence follow its series, because nothing made the title the occurrence's own.
        standup.renameRemotely("Theirs")
        try await standup.sync()
        let expected = ["18 10:00 Theirs", "19 12:00 Theirs", "20 10:00 Theirs", "21 10:00 Theirs"]
        #expect(try await standup.shown() == expected)
        #expect(try await standup.shownAnew() == expected)
    }

    @Test("R-31 an occurrence that both sides moved says what its series is about to say", arguments: Service.allCases)
    func bothMove(service: Service) async throws {
        let standup = try await Standup(service, .localWins)

        try await standup.host.update(standup.record, invitations: .silent) { $0.title = "Ours" }
        try await standup.moveSecond()
        standup.world.simulator(service)
            .editOccurrence(of: standup.event, at: try World.time("2026-03-19T10:00:00"), of: service.address) {
                $0.move(by: 7200)
            }
        try await standup.sync()

        // Of the two times the service's stands, as of every edit of a series that meets another.
        let expected = ["18 10:00 Ours", "19 12:00 Ours", "20 10:00 Ours", "21 10:00 Ours"]
        #expect(try await standup.shown() == expected)
        #expect(try await standup.shownAnew() == expected)
    }

    @Test("R-31 the series' new title in the service reaches an occurrence that the host alone moved")
    func remoteRename() async throws {
        let standup = try await Standup(.google)
        try await standup.moveSecond()
        standup.renameRemotely("Theirs")
        // Nothing can be sent, so the move stays the host's alone.
        standup.world.googleTap.intercept { request, next in
            guard request.method == .get || request.url.path.hasSuffix("/token") else { throw CancellationError() }
            return try await next.send(request)
        }
        try? await standup.sync()

        #expect(try await standup.shown() == Self.days("Theirs"))
    }

    @Test("R-31 taking an edit of the series back takes it back for the occurrences that differ too")
    func cancelled() async throws {
        let standup = try await Standup(.google)
        try await standup.moveSecond()
        try await standup.sync()
        try await standup.host.update(standup.record, invitations: .silent) { $0.title = "Ours" }
        #expect(try await standup.shown() == Self.days("Ours"))

        let waiting = try #require(try await standup.host.outbox(of: standup.connection).first)
        try await standup.host.cancel(waiting.id, of: standup.connection)

        #expect(try await standup.shown() == Self.days("Standup"))
    }

    @Test("R-31 an own edit of a series whose answer was lost is no edit of somebody else's to the next one")
    func lostAnswer() async throws {
        let standup = try await Standup(.google, .newest)
        try await standup.rename("First")
        standup.world.googleTap.intercept { request, next in
            let response = try await next.send(request)
            if request.method == .patch { throw CancellationError() }
            return response
        }
        try? await standup.sync()
        standup.world.googleTap.intercept(nil)
        try await standup.rename("Second")
        standup.world.clock.advance(by: 3600)
        try await standup.sync()

        #expect(try await standup.shown().allSatisfy { $0.hasSuffix("Second") })
        #expect(try await standup.shownAnew() == standup.shown())
        #expect(try await standup.host.conflicts(of: standup.connection).isEmpty)
    }
}
