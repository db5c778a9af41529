internal import Foundation

/// A window in integers, widened to the left by the duration of an occurrence.
struct WindowLimits: Sendable {
    /// Instants from here on are too late.
    let end: Int64
    /// No start that matters lies before this local reading.
    let earliestLocal: Int64
    /// No start that matters lies after this local reading.
    let latestLocal: Int64
    private let lower: Int64
    private let duration: Int64

    init(_ window: Range<Date>, set: RecurrenceSet, clock: SeriesClock) {
        lower = Self.roundedUp(window.lowerBound)
        end = window.isEmpty ? Int64.min : Self.roundedUp(window.upperBound)
        latestLocal = window.isEmpty ? Int64.min : min(end, CivilDateTime.latest.secondsSinceEpoch) + 2 * 86_400
        // No event lasts longer than the years that can be represented; more would overflow.
        duration = min(max(0, set.duration.components.seconds), 1_000_000_000_000)
        earliestLocal = clock.local(before: lower - duration)
    }

    /// Whether an occurrence starts in the window or reaches into it.
    func reaches(_ start: SeriesClock.Start) -> Bool {
        duration == 0 ? start.instant >= lower : start.instant + duration > lower
    }

    /// Starts are whole seconds, so a bound between two seconds means the later one.
    private static func roundedUp(_ date: Date) -> Int64 {
        let seconds = date.secondsSinceEpoch
        return seconds * 1000 < date.millisecondsSinceEpoch ? seconds + 1 : seconds
    }
}
