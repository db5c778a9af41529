import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google: limits, through the whole SDK")
struct LimitTests {
    private static func fault(_ status: Int, _ reason: String, times: Int, on method: HTTPMethod?) -> SimulatedFault {
        SimulatedFault(.answer(.googleError(status, reason)), method: method, pathContains: "/events", times: times)
    }

    @Test(
        "R-41 Trap 16: quotaExceeded pauses an account's writes for an hour while reads go on",
        arguments: [403, 429]
    )
    func quota(_ status: Int) async throws {
        let host = try await SimulatedHost()
        try await host.settle()
        for title in ["One", "Two", "Three"] {
            try await host.ada.create(
                SimulatedHost.event(title, on: "05-05"),
                in: host.connection,
                invitations: .silent
            )
        }
        host.google.add(Self.fault(403, "quotaExceeded", times: 1, on: .post))

        let first = try await host.sync()
        let tried = host.writes.count
        host.add(SimulatedHost.event("From the app", on: "05-06"))
        host.clock.advance(by: 1800)
        try await host.ada.create(SimulatedHost.event("Four", on: "05-07"), in: host.connection, invitations: .silent)
        let second = try await host.sync()
        let failure = try await host.ada.connections().first?.lastFailure

        #expect(tried == 1)
        #expect(first.waiting == 3)
        #expect(second.waiting == 4)
        #expect(second.created == 1)
        #expect(host.writes.count == 1)
        #expect(failure == .writesPaused)
        #expect(try await host.titles().contains("2026-05-06 From the app"))

        host.clock.advance(by: 1801)
        let third = try await host.sync()

        #expect(third.pushed == 4)
        #expect(host.google.events(of: SimulatedHost.address).count == 5)
        #expect(try await host.ada.connections().first?.lastFailure == nil)
    }

    @Test(
        "R-42 too many requests, told as 403 or as 429, back off and go on",
        arguments: [(403, "rateLimitExceeded"), (403, "userRateLimitExceeded"), (429, "rateLimitExceeded")]
    )
    func rate(_ status: Int, _ reason: String) async throws {
        let host = try await SimulatedHost()
        try await host.settle()
        try await host.ada.create(SimulatedHost.event("One", on: "05-05"), in: host.connection, invitations: .silent)
        let before = host.clock.now
        host.google.add(Self.fault(status, reason, times: 1, on: .post))

        let report = try await host.sync()

        #expect(report.pushed == 1)
        #expect(host.google.events(of: SimulatedHost.address).map(\.title) == ["One"])
        #expect(host.writes.map(\.status) == [status, 200])
        #expect(host.clock.now > before)
    }

    @Test("R-42 a read that meets the limit is told as one to try again, and changes nothing", arguments: [403, 429])
    func rateOfReads(_ status: Int) async throws {
        let host = try await SimulatedHost()
        host.add(SimulatedHost.event("One", on: "05-05"))
        try await host.settle()
        host.google.add(Self.fault(status, "rateLimitExceeded", times: 10, on: .get))

        let error = await calendarError { try await host.sync() }

        #expect(error?.code == .rateLimited)
        #expect(error?.isRetryable == true)
        #expect(try await host.titles() == ["2026-05-05 One"])
    }
}
