/// The periods of a rule as ranges of day numbers: period 0 holds the start, the next follows an interval later.
struct PeriodStepper: Sendable {
    /// The first day of period 0.
    let origin: Int
    /// How many days a period lasts.
    let length: Int
    /// How many days lie between the first days of two periods.
    let step: Int

    init(_ rule: RecurrenceRule, start: Int) {
        switch rule.frequency {
        case .weekly:
            length = 7
            origin = start - Weekday(daysSinceEpoch: start).days(after: rule.weekStart)
        default:
            length = 1
            origin = start
        }
        step = length * max(rule.interval, 1)
    }

    /// The first day of a period, or nil when it lies after year 9999.
    func firstDay(of period: Int) -> Int? {
        let (distance, overflow) = period.multipliedReportingOverflow(by: step)
        guard !overflow, distance <= Self.lastDay - origin else { return nil }
        return origin + distance
    }

    /// The last period that begins on or before a day, at least 0.
    func period(upTo day: Int) -> Int {
        max(0, day - origin) / step
    }

    /// After how many periods in a row without an occurrence there will never be one.
    ///
    /// The Gregorian calendar repeats, weekdays included, after 400 years of 146,097 days. As the periods step through
    /// it they meet every day they can meet within that many steps (of whole weeks: a seventh of it).
    var emptyBound: Int { 146_097 / length }

    private static let lastDay = 2_932_896
}
