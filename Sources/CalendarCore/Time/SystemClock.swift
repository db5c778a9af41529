public import Foundation

/// The clock of the machine.
public struct SystemClock: WallClock {
    /// Creates the clock.
    public init() {}

    /// The current instant, to the millisecond.
    public var now: Date {
        Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    }

    /// Suspends until an instant has passed.
    public func sleep(until deadline: Date) async throws {
        let seconds = deadline.timeIntervalSince(Date())
        guard seconds > 0 else { return }
        try await Task.sleep(for: .milliseconds(Int64((seconds * 1000).rounded(.up))))
    }
}
