/// A day of the proleptic Gregorian calendar, in years 1 to 9999, tied to no zone.
///
/// Four bytes, compared and hashed as one integer. It is encoded as its ISO 8601 text.
public struct CivilDate: Hashable, Sendable {
    /// Year, month and day in one number that orders as the days do.
    private let packed: Int32

    /// The year, 1 to 9999.
    public var year: Int { Int(packed >> 9) }

    /// The month, 1 to 12.
    public var month: Int { Int((packed >> 5) & 15) }

    /// The day of the month, 1 to 31.
    public var day: Int { Int(packed & 31) }

    /// The first day that can be represented, 1 January of year 1.
    public static let earliest = CivilDate(validYear: 1, month: 1, day: 1)

    /// The last day that can be represented, 31 December 9999.
    public static let latest = CivilDate(validYear: 9999, month: 12, day: 31)

    /// Creates a day, or nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    private init(validYear year: Int, month: Int, day: Int) {
        packed = Int32(truncatingIfNeeded: year << 9 | month << 5 | day)
    }

    /// The number of days in a month.
    ///
    /// - Parameters:
    ///   - year: A year; any integer, read as proleptic Gregorian.
    ///   - month: A month from 1 to 12.
    /// - Returns: 28 to 31, or 0 for a month that does not exist.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeap(year: year) ? 29 : 28
        default: 0
        }
    }

    /// Whether a year has 366 days.
    public static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

// MARK: - Day numbers

extension CivilDate {
    /// The number of days since 1 January 1970, negative before.
    public var daysSinceEpoch: Int {
        // Years begin in March here, so the leap day is the last of its year and months follow one linear formula.
        let shifted = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        let dayOfShiftedYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfShiftedYear - 719_468
    }

    /// Creates the day with a number counted from 1 January 1970.
    ///
    /// A number outside years 1 to 9999 is clamped to the nearest day that can be represented.
    public init(daysSinceEpoch days: Int) {
        let clamped = min(max(days, -719_162), 2_932_896)
        let shifted = clamped + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            validYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    /// The day so many days later, or earlier for a negative number, clamped to years 1 to 9999.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        guard !overflow else { return days > 0 ? .latest : .earliest }
        return CivilDate(daysSinceEpoch: sum)
    }

    /// The day of the week.
    public var weekday: Weekday { Weekday(daysSinceEpoch: daysSinceEpoch) }

    /// The day of the year, 1 to 366.
    public var dayOfYear: Int {
        daysSinceEpoch - CivilDate(validYear: year, month: 1, day: 1).daysSinceEpoch + 1
    }

    /// The week after ISO 8601, and the year that week belongs to (0 or 10000 can occur at the bounds).
    public var isoWeek: (yearForWeek: Int, week: Int) {
        let week = (dayOfYear - weekday.rawValue + 10) / 7
        if week < 1 { return (year - 1, Self.isoWeeks(in: year - 1)) }
        if week > Self.isoWeeks(in: year) { return (year + 1, 1) }
        return (year, week)
    }

    /// The number of ISO weeks in a year: 53 when it begins on a Thursday, or on a Wednesday in a leap year.
    package static func isoWeeks(in year: Int) -> Int {
        let before = year - 1
        let firstWeekday = (before + before / 4 - before / 100 + before / 400) % 7
        return firstWeekday == 3 || (firstWeekday == 2 && isLeap(year: year)) ? 53 : 52
    }
}

extension CivilDate: Comparable {
    /// Orders days by time.
    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.packed < right.packed }
}
