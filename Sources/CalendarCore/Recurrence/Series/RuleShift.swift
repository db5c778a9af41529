/// Moves the parts of a rule that pin times or days, where that is exact for every occurrence.
struct RuleShift {
    let old: CivilDateTime
    let new: CivilDateTime
    let isAllDay: Bool

    init(from old: CivilDateTime, to new: CivilDateTime, isAllDay: Bool) {
        self.old = old
        self.new = new
        self.isAllDay = isAllDay
    }

    private var seconds: Int64 { new.secondsSinceEpoch - old.secondsSinceEpoch }
    private var days: Int { new.date.daysSinceEpoch - old.date.daysSinceEpoch }

    func move(_ rule: inout RecurrenceRule) throws(SeriesError) {
        switch rule.frequency {
        case .secondly, .minutely, .hourly:
            if let part = rule.firstDayPart { throw .cannotMove(part) }
            if seconds % 86_400 != 0, let part = rule.firstTimePart { throw .cannotMove(part) }
            if !rule.bySetPosition.isEmpty, seconds % 86_400 != 0 { throw .cannotMove("BYSETPOS") }
        case .daily, .weekly, .monthly, .yearly:
            if !isAllDay { try moveTimes(of: &rule) }
            guard days != 0 else { return }
            try moveDays(of: &rule)
        }
    }

    /// Moves BYHOUR, BYMINUTE and BYSECOND together; all times of a day must stay on one day.
    private func moveTimes(of rule: inout RecurrenceRule) throws(SeriesError) {
        guard let part = rule.firstTimePart, seconds % 86_400 != 0 else { return }
        let full = rule.withParts(from: .zoned(old, .utc))
        var times: Set<Int64> = []
        for hour in full.byHour {
            for minute in full.byMinute {
                for second in full.bySecond {
                    let time = Int64(hour * 3600 + minute * 60 + min(second, 59)) + seconds
                    let carry = (time - (time % 86_400 + 86_400) % 86_400) / 86_400
                    guard carry == Int64(days) else { throw .cannotMove(part) }
                    times.insert(time - carry * 86_400)
                }
            }
        }
        let hours = Set(times.map { Int($0 / 3600) }).sorted()
        let minutes = Set(times.map { Int($0 / 60 % 60) }).sorted()
        let seconds = Set(times.map { Int($0 % 60) }).sorted()
        guard hours.count * minutes.count * seconds.count == times.count else { throw .cannotMove(part) }
        if !rule.byHour.isEmpty || hours != [new.hour] { rule.byHour = hours }
        if !rule.byMinute.isEmpty || minutes != [new.minute] { rule.byMinute = minutes }
        if !rule.bySecond.isEmpty || seconds != [new.second] { rule.bySecond = seconds }
    }

    private func moveDays(of rule: inout RecurrenceRule) throws(SeriesError) {
        switch rule.frequency {
        case .daily, .weekly:
            if !rule.byMonth.isEmpty { throw .cannotMove("BYMONTH") }
            if !rule.byMonthDay.isEmpty { throw .cannotMove("BYMONTHDAY") }
            if rule.frequency == .weekly { moveWeekStart(of: &rule) }
            rule.byDay = rule.byDay.map { RecurrenceRule.NthWeekday($0.weekday.adding(days: days)) }
        default:
            if !rule.byDay.isEmpty { throw .cannotMove("BYDAY") }
            if !rule.byYearDay.isEmpty { throw .cannotMove("BYYEARDAY") }
            if !rule.byWeekNumber.isEmpty { throw .cannotMove("BYWEEKNO") }
            try moveMonthDays(of: &rule)
        }
    }

    /// Moves the beginning of weeks along when days that were in one week would come to lie in two.
    private func moveWeekStart(of rule: inout RecurrenceRule) {
        guard rule.interval > 1 || !rule.bySetPosition.isEmpty, !rule.byDay.isEmpty else { return }
        let offset = (days % 7 + 7) % 7
        let weekdays = rule.byDay.map(\.weekday) + [old.date.weekday]
        let wraps = weekdays.count { $0.days(after: rule.weekStart) + offset >= 7 }
        guard wraps != 0, wraps != weekdays.count else { return }
        rule.weekStart = rule.weekStart.adding(days: days)
    }

    /// Moves BYMONTHDAY, or the day the start gives, where no month differs.
    private func moveMonthDays(of rule: inout RecurrenceRule) throws(SeriesError) {
        if rule.frequency == .yearly, rule.byMonth.isEmpty, rule.byMonthDay.isEmpty, rule.bySetPosition.isEmpty {
            guard isSameEveryYear else { throw .cannotMove("FREQ=YEARLY") }
            return
        }
        let isPinned = !rule.byMonthDay.isEmpty
        let part = isPinned ? "BYMONTHDAY" : "FREQ=\(rule.frequency.rawValue)"
        guard old.date.year == new.date.year, old.date.month == new.date.month else { throw .cannotMove(part) }
        let safe = [1...28, -28...(-1)]
        for day in isPinned ? rule.byMonthDay : [old.date.day] {
            guard safe.contains(where: { $0.contains(day) && $0.contains(day + days) }) else { throw .cannotMove(part) }
        }
        rule.byMonthDay = rule.byMonthDay.map { $0 + days }
    }

    /// Whether the day of the start, moved in any year of a full Gregorian cycle, lands on the day of the new start.
    private var isSameEveryYear: Bool {
        (2001...2400).allSatisfy { year in
            guard let date = CivilDate(year: year, month: old.date.month, day: old.date.day) else { return false }
            let moved = date.adding(days: days)
            return moved.month == new.date.month && moved.day == new.date.day
                && moved.year - year == new.date.year - old.date.year
        }
    }
}

extension RecurrenceRule {
    /// The name of a part that chooses days, if there is one.
    fileprivate var firstDayPart: String? {
        if !byDay.isEmpty { return "BYDAY" }
        if !byMonthDay.isEmpty { return "BYMONTHDAY" }
        if !byYearDay.isEmpty { return "BYYEARDAY" }
        if !byWeekNumber.isEmpty { return "BYWEEKNO" }
        return byMonth.isEmpty ? nil : "BYMONTH"
    }

    /// The name of a part that chooses times, if there is one.
    fileprivate var firstTimePart: String? {
        if !byHour.isEmpty { return "BYHOUR" }
        if !byMinute.isEmpty { return "BYMINUTE" }
        return bySecond.isEmpty ? nil : "BYSECOND"
    }
}

extension Weekday {
    /// The weekday so many days later.
    fileprivate func adding(days: Int) -> Weekday {
        Weekday(rawValue: ((rawValue - 1 + days) % 7 + 7) % 7 + 1) ?? self
    }
}
