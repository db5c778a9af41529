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
