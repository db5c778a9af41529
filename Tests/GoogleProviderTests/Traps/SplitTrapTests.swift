import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: traps of divided series")
struct SplitTrapTests {
    @Test(
        "Trap 7: a series that a person divided is shown once, with the same times or with others",
        arguments: [0, 2]
    )
    func divided(_ hours: Int64) async throws {
        let host = try await SimulatedHost()
        let series = host.add(SimulatedHost.series("Standup"))
        host.google.changeOccurrence(
            of: series,
            startingAt: SimulatedHost.time("05-11"),
            of: SimulatedHost.address
        ) { $0.title = "Demo" }
        try await host.settle()

        let later = host.google.changeFollowing(
            of: series,
            startingAt: SimulatedHost.time("05-18"),
            of: SimulatedHost.address
        ) { content in
            content.title = "Retro"
            content.start = .zoned(content.start.civil.adding(seconds: hours * 3600), SimulatedAccount.zone)
            content.end = .zoned(content.end.civil.adding(seconds: hours * 3600), SimulatedAccount.zone)
        }
        try await host.sync()

        let expected = [
            "2026-05-04 Standup", "2026-05-11 Demo", "2026-05-18 Retro", "2026-05-25 Retro", "2026-06-01 Retro",
        ]
        #expect(try await host.titles() == expected)
        #expect(later != series)
        #expect(try await host.agenda().last?.content.start.civil.secondOfDay == Int32(10 + hours) * 3600)
        #expect(host.writes.isEmpty)
    }

    @Test("Trap 7: an occurrence of a divided series is found under its own master, whatever its id begins with")
    func occurrenceOfHalf() async throws {
        let account = try await SimulatedAccount()
        let series = account.google.add(SimulatedHost.series("Standup"), to: SimulatedAccount.address)
        let later = account.google.changeFollowing(
            of: series,
            startingAt: SimulatedHost.time("05-18"),
            of: SimulatedAccount.address
        ) { $0.title = "Retro" }
        let key = OccurrenceKey(series: later, originalStart: SimulatedHost.time("05-25"))

        let found = try await account.provider.occurrence(key, in: account.calendar, session: account.session)
        let old = await calendarError {
            let key = OccurrenceKey(series: series, originalStart: SimulatedHost.time("05-25"))
            return try await account.provider.occurrence(key, in: account.calendar, session: account.session)
        }

        #expect(later.rawValue.hasPrefix(series.rawValue + "_R"))
        #expect(found.role == .exception(key))
        #expect(found.content.title == "Retro")
        #expect(old?.code == .notFound)
    }

    @Test("Trap 7: both halves change when a person changes all, and neither is doubled")
    func allAfterDivision() async throws {
        let host = try await SimulatedHost()
        let series = host.add(SimulatedHost.series("Standup"))
        host.google.changeFollowing(
            of: series,
            startingAt: SimulatedHost.time("05-18"),
            of: SimulatedHost.address
        ) { $0.location = "Room 2" }
        try await host.settle()

        host.google.changeSeries(series, of: SimulatedHost.address) { $0.title = "Daily" }
        try await host.sync()

        #expect(try await host.agenda().map(\.content.title) == Array(repeating: "Daily", count: 5))
    }
}
