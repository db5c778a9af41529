/// The chain of filters a day has to pass, with what the start of the series implies.
///
/// Where no part names days, those of the start are meant: its weekday for WEEKLY, its day of the month for MONTHLY, and
/// for YEARLY also its month. YEARLY with BYMONTHDAY and no BYMONTH means that day of every month, because BYMONTHDAY
/// expands a year (RFC 5545 section 3.3.10, table).
struct DayFilters: Sendable {
    private let months: MonthFilter
    private let monthDays: MonthDayFilter
    private let yearDays: YearDayFilter
    private let weeks: WeekNumberFilter
    private let weekdays: WeekdayFilter

    init(_ rule: RecurrenceRule, start: CivilDate) {
        var rule = rule
        if rule.byWeekNumber.isEmpty, rule.byYearDay.isEmpty, rule.byMonthDay.isEmpty, rule.byDay.isEmpty {
            switch rule.frequency {
            case .yearly:
                if rule.byMonth.isEmpty { rule.byMonth = [start.month] }
                rule.byMonthDay = [start.day]
            case .monthly: rule.byMonthDay = [start.day]
            case .weekly: rule.byDay = [RecurrenceRule.NthWeekday(start.weekday)]
            case .daily, .hourly, .minutely, .secondly: break
            }
        }
        months = MonthFilter(rule.byMonth)
        monthDays = MonthDayFilter(rule.byMonthDay)
        yearDays = YearDayFilter(rule.byYearDay)
        weeks = WeekNumberFilter(rule.byWeekNumber, weekStart: rule.weekStart)
        weekdays = WeekdayFilter(rule)
    }

    var admitsAll: Bool {
        months.admitsAll && monthDays.admitsAll && yearDays.admitsAll && weeks.admitsAll && weekdays.admitsAll
    }

    /// The days of a year that pass.
    func days(of shape: YearShape) -> DaySet {
        var days = DaySet()
        var day = DayInYear(first: shape)
        while day.index < shape.length {
            if months.admits(day), monthDays.admits(day), weekdays.admits(day), yearDays.admits(day), weeks.admits(day)
            {
                days.insert(day.index)
            }
            day.advance()
        }
        return days
    }
}
