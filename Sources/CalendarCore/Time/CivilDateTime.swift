/// A wall-clock reading: a day and a time to the second, tied to no zone.
///
/// Eight bytes. Years run from 1 to 9999; there is no leap second, so arithmetic is exact. It is encoded as its ISO 8601
/// text.
public struct CivilDateTime: Hashable, Sendable {
    /// The day.
    public let date: CivilDate

    /// Seconds since midnight, 0 to 86,399.
    package let secondOfDay: Int32

    /// The hour, 0 to 23.
    public var hour: Int { Int(secondOfDay) / 3600 }

    /// The minute, 0 to 59.
    public var minute: Int { Int(secondOfDay) / 60 % 60 }

    /// The second, 0 to 59.
    public var second: Int { Int(secondOfDay) % 60 }

    /// The first reading that can be represented.
    public static let earliest = CivilDateTime(date: .earliest, secondOfDay: 0)

    /// The last reading that can be represented.
    public static let latest = CivilDateTime(date: .latest, secondOfDay: 86_399)

    /// Creates a reading, or nil when the time of day does not exist.
    ///
    /// - Parameters:
    ///   - date: The day.
    ///   - hour: 0 to 23.
    ///   - minute: 0 to 59.
    ///   - second: 0 to 59.
    public init?(date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.init(date: date, secondOfDay: Int32(truncatingIfNeeded: hour * 3600 + minute * 60 + second))
    }

    /// Creates a reading from a second of the day that is known to be valid.
    package init(date: CivilDate, secondOfDay: Int32) {
        self.date = date
        self.secondOfDay = min(max(secondOfDay, 0), 86_399)
    }

    /// Midnight at the start of a day.
    public init(startOf date: CivilDate) {
        self.init(date: date, secondOfDay: 0)
    }

    /// The seconds since 1970-01-01T00:00:00 if this reading were in UTC.
    public var secondsSinceEpoch: Int64 {
        Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay)
    }

    /// Creates the reading so many seconds after 1970-01-01T00:00:00, clamped to years 1 to 9999.
    public init(secondsSinceEpoch seconds: Int64) {
        let clamped = min(max(seconds, -62_135_596_800), 253_402_300_799)
        // Shifted to be positive, because integer division rounds towards zero.
        let shifted = clamped + 62_135_596_800
        let days = shifted / 86_400
        date = CivilDate(daysSinceEpoch: Int(days) - 719_162)
        secondOfDay = Int32(truncatingIfNeeded: shifted - days * 86_400)
    }

    /// The reading so many seconds later, clamped to years 1 to 9999.
    public func adding(seconds: Int64) -> CivilDateTime {
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
        guard !overflow else { return seconds > 0 ? .latest : .earliest }
        return CivilDateTime(secondsSinceEpoch: sum)
    }

    /// The same time of day so many days later, clamped to years 1 to 9999.
    public func adding(days: Int) -> CivilDateTime {
        CivilDateTime(date: date.adding(days: days), secondOfDay: secondOfDay)
    }
}

extension CivilDateTime: Comparable {
    /// Orders readings by day, then by time of day.
    public static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        left.date == right.date ? left.secondOfDay < right.secondOfDay : left.date < right.date
    }
}
