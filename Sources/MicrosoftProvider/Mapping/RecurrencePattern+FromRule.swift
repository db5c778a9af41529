import CalendarCore

extension RecurrencePattern {
    /// The pattern of a rule.
    ///
    /// Within a month any spelling is understood: the days the rule chooses are compared with those a pattern chooses,
    /// in every shape that the months of the rule can have. So the mapping is exact or refused, never approximate.
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
        if [.secondly, .minutely, .hourly].contains(rule.frequency) { throw UnrepresentablePart(name: "FREQ") }
        for (name, values) in refused where !values.isEmpty { throw UnrepresentablePart(name: name) }
        // Exchange's own limits.
        guard (1...(rule.frequency == .daily ? 999 : 99)).contains(rule.interval) else {
            throw UnrepresentablePart(name: "INTERVAL")
        }
        switch rule.frequency {
        case .daily: self = try Self.daily(rule)
        case .weekly: self = try Self.weekly(rule, start: start)
        default: self = try Self.inMonths(rule, start: start)
        }
        guard admits(start) else { throw UnrepresentablePart(name: "DTSTART") }
    }

    private static func daily(_ rule: RecurrenceRule) throws(UnrepresentablePart) -> RecurrencePattern {
        try refuseMonthParts(rule)
        let days = try plainDays(rule)
        if days.isEmpty || days.count == 7 { return RecurrencePattern(kind: .daily, interval: rule.interval) }
        guard rule.interval == 1 else { throw UnrepresentablePart(name: "BYDAY") }
        return RecurrencePattern(kind: .weekly, interval: 1, days: days, firstDay: .monday)
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

    // MARK: - Monthly and yearly

    private static func inMonths(
        _ rule: RecurrenceRule,
        start: CivilDate
    ) throws(UnrepresentablePart) -> RecurrencePattern {
        let (first, step) = try MonthSteps.of(rule, start: start)
        let months = (0..<12).map { (first - 1 + $0 * step) % 12 + 1 }
        var pattern = try withinMonth(rule, shapes: MonthShape.all(ofMonths: months), start: start)
        pattern.interval = step
        if rule.frequency == .yearly, step % 12 == 0 {
            pattern.kind = pattern.kind == .absoluteMonthly ? .absoluteYearly : .relativeYearly
            pattern.interval = step / 12
            pattern.month = first
        }
        return pattern
    }

    /// The monthly pattern that chooses the rule's day in every one of some months.
    private static func withinMonth(
        _ rule: RecurrenceRule,
        shapes: [MonthShape],
        start: CivilDate
    ) throws(UnrepresentablePart) -> RecurrencePattern {
        let wanted = shapes.map { $0.days(of: rule, startDay: start.day) }
        let match = candidates(for: rule).first { candidate in
            zip(shapes, wanted).allSatisfy { shape, days in
                days.count == 1 && days.first == candidate.chosenDay(in: shape)
            }
        }
        guard let match else { throw UnrepresentablePart(name: offender(in: rule)) }
        return match
    }

    /// The patterns that may say what a rule says, the plainest first.
    private static func candidates(for rule: RecurrenceRule) -> [RecurrencePattern] {
        let lastDay = RecurrencePattern(kind: .relativeMonthly, interval: 1, days: Weekday.allCases, index: .last)
        var result = rule.byMonthDay.contains { $0 < 0 } ? [lastDay] : []
        result += (1...31).map { RecurrencePattern(kind: .absoluteMonthly, interval: 1, dayOfMonth: $0) }
        let days = Set(rule.byDay.map(\.weekday)).sorted()
        if !days.isEmpty {
            result += Index.allCases.map {
                RecurrencePattern(kind: .relativeMonthly, interval: 1, days: days, index: $0)
            }
        }
        return result + [lastDay]
    }

    /// The part to name when no pattern says the same.
    private static func offender(in rule: RecurrenceRule) -> String {
        let isIndex = rule.bySetPosition.count == 1 && Index(ordinal: rule.bySetPosition[0]) != nil
        if !rule.bySetPosition.isEmpty, !isIndex || !rule.byMonthDay.isEmpty { return "BYSETPOS" }
        return rule.byMonthDay.isEmpty && !rule.byDay.isEmpty ? "BYDAY" : "BYMONTHDAY"
    }
}
