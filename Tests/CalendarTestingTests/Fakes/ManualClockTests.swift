import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Manual clock", .timeLimit(.minutes(10)))
struct ManualClockTests {
    private let start = Date(timeIntervalSince1970: 1000)

    @Test("a sleeper resumes when its deadline is reached, not before")
    func deadline() async throws {
        let clock = ManualClock(now: start)
        let deadline = start.addingTimeInterval(10)
        let sleeper = Task {
            try await clock.sleep(until: deadline)
            return clock.now
        }
        try await clock.waitForSleepers()

        clock.advance(by: 9)
        #expect(clock.sleeperCount == 1)
        clock.advance(by: 1)

        #expect(try await sleeper.value == deadline)
        #expect(clock.sleeperCount == 0)
    }

    @Test("a deadline in the past returns at once")
    func past() async throws {
        let clock = ManualClock(now: start)

        try await clock.sleep(until: start)

        #expect(clock.now == start)
    }

    @Test("a cancelled sleeper throws and is forgotten")
    func cancelled() async throws {
        let clock = ManualClock(now: start)
        let deadline = start.addingTimeInterval(10)
        let sleeper = Task { try await clock.sleep(until: deadline) }
        try await clock.waitForSleepers()

        sleeper.cancel()

        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
        clock.set(deadline)
    }

    @Test("a clock that advances when sleeping shows the deadline afterwards")
    func advancing() async throws {
        let clock = ManualClock(now: start, advancesWhenSleeping: true)

        try await clock.sleep(until: start.addingTimeInterval(3600))
        try await clock.sleep(until: start)

        #expect(clock.now == start.addingTimeInterval(3600))
    }
}
