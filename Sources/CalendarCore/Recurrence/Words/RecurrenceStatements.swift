/// Takes a rule apart into clauses, each with the parts of the rule it says; together they say the whole rule.
struct RecurrenceStatements {
    struct Statement {
        let clause: RecurrenceClause
        let parts: [String]
    }

    private(set) var all: [Statement] = []
    /// What has not been said yet.
    private var rule: RecurrenceRule

    init(_ rule: RecurrenceRule, zone: EventZone?) {
        self.rule = rule
        sayUnit()
        sayDays()
        sayTimes()
        sayLimits(zone: zone)
    }

    private mutating func say(_ clause: RecurrenceClause, _ names: String..., unit: Bool = false) {
        let written = rule.description.split(separator: ";").map(String.init)
        let names = unit ? ["FREQ", "INTERVAL"] + names : names
        all.append(
            Statement(clause: clause, parts: written.filter { part in names.contains { part.hasPrefix($0 + "=") } })
        )
    }

    // MARK: - The unit and the days that go with it in one phrase

    private mutating func sayUnit() {
        if isWeekly {
            say(.weekly(rule.byDay.map(\.weekday), interval: rule.interval), "BYDAY", unit: true)
            rule.byDay = []
        } else if let days = takeDaysOfUnit() {
            all.append(days)
        } else {
            say(.every(rule.frequency, interval: rule.interval), unit: true)
        }
    }

    /// Whether the rule is about the weekdays of weeks; a daily rule of every day is too.
    private var isWeekly: Bool {
        switch rule.frequency {
        case .weekly: isPlain && rule.bySetPosition.isEmpty
        case .daily: isPlain && rule.interval == 1
        default: false
        }
    }

    private mutating func takeDaysOfUnit() -> Statement? {
        guard rule.byYearDay.isEmpty, rule.byWeekNumber.isEmpty else { return nil }
        let months = rule.byMonth
        switch rule.frequency {
        case .monthly:
            return takeDays { .days($0, of: .monthly, interval: $1) }
        case .yearly where !months.isEmpty:
            guard let days = takeDays({ .daysInMonths($0, months: months, interval: $1) }) else { return nil }
            rule.byMonth = []
            return days
        case .yearly where rule.byMonthDay.isEmpty:
            return takeDays { .days($0, of: .yearly, interval: $1) }
        default:
            return nil
        }
    }

    /// Whether the days are weekdays alone, at least one.
    private var isPlain: Bool {
        !rule.byDay.isEmpty && rule.byDay.allSatisfy { $0.ordinal == nil }
    }

    /// Takes the days out of the rule when they are chosen in one way.
    private mutating func takeDays(_ clause: (RecurrenceDays, Int) -> RecurrenceClause) -> Statement? {
        let days: RecurrenceDays
        if rule.byDay.isEmpty, !rule.byMonthDay.isEmpty {
            days = .monthDays(rule.byMonthDay)
        } else if rule.byMonthDay.isEmpty, isPlain, !rule.bySetPosition.isEmpty, hasOneTime {
            days = .places(rule.bySetPosition, among: rule.byDay.map(\.weekday))
        } else if rule.byMonthDay.isEmpty, !rule.byDay.isEmpty, rule.byDay.allSatisfy({ $0.ordinal != nil }) {
            days = .numbered(rule.byDay)
        } else {
            return nil
        }
        // Several months make one set of days for BYSETPOS, not one each.
        if case .places = days, rule.frequency == .yearly, rule.byMonth.count > 1 { return nil }
        let written = rule.description.split(separator: ";").map(String.init)
        var names = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY"]
        if rule.frequency == .yearly { names.append("BYMONTH") }
        if case .places = days {
            names.append("BYSETPOS")
            rule.bySetPosition = []
        }
        let statement = Statement(
            clause: clause(days, rule.interval),
            parts: written.filter { part in names.contains { part.hasPrefix($0 + "=") } }
        )
        rule.byDay = []
        rule.byMonthDay = []
        return statement
    }

    /// Whether a day has one time only, so that places count days.
    private var hasOneTime: Bool {
        rule.byHour.count <= 1 && rule.byMinute.count <= 1 && rule.bySecond.count <= 1
    }

    // MARK: - What else there is

    private mutating func sayDays() {
        if !rule.byYearDay.isEmpty { say(.onYearDays(rule.byYearDay), "BYYEARDAY") }
        if !rule.byWeekNumber.isEmpty { say(.inWeeks(rule.byWeekNumber), "BYWEEKNO") }
        if !rule.byMonthDay.isEmpty { say(.onMonthDays(rule.byMonthDay), "BYMONTHDAY") }
        if !rule.byDay.isEmpty {
            let weekdays = rule.byDay.map(\.weekday)
            let saidDays = all.contains { if case .days = $0.clause { true } else { false } }
            let expands =
                switch rule.frequency {
                case .weekly, .monthly, .yearly: rule.byMonthDay.isEmpty && rule.byYearDay.isEmpty && !saidDays
                default: false
                }
            if !isPlain {
                say(.onNumberedWeekdays(rule.byDay), "BYDAY")
            } else {
                say(expands ? .onWeekdays(weekdays) : .onlyOnWeekdays(weekdays), "BYDAY")
            }
        }
        if !rule.byMonth.isEmpty { say(.inMonths(rule.byMonth), "BYMONTH") }
    }

    private mutating func sayTimes() {
        let areTimes = !rule.byHour.isEmpty && !rule.byMinute.isEmpty && rule.byHour.count * rule.byMinute.count <= 24
        if areTimes {
            say(.atTimes(hours: rule.byHour, minutes: rule.byMinute), "BYHOUR", "BYMINUTE")
        } else {
            if !rule.byMinute.isEmpty { say(.atMinutes(rule.byMinute), "BYMINUTE") }
            if !rule.byHour.isEmpty { say(.inHours(rule.byHour), "BYHOUR") }
        }
        if !rule.bySecond.isEmpty { say(.atSeconds(rule.bySecond), "BYSECOND") }
    }

    private mutating func sayLimits(zone: EventZone?) {
        if !rule.bySetPosition.isEmpty { say(.onlyPlaces(rule.bySetPosition, of: rule.frequency), "BYSETPOS") }
        if rule.weekStart != .monday { say(.weeksBegin(rule.weekStart), "WKST") }
        switch rule.until {
        case .date(let date)?: say(.untilDate(date), "UNTIL")
        case .local(let reading)?: say(.untilTime(reading, zone: nil), "UNTIL")
        case .utc(let reading)?:
            let zone = zone ?? .utc
            let local = zone.table.civil(at: reading.secondsSinceEpoch)
            // The last second of a day is how a day is written in UTC.
            let clause: RecurrenceClause =
                local.secondOfDay == 86_399 && zone != .utc
                ? .untilDate(local.date) : .untilTime(local, zone: zone)
            say(clause, "UNTIL")
        case nil: break
        }
        if let count = rule.count { say(.count(count), "COUNT") }
    }
}
