import CalendarCore

/// The months of a MONTHLY or YEARLY rule: one to begin with, and a constant number of months to the next.
enum MonthSteps {
    /// Finds the months of a rule.
    ///
    /// Evenly spaced months of every year are an interval of months, beginning with the start's.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - start: The first day of the series.
    /// - Returns: The first month, 1 to 12, and the step in months; 12 times the interval for one month a year.
    /// - Throws: `UnrepresentablePart` when the months are not evenly spaced.
    static func of(
        _ rule: RecurrenceRule,
        start: CivilDate
    ) throws(UnrepresentablePart) -> (first: Int, step: Int) {
        guard rule.frequency == .yearly else {
            guard rule.byMonth.isEmpty else { throw UnrepresentablePart(name: "BYMONTH") }
            return (start.month, rule.interval)
        }
        var months = Set(rule.byMonth).sorted()
        var offender = "BYMONTH"
        if months.isEmpty {
            // Without BYMONTH, weekdays are those of the whole year, and days of the month those of every month.
            guard rule.byDay.isEmpty else { throw UnrepresentablePart(name: "BYDAY") }
            months = rule.byMonthDay.isEmpty ? [start.month] : Array(1...12)
            offender = "BYMONTHDAY"
        }
        if months.count == 1 { return (months[0], 12 * rule.interval) }
        let step = 12 / months.count
        guard rule.interval == 1, 12 % months.count == 0,
            months == months.indices.map({ months[0] + $0 * step })
        else { throw UnrepresentablePart(name: offender) }
        // Positions count within the year here, not within the month.
        guard rule.bySetPosition.isEmpty else { throw UnrepresentablePart(name: "BYSETPOS") }
        guard months.contains(start.month) else { throw UnrepresentablePart(name: "DTSTART") }
        return (start.month, step)
    }
}
