import CalendarTesting
import CalendarToolKit
import Foundation
import Testing

@Suite("The clock of calendar simulate")
struct SimulationClockTests {
    private let wall = ManualClock(now: Date(timeIntervalSince1970: 1_000_000))

    @Test("it follows the wall clock, plus what was added")
    func following() {
        let clock = SimulationClock(following: wall)

        wall.advance(by: 5)
        clock.advance(by: 3600)

        #expect(clock.now == Date(timeIntervalSince1970: 1_003_605))
    }

    @Test("it begins where it is told")
    func start() {
        let clock = SimulationClock(following: wall, start: Date(timeIntervalSince1970: 2_000_000))

        wall.advance(by: 5)

        #expect(clock.now == Date(timeIntervalSince1970: 2_000_005))
    }

    @Test("a frozen one stands still until it is advanced")
    func frozen() {
        let clock = SimulationClock(following: wall, isFrozen: true)

        wall.advance(by: 5)
        #expect(clock.now == Date(timeIntervalSince1970: 1_000_000))

        clock.advance(by: 60)
        #expect(clock.now == Date(timeIntervalSince1970: 1_000_060))
    }

    @Test("a reset takes back what was added")
    func reset() {
        let clock = SimulationClock(following: wall)

        clock.advance(by: 3600)
        clock.reset()

        #expect(clock.now == wall.now)
    }
}
