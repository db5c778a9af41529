/// Which parts of a rule go together, after the notes of RFC 5545 section 3.3.10.
enum RuleConsistency {
    static func check(_ rule: RecurrenceRule) throws(RecurrenceError) {
        let frequency = "FREQ=" + rule.frequency.rawValue
        let isYearly = rule.frequency == .yearly
        if !rule.byWeekNumber.isEmpty, !isYearly { throw .notAllowed("BYWEEKNO", with: frequency) }
        if !rule.byYearDay.isEmpty, [.daily, .weekly, .monthly].contains(rule.frequency) {
            throw .notAllowed("BYYEARDAY", with: frequency)
        }
        if rule.byDay.contains(where: { $0.ordinal != nil }) {
            if !isYearly, rule.frequency != .monthly { throw .notAllowed("BYDAY with a number", with: frequency) }
            if !rule.byWeekNumber.isEmpty { throw .notAllowed("BYDAY with a number", with: "BYWEEKNO") }
        }
        // Forbidden with WEEKLY; beside BYDAY it has one obvious meaning, a filter, and is found in real calendars.
        if !rule.byMonthDay.isEmpty, rule.frequency == .weekly, rule.byDay.isEmpty {
            throw .notAllowed("BYMONTHDAY", with: frequency)
        }
        // A day of the month inside a numbered week is contradictory for most years.
        if !rule.byMonthDay.isEmpty, !rule.byWeekNumber.isEmpty { throw .notAllowed("BYMONTHDAY", with: "BYWEEKNO") }
        let hasOtherPart =
            !rule.bySecond.isEmpty || !rule.byMinute.isEmpty || !rule.byHour.isEmpty || !rule.byDay.isEmpty
            || !rule.byMonthDay.isEmpty || !rule.byYearDay.isEmpty || !rule.byWeekNumber.isEmpty
            || !rule.byMonth.isEmpty
        if !rule.bySetPosition.isEmpty, !hasOtherPart { throw .missing("a part for BYSETPOS to choose from") }
    }
}
