import CalendarCore

/// The length of a month and the weekday it begins with: all that a choice of days within a month depends on.
struct MonthShape: Hashable {
    let length: Int
    let first: Weekday

    /// The shape of one month.
    init(year: Int, month: Int) {
        length = CivilDate.daysInMonth(year: year, month: month)
        first = CivilDate(year: year, month: month, day: 1)?.weekday ?? .monday
    }

    private init(length: Int, first: Weekday) {
        self.length = length
        self.first = first
    }

    /// Every shape that the given months of the year can have, in a fixed order.
    static func all(ofMonths months: [Int]) -> [MonthShape] {
        let lengths = months.flatMap { month in
            [2023, 2024].map { CivilDate.daysInMonth(year: $0, month: month) }
        }
        return Set(lengths).sorted().flatMap { length in
            Weekday.allCases.map { MonthShape(length: length, first: $0) }
        }
    }

    /// The weekday of a day of the month.
    func weekday(ofDay day: Int) -> Weekday {
        Weekday(rawValue: (first.rawValue + day - 2) % 7 + 1) ?? .monday
    }

    /// The days that fall on one of some weekdays, ascending.
    func days(on weekdays: [Weekday]) -> [Int] {
        (1...length).filter { weekdays.contains(weekday(ofDay: $0)) }
    }
}

extension MonthShape {
    /// The days that a rule chooses in a month of this shape (RFC 5545 section 3.3.10), ascending.
    ///
    /// Holds for MONTHLY, and for YEARLY in a month that BYMONTH names; BYSETPOS then counts within the one month.
    ///
    /// - Parameters:
    ///   - rule: The rule; only its parts within a month are looked at.
    ///   - startDay: The day of the month of DTSTART, which counts when the rule names no day.
    /// - Returns: The days; none when the month has no such day.
    func days(of rule: RecurrenceRule, startDay: Int) -> [Int] {
        let days = (1...length).filter { day in
            if rule.byMonthDay.isEmpty, rule.byDay.isEmpty { return day == startDay }
            let isNumbered = rule.byMonthDay.contains { $0 == day || $0 == day - length - 1 }
            let isNamed = rule.byDay.contains { matches($0, day: day) }
            return (isNumbered || rule.byMonthDay.isEmpty) && (isNamed || rule.byDay.isEmpty)
        }
        guard !rule.bySetPosition.isEmpty else { return days }
        return days.indices.filter { index in
            rule.bySetPosition.contains { $0 == index + 1 || $0 == index - days.count }
        }.map { days[$0] }
    }

    private func matches(_ part: RecurrenceRule.NthWeekday, day: Int) -> Bool {
        guard weekday(ofDay: day) == part.weekday else { return false }
        guard let ordinal = part.ordinal else { return true }
        return ordinal == (day - 1) / 7 + 1 || ordinal == -((length - day) / 7 + 1)
    }
}
