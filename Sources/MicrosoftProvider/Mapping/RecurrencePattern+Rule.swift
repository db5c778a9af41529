import CalendarCore

extension RecurrencePattern {
    /// The rule a pattern stands for.
    ///
    /// Exchange takes the last day of a month that is too short, where RFC 5545 skips the month; hence the lists with
    /// BYSETPOS. The end of the series is left to ``RecurrenceRange``.
    var rule: RecurrenceRule {
        switch kind {
        case .daily: return RecurrenceRule(frequency: .daily, interval: interval)
        case .weekly:
            var rule = RecurrenceRule(frequency: .weekly, interval: interval)
            rule.byDay = days.map { .init($0) }
            // Where a week begins only matters when weeks are left out.
            if interval > 1 { rule.weekStart = firstDay }
            return rule
        case .absoluteMonthly:
            var rule = RecurrenceRule(frequency: .monthly, interval: interval)
            setDay(of: &rule, longest: 31)
            return rule
        case .absoluteYearly:
            var rule = RecurrenceRule(frequency: .yearly, interval: interval)
            rule.byMonth = [month]
            setDay(of: &rule, longest: CivilDate.daysInMonth(year: 2024, month: month))
            return rule
        case .relativeMonthly:
            var rule = RecurrenceRule(frequency: .monthly, interval: interval)
            setWeekdays(of: &rule)
            return rule
        case .relativeYearly:
            var rule = RecurrenceRule(frequency: .yearly, interval: interval)
            rule.byMonth = [month]
            setWeekdays(of: &rule)
            return rule
        }
    }

    private func setDay(of rule: inout RecurrenceRule, longest: Int) {
        let isFixedMonth = kind == .absoluteYearly
        let shortest = isFixedMonth ? CivilDate.daysInMonth(year: 2023, month: month) : 28
        let day = min(dayOfMonth, longest)
        if day <= shortest {
            rule.byMonthDay = [day]
        } else if day == 31 {
            rule.byMonthDay = [-1]
        } else {
            rule.byMonthDay = Array(28...day)
            rule.bySetPosition = [-1]
        }
    }

    private func setWeekdays(of rule: inout RecurrenceRule) {
        switch days.count {
        case 1: rule.byDay = days.map { .init($0, ordinal: index.ordinal) }
        case 7: rule.byMonthDay = [index.ordinal]
        default:
            rule.byDay = days.map { .init($0) }
            rule.bySetPosition = [index.ordinal]
        }
    }
}

extension RecurrencePattern {
    /// The pattern of a rule.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - start: The first day of the series on its own calendar.
    /// - Throws: `UnrepresentablePart` naming what no pattern can say.
    init(_ rule: RecurrenceRule, start: CivilDate) throws(UnrepresentablePart) {
        let refused = [
            ("BYSECOND", rule.bySecond), ("BYMINUTE", rule.byMinute), ("BYHOUR", rule.byHour),
            ("BYYEARDAY", rule.byYearDay), ("BYWEEKNO", rule.byWeekNumber),
        ]
        for (name, values) in refused where !values.isEmpty { throw UnrepresentablePart(name: name) }
        switch rule.frequency {
        case .daily: self = try Self.daily(rule)
        case .weekly: self = try Self.weekly(rule, start: start)
        case .monthly:
            guard rule.byMonth.isEmpty else { throw UnrepresentablePart(name: "BYMONTH") }
            self = try Self.monthly(rule, interval: rule.interval, start: start)
        case .yearly: self = try Self.yearly(rule, start: start)
        case .secondly, .minutely, .hourly: throw UnrepresentablePart(name: "FREQ")
        }
        guard interval <= (kind == .daily ? 999 : 99) else { throw UnrepresentablePart(name: "INTERVAL") }
        guard admits(start) else { throw UnrepresentablePart(name: "DTSTART") }
    }

    private static func daily(_ rule: RecurrenceRule) throws(UnrepresentablePart) -> RecurrencePattern {
        try refuseMonthParts(rule)
        guard !rule.byDay.isEmpty else { return RecurrencePattern(kind: .daily, interval: rule.interval) }
        guard rule.interval == 1 else { throw UnrepresentablePart(name: "BYDAY") }
        return try RecurrencePattern(kind: .weekly, interval: 1, days: plainDays(rule), firstDay: .monday)
    }

    private static func weekly(
        _ rule: RecurrenceRule,
        start: CivilDate
    ) throws(UnrepresentablePart) -> RecurrencePattern {
        try refuseMonthParts(rule)
        let days = try rule.byDay.isEmpty ? [start.weekday] : plainDays(rule)
        return RecurrencePattern(kind: .weekly, interval: rule.interval, days: days, firstDay: rule.weekStart)
    }

    private static func refuseMonthParts(_ rule: RecurrenceRule) throws(UnrepresentablePart) {
        guard rule.byMonth.isEmpty else { throw UnrepresentablePart(name: "BYMONTH") }
        guard rule.byMonthDay.isEmpty else { throw UnrepresentablePart(name: "BYMONTHDAY") }
        guard rule.bySetPosition.isEmpty else { throw UnrepresentablePart(name: "BYSETPOS") }
    }

    private static func plainDays(_ rule: RecurrenceRule) throws(UnrepresentablePart) -> [Weekday] {
        guard rule.byDay.allSatisfy({ $0.ordinal == nil }) else { throw UnrepresentablePart(name: "BYDAY") }
        return Set(rule.byDay.map(\.weekday)).sorted()
    }

    private static func yearly(
        _ rule: RecurrenceRule,
        start: CivilDate
    ) throws(UnrepresentablePart) -> RecurrencePattern {
        let months = Set(rule.byMonth).sorted()
        if months.count > 1 { return try severalMonths(rule, months, start: start) }
        if months.isEmpty {
            guard rule.byDay.isEmpty else { throw UnrepresentablePart(name: "BYDAY") }
            guard rule.byMonthDay.isEmpty else { throw UnrepresentablePart(name: "BYMONTHDAY") }
        }
        let month = months.first ?? start.month
        var pattern = try monthly(
            rule,
            interval: rule.interval,
            start: start,
            shortest: CivilDate.daysInMonth(year: 2023, month: month)
        )
        pattern.kind = pattern.kind == .absoluteMonthly ? .absoluteYearly : .relativeYearly
        pattern.month = month
        return pattern
    }

    /// Evenly spaced months of every year are an interval of months.
    private static func severalMonths(
        _ rule: RecurrenceRule,
        _ months: [Int],
        start: CivilDate
    ) throws(UnrepresentablePart) -> RecurrencePattern {
        let step = 12 / months.count
        guard rule.interval == 1, 12 % months.count == 0, months.contains(start.month),
            months == months.indices.map({ months[0] + $0 * step })
        else { throw UnrepresentablePart(name: "BYMONTH") }
        return try monthly(rule, interval: step, start: start)
    }

    /// The day parts of a month.
    private static func monthly(
        _ rule: RecurrenceRule,
        interval: Int,
        start: CivilDate,
        shortest: Int = 28
    ) throws(UnrepresentablePart) -> RecurrencePattern {
        var pattern = RecurrencePattern(kind: .absoluteMonthly, interval: interval)
        let monthDays = Set(rule.byMonthDay).sorted()
        if rule.byDay.isEmpty {
            if let last = monthDays.last, rule.bySetPosition == [-1], last > 28, monthDays == Array(28...last) {
                pattern.dayOfMonth = last
                return pattern
            }
            guard rule.bySetPosition.isEmpty else { throw UnrepresentablePart(name: "BYSETPOS") }
            guard monthDays.count <= 1 else { throw UnrepresentablePart(name: "BYMONTHDAY") }
            let day = monthDays.first ?? start.day
            if day == -1 {
                return RecurrencePattern(
                    kind: .relativeMonthly,
                    interval: interval,
                    days: Weekday.allCases.sorted(),
                    index: .last
                )
            }
            guard (1...shortest).contains(day) else { throw UnrepresentablePart(name: "BYMONTHDAY") }
            pattern.dayOfMonth = day
            return pattern
        }
        pattern.kind = .relativeMonthly
        (pattern.days, pattern.index) = try weekdays(rule, monthDays)
        return pattern
    }

    private static func weekdays(
        _ rule: RecurrenceRule,
        _ monthDays: [Int]
    ) throws(UnrepresentablePart) -> ([Weekday], Index) {
        if !monthDays.isEmpty {
            // `BYDAY=SA;BYMONTHDAY=8,...,14` is a way to say the second Saturday.
            guard rule.byDay.count == 1, rule.byDay[0].ordinal == nil, rule.bySetPosition.isEmpty,
                monthDays.count == 7, (monthDays[0] - 1) % 7 == 0, monthDays[6] == monthDays[0] + 6,
                let index = Index(ordinal: (monthDays[0] - 1) / 7 + 1)
            else { throw UnrepresentablePart(name: "BYMONTHDAY") }
            return ([rule.byDay[0].weekday], index)
        }
        if rule.byDay.count == 1, let ordinal = rule.byDay[0].ordinal {
            guard rule.bySetPosition.isEmpty else { throw UnrepresentablePart(name: "BYSETPOS") }
            guard let index = Index(ordinal: ordinal) else { throw UnrepresentablePart(name: "BYDAY") }
            return ([rule.byDay[0].weekday], index)
        }
        let days = try plainDays(rule)
        guard !rule.bySetPosition.isEmpty else { throw UnrepresentablePart(name: "BYDAY") }
        guard rule.bySetPosition.count == 1, let index = Index(ordinal: rule.bySetPosition[0]) else {
            throw UnrepresentablePart(name: "BYSETPOS")
        }
        return (days, index)
    }
}
