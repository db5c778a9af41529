package import Foundation

extension Date {
    /// Whole milliseconds since 1970-01-01T00:00:00Z, rounded to the nearest.
    ///
    /// Dates beyond years 1 to 9999 by far (and not-a-number) are clamped to what 64 bits hold comfortably.
    package var millisecondsSinceEpoch: Int64 {
        let milliseconds = (timeIntervalSince1970 * 1000).rounded()
        guard milliseconds.magnitude < 9e15 else {
            return milliseconds < 0 ? -9_000_000_000_000_000 : 9_000_000_000_000_000
        }
        return Int64(milliseconds)
    }

    /// Creates an instant from whole milliseconds since 1970-01-01T00:00:00Z.
    package init(millisecondsSinceEpoch milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package var secondsSinceEpoch: Int64 {
        let milliseconds = millisecondsSinceEpoch
        let seconds = milliseconds / 1000
        return milliseconds < seconds * 1000 ? seconds - 1 : seconds
    }

    /// Creates an instant from whole seconds since 1970-01-01T00:00:00Z.
    package init(secondsSinceEpoch seconds: Int64) {
        self.init(timeIntervalSince1970: Double(seconds))
    }
}
