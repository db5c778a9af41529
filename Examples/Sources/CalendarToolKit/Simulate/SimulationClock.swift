import CalendarCore
import Foundation
import Synchronization

/// The time of the simulated services: a start, the time that passed since, and what was added by hand.
///
/// It follows the wall clock, so that clients which compare the expiry of a token with their own clock see what they
/// expect; a frozen one stands still until it is advanced.
package final class SimulationClock: WallClock {
    private let wall: any WallClock
    private let begin: Date
    private let start: Date
    private let isFrozen: Bool
    private let added = Mutex(0.0)

    /// Creates a clock.
    ///
    /// - Parameters:
    ///   - wall: Tells how much time passes.
    ///   - start: The instant shown first; nil for the wall clock's.
    ///   - isFrozen: Whether time passes only by hand.
    package init(following wall: any WallClock, start: Date? = nil, isFrozen: Bool = false) {
        self.wall = wall
        self.isFrozen = isFrozen
        begin = wall.now
        self.start = start ?? begin
    }

    package var now: Date {
        start.addingTimeInterval((isFrozen ? 0 : wall.now.timeIntervalSince(begin)) + added.withLock { $0 })
    }

    /// Moves the clock forward.
    package func advance(by seconds: Double) {
        added.withLock { $0 += seconds }
    }

    /// Takes back what was added by hand.
    package func reset() {
        added.withLock { $0 = 0 }
    }

    /// Waits as long on the wall clock as is missing now; an advance meanwhile does not wake anybody.
    package func sleep(until deadline: Date) async throws {
        try await wall.sleep(until: wall.now.addingTimeInterval(deadline.timeIntervalSince(now)))
    }
}
