/// The periods of a DAILY to YEARLY rule that its INTERVAL leaves, as ranges of day numbers.
///
/// Period 0 holds the start of the series. Years and months are those of the calendar, weeks begin on WKST.
struct PeriodGrid: Sendable {
    let frequency: RecurrenceRule.Frequency
    let interval: Int
    /// The first day of period 0 for DAILY and WEEKLY, the number of the month or year for the others.
    private let origin: Int

    init(_ rule: RecurrenceRule, start: CivilDate) {
        frequency = rule.frequency
        interval = max(rule.interval, 1)
        switch rule.frequency {
        case .yearly: origin = start.year
        case .monthly: origin = start.year * 12 + start.month - 1
        case .weekly: origin = start.daysSinceEpoch - start.weekday.days(after: rule.weekStart)
        default: origin = start.daysSinceEpoch
        }
    }

    /// The day itself when it lies in a period that counts, else the first day of the next such period.
    ///
    /// - Parameter day: A day not before period 0.
    /// - Returns: A day number, beyond the calendar's last day after year 9999.
    func activeDay(from day: Int) -> Int {
        guard interval > 1 else { return day }
        let number = number(of: day)
        let late = number % interval
        return late == 0 ? day : firstDay(of: number + interval - late)
    }

    /// The days of the period that holds a day.
    func range(containing day: Int) -> Range<Int> {
        let number = number(of: day)
        return firstDay(of: number)..<firstDay(of: number + 1)
    }

    private func number(of day: Int) -> Int {
        switch frequency {
        case .yearly: return CivilDate(daysSinceEpoch: day).year - origin
        case .monthly:
            let date = CivilDate(daysSinceEpoch: day)
            return date.year * 12 + date.month - 1 - origin
        case .weekly: return (day - origin) / 7
        default: return day - origin
        }
    }

    private func firstDay(of number: Int) -> Int {
        switch frequency {
        case .yearly: Self.firstDay(month: (origin + number) * 12)
        case .monthly: Self.firstDay(month: origin + number)
        case .weekly: origin + number * 7
        default: origin + number
        }
    }

    private static func firstDay(month: Int) -> Int {
        CivilDate(year: month / 12, month: month % 12 + 1, day: 1)?.daysSinceEpoch ?? DayCalendar.latestDay + 1
    }
}
