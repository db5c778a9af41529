import CalendarCore

/// Expands a rule by its definition: walks every day (or every hour, minute, second) and asks whether the rule holds.
///
/// Slow on purpose, and shares nothing with the library but civil dates.
struct RecurrenceOracle {
    let rule: RecurrenceRule
    let start: CivilDateTime
    let isAllDay: Bool

    /// The readings before an end, ascending.
    func readings(before end: CivilDateTime) -> [CivilDateTime] {
        var found: [CivilDateTime] = []
        for period in isFine ? finePeriods(before: end) : dayPeriods(before: end) {
            let chosen =
                rule.bySetPosition.isEmpty
                ? period
                : period.indices.filter { index in
                    rule.bySetPosition.contains(index + 1) || rule.bySetPosition.contains(index - period.count)
                }.map { period[$0] }
            for reading in chosen where reading >= start && reading < end {
                if case .date(let last) = rule.until, reading.date > last { return found }
                if case .local(let last) = rule.until, reading > last { return found }
                if let count = rule.count, found.count == count { return found }
                found.append(reading)
            }
        }
        return found
    }

    private var isFine: Bool { [.hourly, .minutely, .secondly].contains(rule.frequency) }

    // MARK: - Days

    private func dayPeriods(before end: CivilDateTime) -> [[CivilDateTime]] {
        let first = number(of: start.date)
        var date = start.date
        while number(of: date.adding(days: -1)) == first { date = date.adding(days: -1) }
        var last = end.date
        while number(of: last.adding(days: 1)) == number(of: last) { last = last.adding(days: 1) }
        let times = timesOfDay
        var periods: [[CivilDateTime]] = []
        var current = first - 1
        while date <= last {
            let number = number(of: date)
            if number != current { periods.append([]) }
            current = number
            if (number - first) % rule.interval == 0, holds(on: date) {
                periods[periods.count - 1] += times.map { CivilDateTime(startOf: date).adding(seconds: $0) }
            }
            date = date.adding(days: 1)
        }
        return periods
    }

    private var timesOfDay: [Int64] {
        guard !isAllDay else { return [0] }
        var times: [Int64] = []
        for hour in 0..<24 where rule.byHour.isEmpty ? hour == start.hour : rule.byHour.contains(hour) {
            for second in secondsOfHour { times.append(Int64(hour * 3600) + second) }
        }
        return times
    }

    private var secondsOfHour: [Int64] {
        var times: [Int64] = []
        for minute in 0..<60 where rule.byMinute.isEmpty ? minute == start.minute : rule.byMinute.contains(minute) {
            times += secondsOfMinute.map { Int64(minute * 60) + $0 }
        }
        return times
    }

    private var secondsOfMinute: [Int64] {
        (0..<60).filter { rule.bySecond.isEmpty ? $0 == start.second : rule.bySecond.contains($0) }.map(Int64.init)
    }

    /// A number for the period of a day; the next period has the next number.
    private func number(of date: CivilDate) -> Int {
        switch rule.frequency {
        case .yearly: return date.year
        case .monthly: return date.year * 12 + date.month
        case .weekly: return (firstOfWeek(date).daysSinceEpoch - 4) / 7 + 1000
        default: return date.daysSinceEpoch
        }
    }

    private func firstOfWeek(_ date: CivilDate) -> CivilDate {
        var date = date
        while date.weekday != rule.weekStart { date = date.adding(days: -1) }
        return date
    }

    private func holds(on date: CivilDate) -> Bool {
        let length = CivilDate.daysInMonth(year: date.year, month: date.month)
        let yearLength = CivilDate.isLeap(year: date.year) ? 366 : 365
        let namesNoDay =
            rule.byDay.isEmpty && rule.byMonthDay.isEmpty && rule.byYearDay.isEmpty && rule.byWeekNumber.isEmpty
        if namesNoDay {
            switch rule.frequency {
            case .weekly: if date.weekday != start.date.weekday { return false }
            case .monthly: if date.day != start.date.day { return false }
            case .yearly:
                if date.day != start.date.day { return false }
                if rule.byMonth.isEmpty, date.month != start.date.month { return false }
            default: break
            }
        }
        if !rule.byMonth.isEmpty, !rule.byMonth.contains(date.month) { return false }
        if !rule.byMonthDay.isEmpty,
            !rule.byMonthDay.contains(where: { $0 == date.day || $0 == date.day - length - 1 })
        {
            return false
        }
        if !rule.byYearDay.isEmpty,
            !rule.byYearDay.contains(where: { $0 == date.dayOfYear || $0 == date.dayOfYear - yearLength - 1 })
        {
            return false
        }
        if !rule.byWeekNumber.isEmpty {
            let (week, weeks) = weekNumber(of: date)
            guard rule.byWeekNumber.contains(where: { $0 == week || $0 == week - weeks - 1 }) else { return false }
        }
        return rule.byDay.isEmpty || rule.byDay.contains { holds($0, on: date) }
    }

    private func holds(_ day: RecurrenceRule.NthWeekday, on date: CivilDate) -> Bool {
        guard day.weekday == date.weekday else { return false }
        guard let ordinal = day.ordinal else { return true }
        let isInMonth = rule.frequency == .monthly || !rule.byMonth.isEmpty
        // Walks away from the day by weeks, as long as it stays in the month or year.
        var place = 1
        let step = ordinal > 0 ? -7 : 7
        var other = date.adding(days: step)
        while other.year == date.year, !isInMonth || other.month == date.month {
            place += 1
            other = other.adding(days: step)
        }
        return place == abs(ordinal)
    }

    /// The number of a day's week, and how many weeks its week-numbering year has.
    private func weekNumber(of date: CivilDate) -> (week: Int, weeks: Int) {
        // The fourth day of a week lies in the year the week belongs to, and 28 December in the last week of its year.
        let middle = firstOfWeek(date).adding(days: 3)
        let end = CivilDate(year: middle.year, month: 12, day: 28) ?? middle
        let lastMiddle = firstOfWeek(end).adding(days: 3)
        return ((middle.dayOfYear - 1) / 7 + 1, (lastMiddle.dayOfYear - 1) / 7 + 1)
    }

    // MARK: - Hours, minutes, seconds

    private func finePeriods(before end: CivilDateTime) -> [[CivilDateTime]] {
        let unit: Int64 = rule.frequency == .hourly ? 3600 : rule.frequency == .minutely ? 60 : 1
        var begin = start.adding(seconds: -Int64(start.hour * 3600 + start.minute * 60 + start.second) % unit)
        let offsets = unit == 3600 ? secondsOfHour : unit == 60 ? secondsOfMinute : [0]
        var periods: [[CivilDateTime]] = []
        while begin < end {
            let admitsHour = rule.byHour.isEmpty || rule.byHour.contains(begin.hour)
            let admitsMinute = unit == 3600 || rule.byMinute.isEmpty || rule.byMinute.contains(begin.minute)
            let admitsSecond = unit > 1 || rule.bySecond.isEmpty || rule.bySecond.contains(begin.second)
            if admitsHour, admitsMinute, admitsSecond, holds(on: begin.date) {
                periods.append(offsets.map { begin.adding(seconds: $0) })
            }
            begin = begin.adding(seconds: unit * Int64(rule.interval))
        }
        return periods
    }
}
