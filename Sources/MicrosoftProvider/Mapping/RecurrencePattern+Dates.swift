import CalendarCore

/// The days of a pattern, whose periods are counted from the day on which the series starts.
extension RecurrencePattern {
    /// Whether the pattern gives a day; Graph would move a start that it does not give.
    func admits(_ date: CivilDate) -> Bool {
        switch kind {
        case .daily: true
        case .weekly: days.contains(date.weekday)
        case .absoluteMonthly, .relativeMonthly: isChosen(date)
        case .absoluteYearly, .relativeYearly: date.month == month && isChosen(date)
        }
    }

    /// The day that a monthly or yearly pattern chooses in a month; a month that is too short gives its last one.
    func chosenDay(in shape: MonthShape) -> Int? {
        switch kind {
        case .daily, .weekly: return nil
        case .absoluteMonthly, .absoluteYearly: return min(dayOfMonth, shape.length)
        case .relativeMonthly, .relativeYearly:
            let matching = shape.days(on: days)
            let position = index == .last ? matching.count - 1 : index.ordinal - 1
            return matching.indices.contains(position) ? matching[position] : nil
        }
    }

    /// The first day of a series that was given a start, which the pattern may not contain.
    ///
    /// - Returns: The start or a later day; nil beyond the calendar.
    func firstDay(from start: CivilDate) -> CivilDate? {
        for period in 0...1 {
            if let day = days(inPeriod: period, from: start).first(where: { $0 >= start }) { return day }
        }
        return nil
    }

    /// The last day of the series that is not after a limit, in constant time; nil when there is none.
    func lastDay(from start: CivilDate, notAfter limit: CivilDate) -> CivilDate? {
        guard limit >= start else { return nil }
        let period = period(of: limit, from: start)
        for period in [period, period - 1] where period >= 0 {
            let days = days(inPeriod: period, from: start)
            if let day = days.last(where: { $0 >= start && $0 <= limit }) { return day }
        }
        return nil
    }

    /// The day of the so manyth occurrence, counted from 1, in time linear in the number; nil beyond the calendar.
    func day(ofOccurrence number: Int, from start: CivilDate) -> CivilDate? {
        var (period, remaining) = (0, number)
        while true {
            let days = days(inPeriod: period, from: start)
            guard !days.isEmpty else { return nil }
            for day in days where day >= start {
                remaining -= 1
                if remaining == 0 { return day }
            }
            period += 1
        }
    }

    private func isChosen(_ date: CivilDate) -> Bool {
        chosenDay(in: MonthShape(year: date.year, month: date.month)) == date.day
    }

    private func period(of date: CivilDate, from start: CivilDate) -> Int {
        let days = date.daysSinceEpoch - start.daysSinceEpoch
        switch kind {
        case .daily: return days / interval
        case .weekly: return (days + start.weekday.days(after: firstDay)) / 7 / interval
        case .absoluteMonthly, .relativeMonthly:
            return ((date.year - start.year) * 12 + date.month - start.month) / interval
        case .absoluteYearly, .relativeYearly: return (date.year - start.year) / interval
        }
    }

    /// The days of one period, ascending, those before the start included; none beyond the calendar.
    private func days(inPeriod period: Int, from start: CivilDate) -> [CivilDate] {
        let step = period * interval
        switch kind {
        case .daily: return [Self.day(step, after: start)].compactMap { $0 }
        case .weekly:
            let begin = step * 7 - start.weekday.days(after: firstDay)
            return days.map { $0.days(after: firstDay) }.sorted().compactMap { Self.day(begin + $0, after: start) }
        case .absoluteMonthly, .relativeMonthly:
            let months = start.year * 12 + start.month - 1 + step
            return chosenDate(year: months / 12, month: months % 12 + 1)
        case .absoluteYearly, .relativeYearly:
            return chosenDate(year: start.year + step, month: month)
        }
    }

    private func chosenDate(year: Int, month: Int) -> [CivilDate] {
        guard year <= CivilDate.latest.year, let day = chosenDay(in: MonthShape(year: year, month: month)) else {
            return []
        }
        return [CivilDate(year: year, month: month, day: day)].compactMap { $0 }
    }

    private static func day(_ days: Int, after start: CivilDate) -> CivilDate? {
        let bounds = CivilDate.earliest.daysSinceEpoch...CivilDate.latest.daysSinceEpoch
        let number = start.daysSinceEpoch + days
        return bounds.contains(number) ? CivilDate(daysSinceEpoch: number) : nil
    }
}
