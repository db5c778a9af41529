import CalendarCore

/// The dates of a pattern, worked out here on purpose and not by the code under test.
extension GraphRecurrence {
    /// The dates from the start to a limit, both inclusive, in order; linear in the number of dates.
    func dates(through limit: CivilDate) -> [CivilDate] {
        var result: [CivilDate] = []
        var last = limit
        var count = Int.max
        switch range {
        case .noEnd: break
        case .until(let end): last = min(limit, end)
        case .count(let number): count = number
        }
        var period = 0
        while let begin = firstDay(ofPeriod: period), begin <= last {
            for date in candidates(inPeriod: period, from: begin) where date >= startDate {
                guard date <= last, result.count < count else { return result }
                result.append(date)
            }
            if result.count >= count { return result }
            period += 1
        }
        return result
    }

    /// The first date that fits, which may lie after the start; nil when none does.
    var firstDate: CivilDate? {
        dates(through: startDate.adding(days: 366 * (interval + 1) * 4)).first
    }

    /// The first day of the so manyth day, week, month or year of the pattern; nil beyond the calendar.
    private func firstDay(ofPeriod period: Int) -> CivilDate? {
        let step = period * interval
        switch kind {
        case .daily:
            return Self.adding(step, to: startDate)
        case .weekly:
            return Self.adding(step * 7 - startDate.weekday.days(after: firstDay), to: startDate)
        case .absoluteMonthly, .relativeMonthly:
            let months = startDate.year * 12 + startDate.month - 1 + step
            return CivilDate(year: months / 12, month: months % 12 + 1, day: 1)
        case .absoluteYearly, .relativeYearly:
            return CivilDate(year: startDate.year + step, month: month, day: 1)
        }
    }

    private static func adding(_ days: Int, to date: CivilDate) -> CivilDate? {
        let number = date.daysSinceEpoch + days
        return number <= CivilDate.latest.daysSinceEpoch ? CivilDate(daysSinceEpoch: number) : nil
    }

    private func candidates(inPeriod period: Int, from begin: CivilDate) -> [CivilDate] {
        let length = CivilDate.daysInMonth(year: begin.year, month: begin.month)
        switch kind {
        case .daily:
            return [begin]
        case .weekly:
            return (0..<7).map { begin.adding(days: $0) }.filter { days.contains($0.weekday) }
        case .absoluteMonthly, .absoluteYearly:
            // Exchange takes the last day of a month that is too short; RFC 5545 would skip the month.
            return [begin.adding(days: min(dayOfMonth, length) - 1)]
        case .relativeMonthly, .relativeYearly:
            let fitting = (0..<length).map { begin.adding(days: $0) }.filter { days.contains($0.weekday) }
            let position = index == .last ? fitting.count - 1 : Index.allCases.firstIndex(of: index) ?? 0
            return fitting.indices.contains(position) ? [fitting[position]] : []
        }
    }
}
