extension RecurrenceRule {
    /// The rule with the parts written out that it takes from the start of its series (RFC 5545 section 3.3.10).
    func withParts(from start: EventTime) -> RecurrenceRule {
        var rule = self
        if !start.isAllDay { rule.writeTimes(of: start.civil) }
        let date = start.civilDate
        let hasDays = !byDay.isEmpty || !byMonthDay.isEmpty || !byYearDay.isEmpty
        switch frequency {
        case .weekly where byDay.isEmpty:
            rule.byDay = [NthWeekday(date.weekday)]
        case .monthly where !hasDays:
            rule.byMonthDay = [date.day]
        case .yearly where !hasDays && !byWeekNumber.isEmpty:
            rule.byDay = [NthWeekday(date.weekday)]
        case .yearly where !hasDays:
            rule.byMonthDay = [date.day]
            if byMonth.isEmpty { rule.byMonth = [date.month] }
        default: break
        }
        return rule
    }

    private mutating func writeTimes(of reading: CivilDateTime) {
        guard frequency != .secondly else { return }
        if bySecond.isEmpty { bySecond = [reading.second] }
        guard frequency != .minutely else { return }
        if byMinute.isEmpty { byMinute = [reading.minute] }
        guard frequency != .hourly else { return }
        if byHour.isEmpty { byHour = [reading.hour] }
    }
}

extension RecurrenceRule.Until {
    /// The same end in the form RFC 5545 asks for: a date for an all-day series, else UTC.
    func inTerms(of start: EventTime) -> RecurrenceRule.Until {
        guard let zone = start.zone else {
            return switch self {
            case .date: self
            case .utc(let reading), .local(let reading): .date(reading.date)
            }
        }
        switch self {
        case .utc: return self
        case .local(let reading):
            return .utc(CivilDateTime(secondsSinceEpoch: zone.table.seconds(of: reading)))
        case .date(let date):
            let last = CivilDateTime(date: date, secondOfDay: 86_399)
            return .utc(CivilDateTime(secondsSinceEpoch: zone.table.seconds(of: last, laterInOverlap: true)))
        }
    }
}
