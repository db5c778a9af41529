public import Foundation

/// The time of day and the passing of time; the README's table calls it Clock.
///
/// Every part of the SDK that needs time takes it from here, so tests decide what time it is. The name avoids a clash:
/// a public `Clock` would hide the standard library's.
public protocol WallClock: Sendable {
    /// The current instant.
    var now: Date { get }

    /// Suspends until an instant has passed; returns at once when it lies in the past.
    ///
    /// - Throws: `CancellationError` when the surrounding task is cancelled.
    func sleep(until deadline: Date) async throws
}
