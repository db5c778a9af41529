import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

/// Traps of the change feed, as users of other connectors met them; each is driven through the whole SDK.
@Suite("Google: traps of the change feed")
struct FeedTrapTests {
    @Test("Trap 1: an empty page with a token is not the end, and nothing is deleted or made again")
    func emptyPage() async throws {
        let host = try await SimulatedHost()
        for day in 11...19 { host.add(SimulatedHost.event("Event", on: "05-\(day)")) }
        try await host.settle()
        let before = try await host.titles()
        host.google.pageSize = 2
        host.google.emptyPageEvery = 1
        host.google.expireSyncTokens()

        let report = try await host.sync()

        #expect(before.count == 9)
        #expect(report.fullRounds == 1)
        #expect(report.removed == 0)
        #expect(report.created == 0)
        #expect(try await host.titles() == before)
        #expect(host.writes.isEmpty)
    }

    @Test("Trap 3: a void sync token is dropped after one answer 410, and a full round follows at once")
    func voidToken() async throws {
        let host = try await SimulatedHost()
        host.add(SimulatedHost.event("Kept", on: "05-05"))
        try await host.settle()
        host.google.expireSyncTokens()

        try await host.sync()
        try await host.sync()

        // One refusal, the full round, and the increment of the second run.
        let feed = host.google.requests.filter { $0.path.hasSuffix("/events") }.map(\.status)
        #expect(feed == [410, 200, 200])
        #expect(try await host.titles() == ["2026-05-05 Kept"])
    }

    @Test("Trap 4: an increment of one row is merged, and what it does not name stays")
    func merged() async throws {
        let host = try await SimulatedHost()
        for day in 11...15 { host.add(SimulatedHost.event("Event", on: "05-\(day)")) }
        try await host.settle()
        let moved = host.add(SimulatedHost.event("New", on: "05-20"))
        try await host.sync()
        host.google.change(moved, of: SimulatedHost.address) { content in
            content.start = SimulatedHost.time("05-21")
            content.end = .zoned(content.start.civil.adding(seconds: 3600), SimulatedAccount.zone)
        }

        let report = try await host.sync()

        #expect(report.seen == 1)
        #expect(try await host.titles().count == 6)
        #expect(try await host.titles().last == "2026-05-21 New")
    }

    @Test("Trap 5: a cancelled occurrence is not shown, and a changed one is shown once")
    func occurrences() async throws {
        let host = try await SimulatedHost()
        let series = host.add(SimulatedHost.series("Standup"))
        try await host.settle()
        host.google.cancelOccurrence(of: series, startingAt: SimulatedHost.time("05-11"), of: SimulatedHost.address)
        host.google.changeOccurrence(
            of: series,
            startingAt: SimulatedHost.time("05-18"),
            of: SimulatedHost.address
        ) { content in
            content.title = "Demo"
            content.start = SimulatedHost.time("05-19")
            content.end = .zoned(content.start.civil.adding(seconds: 3600), SimulatedAccount.zone)
        }

        try await host.sync()

        let expected = [
            "2026-05-04 Standup", "2026-05-19 Demo", "2026-05-25 Standup", "2026-06-01 Standup",
        ]
        #expect(try await host.titles() == expected)
    }

    @Test("Trap 6: a deleted series takes its exceptions along, although no row names them")
    func deletedMaster() async throws {
        let host = try await SimulatedHost()
        let series = host.add(SimulatedHost.series("Standup"))
        host.google.changeOccurrence(
            of: series,
            startingAt: SimulatedHost.time("05-18"),
            of: SimulatedHost.address
        ) { $0.title = "Demo" }
        host.add(SimulatedHost.event("Kept", on: "05-05"))
        try await host.settle()
        host.google.remove(series, of: SimulatedHost.address)

        try await host.sync()

        #expect(try await host.titles() == ["2026-05-05 Kept"])
    }

    @Test("Trap 8: rows of a series share one iCalUID and stay apart")
    func sharedUID() async throws {
        let host = try await SimulatedHost()
        let series = host.add(SimulatedHost.series("Standup"))
        for day in ["05-11", "05-18"] {
            host.google.changeOccurrence(
                of: series,
                startingAt: SimulatedHost.time(day),
                of: SimulatedHost.address
            ) { $0.title = "Demo \(day)" }
        }
        let uids = Set(host.google.events(of: SimulatedHost.address).map(\.iCalUID))

        try await host.sync()

        #expect(uids.count == 1)
        let entries = try await host.agenda()
        #expect(entries.count == 5)
        #expect(Set(entries.map(\.record)).count == 3)
        #expect(entries.compactMap(\.content.title).filter { $0.hasPrefix("Demo") } == ["Demo 05-11", "Demo 05-18"])
    }

    @Test("Trap 15: a full round after tokens were voided keeps the host's records and what they belong to")
    func keepsHostData() async throws {
        let host = try await SimulatedHost()
        try await host.sync()
        try await host.ada.create(
            SimulatedHost.event("Deal", on: "05-05"),
            in: host.connection,
            activity: "deal-7",
            invitations: .silent
        )
        try await host.settle()
        let before = try await host.agenda()
        host.google.expireSyncTokens()

        try await host.sync()

        #expect(before.map(\.activity) == ["deal-7"])
        #expect(try await host.agenda() == before)
        // The refused increment, the whole listing, and nothing else.
        #expect(host.google.requests.count == 2)
    }
}
