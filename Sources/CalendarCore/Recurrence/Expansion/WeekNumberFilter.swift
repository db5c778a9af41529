/// Admits the days of the weeks in BYWEEKNO, counted from either end; all days when the part is absent.
///
/// Weeks are those of ISO 8601 with WKST as their first day: week 1 is the first one with four days in its year. A day
/// belongs to the week it lies in even where that week is counted in the neighbouring year, so the last days of December
/// can be in week 1 and the first ones of January in week 52 or 53. Without BYDAY every day of the week counts: RFC 5545
/// section 3.3.10 lets BYWEEKNO expand a year, and names no part that would choose one day of it.
struct WeekNumberFilter: Sendable {
    private let fromStart: UInt64
    private let fromEnd: UInt64
    private let weekStart: Weekday

    init(_ weeks: [Int], weekStart: Weekday) {
        fromStart = weeks.filter { $0 > 0 }.reduce(0) { $0 | 1 << UInt64($1) }
        fromEnd = weeks.filter { $0 < 0 }.reduce(0) { $0 | 1 << UInt64(-$1) }
        self.weekStart = weekStart
    }

    var admitsAll: Bool { fromStart | fromEnd == 0 }

    func admits(_ day: DayInYear) -> Bool {
        guard !admitsAll else { return true }
        let shape = day.shape
        let offset = shape.firstWeekday.days(after: weekStart)
        let first = Self.firstWeek(offset)
        guard day.index >= first else {
            let previousOffset = (offset - shape.previousLength % 7 + 7) % 7
            let weeks = Self.weeks(offset: previousOffset, length: shape.previousLength)
            return admits(week: weeks, of: weeks)
        }
        let weeks = Self.weeks(offset: offset, length: shape.length)
        let week = (day.index - first) / 7 + 1
        guard week > weeks else { return admits(week: week, of: weeks) }
        return admits(week: 1, of: Self.weeks(offset: (offset + shape.length) % 7, length: shape.nextLength))
    }

    private func admits(week: Int, of weeks: Int) -> Bool {
        fromStart & 1 << UInt64(week) != 0 || fromEnd & 1 << UInt64(weeks - week + 1) != 0
    }

    /// On which day of the year week 1 begins, for a year that begins so many days into a week.
    private static func firstWeek(_ offset: Int) -> Int { offset <= 3 ? -offset : 7 - offset }

    private static func weeks(offset: Int, length: Int) -> Int {
        (length + firstWeek((offset + length) % 7) - firstWeek(offset)) / 7
    }
}
