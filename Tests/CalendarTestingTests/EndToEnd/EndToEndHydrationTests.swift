import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("End to end: occurrences that come without their series")
struct EndToEndHydrationTests {
    private let graces = Service.microsoft.address

    /// Reads of single events, by the end of their path.
    private func reads(_ world: World) -> [String] {
        world.microsoft.requests.filter { $0.method == .get && $0.path.contains("/events/") }.map(\.path)
    }

    private func pending(_ world: World, _ id: ConnectionID) async throws -> [SyncIssue] {
        try await world.host(.microsoft).issues(of: id).filter { $0.code == .pendingHydration }
    }

    @Test("R-25 the series of a bare occurrence is read once, by the path of its calendar")
    func read() async throws {
        let world = World()
        let series = world.microsoft.add(try Samples.series("Standup"), to: graces)
        world.microsoft.omitsMasters = true
        let id = try await world.connectAndSync(.microsoft)

        let calendar = try #require(try await world.host(.microsoft).calendars(of: id).first).id
        try await world.sync(.microsoft, id)

        #expect(try await world.titles(.microsoft) == ["Standup", "Standup", "Standup", "Standup"])
        #expect(reads(world).isEmpty)
        let paths = world.microsoftTap.requests.map { $0.url.path(percentEncoded: false) }
        #expect(paths.filter { $0.contains("/events/") } == ["/v1.0/me/calendars/\(calendar)/events/\(series)"])
        #expect(try await world.host(.microsoft).issues(of: id).isEmpty)
    }

    @Test("R-25 also in a calendar that is only shared to be read")
    func shared() async throws {
        let world = World()
        let team = world.microsoft.addCalendar("Team", to: graces, zone: World.vienna, access: .read)
        let series = world.microsoft.add(try Samples.series("Kick-off"), to: graces, calendar: team)
        world.microsoft.omitsMasters = true
        let id = try await world.connect(.microsoft).key.connection
        let primary = try #require(try await world.host(.microsoft).calendars(of: id).first).id
        try await world.host(.microsoft).select(CalendarSelection(read: [team], write: primary), in: id)
        world.microsoft.clearRequests()

        try await world.sync(.microsoft, id)

        #expect(try await world.titles(.microsoft).count == 4)
        #expect(reads(world) == ["/v1.0/me/calendars/\(team)/events/\(series)"])
    }

    @Test(
        "R-25 a series that cannot be read waits, is no empty event, and each round tries again",
        arguments: [403, 500, 503, 504]
    )
    func waiting(status: Int) async throws {
        let world = World()
        let series = world.microsoft.add(try Samples.series("Standup"), to: graces)
        world.microsoft.add(try World.event("Review", on: "2026-03-19"), to: graces)
        world.microsoft.omitsMasters = true
        let id = try await world.connect(.microsoft).key.connection
        world.microsoft.add(SimulatedFault(.status(status), pathContains: "/events/", times: 100))

        try await world.sync(.microsoft, id)
        let first = try await pending(world, id)
        world.microsoft.clearRequests()
        try await world.sync(.microsoft, id)
        let second = try await pending(world, id)

        #expect(try await world.titles(.microsoft) == ["Review"])
        #expect(try await StoredState(world).records.map(\.content.title) == ["Review"])
        #expect(first.map(\.event) == [series] && second == first)
        #expect(!reads(world).isEmpty)
    }

    @Test("R-25 a waiting series arrives with exactly its occurrences as soon as it can be read")
    func arrives() async throws {
        let world = World()
        let series = world.microsoft.add(try Samples.series("Standup"), to: graces)
        world.microsoft.cancelOccurrence(of: series, startingAt: try World.time("2026-03-25T10:00:00"), of: graces)
        world.microsoft.omitsMasters = true
        let id = try await world.connect(.microsoft).key.connection
        world.microsoft.add(SimulatedFault(.status(403), pathContains: "/events/"))
        try await world.sync(.microsoft, id)
        let before = try await world.titles(.microsoft)

        try await world.sync(.microsoft, id)
        world.microsoft.clearRequests()
        try await world.sync(.microsoft, id)

        let days = try await world.agenda(.microsoft).map(\.content.start.civilDate.description)
        #expect(before.isEmpty)
        #expect(days == ["2026-03-18", "2026-04-01", "2026-04-08"])
        #expect(try await pending(world, id).isEmpty)
        #expect(reads(world).isEmpty)
    }

    @Test("R-25 a series that is gone takes its occurrences along, and nothing waits for it")
    func orphan() async throws {
        let world = World()
        let series = world.microsoft.add(try Samples.series("Standup"), to: graces)
        world.microsoft.omitsMasters = true
        let id = try await world.connect(.microsoft).key.connection
        world.microsoft.add(SimulatedFault(.status(403), pathContains: "/events/"))
        try await world.sync(.microsoft, id)
        let before = try await pending(world, id)

        world.microsoft.remove(series, of: graces)
        try await world.sync(.microsoft, id)
        world.microsoft.clearRequests()
        try await world.sync(.microsoft, id)

        #expect(before.count == 1)
        #expect(try await world.host(.microsoft).issues(of: id).isEmpty)
        #expect(try await StoredState(world).records.isEmpty)
        #expect(reads(world).isEmpty)
    }

    @Test("R-25 a series that is replayed unchanged is no change")
    func replay() async throws {
        let world = World()
        world.microsoft.add(try Samples.series("Standup"), to: graces)
        world.microsoft.repeatsChanges = true
        let id = try await world.connectAndSync(.microsoft)
        let before = try await StoredState(world).records
        world.microsoft.expireSyncTokens()

        let report = try await world.sync(.microsoft, id)

        #expect(report.created + report.updated + report.removed == 0)
        #expect(try await StoredState(world).records == before)
    }
}
