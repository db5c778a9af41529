/// One statement of a rule in words, without grammar; a language turns each into a phrase.
///
/// Lists keep the order of the rule, and every number is as the rule has it: negative numbers count from the end.
public enum RecurrenceClause: Hashable, Sendable {
    /// Every so many units.
    case every(RecurrenceRule.Frequency, interval: Int)

    /// The weekdays of every so many weeks.
    case weekly([Weekday], interval: Int)

    /// Days of every so many months or years.
    case days(RecurrenceDays, of: RecurrenceRule.Frequency, interval: Int)

    /// Days of the named months of every so many years.
    case daysInMonths(RecurrenceDays, months: [Int], interval: Int)

    /// Every one of these weekdays within the period.
    case onWeekdays([Weekday])

    /// Only when the day is one of these weekdays.
    case onlyOnWeekdays([Weekday])

    /// Weekdays by their place in the month or year.
    case onNumberedWeekdays([RecurrenceRule.NthWeekday])

    /// Days of the month.
    case onMonthDays([Int])

    /// Days of the year.
    case onYearDays([Int])

    /// Weeks of the year.
    case inWeeks([Int])

    /// Months, 1 to 12.
    case inMonths([Int])

    /// Times of day, hours and minutes.
    case atTimes(hours: [Int], minutes: [Int])

    /// Hours of the day, 0 to 23.
    case inHours([Int])

    /// Minutes of the hour, 0 to 59.
    case atMinutes([Int])

    /// Seconds of the minute, 0 to 60.
    case atSeconds([Int])

    /// Only these places among what the rest gives in one unit.
    case onlyPlaces([Int], of: RecurrenceRule.Frequency)

    /// The day on which weeks begin.
    case weeksBegin(Weekday)

    /// The last day on which an occurrence may start.
    case untilDate(CivilDate)

    /// The last moment at which an occurrence may start; without a zone the reading is local, whatever local means.
    case untilTime(CivilDateTime, zone: EventZone?)

    /// How many occurrences there are.
    case count(Int)
}

/// Days of a month or year, chosen in one of three ways.
public enum RecurrenceDays: Hashable, Sendable {
    /// By their number in the month.
    case monthDays([Int])

    /// By weekday and the place of that weekday.
    case numbered([RecurrenceRule.NthWeekday])

    /// By their place among all days with these weekdays.
    case places([Int], among: [Weekday])
}
