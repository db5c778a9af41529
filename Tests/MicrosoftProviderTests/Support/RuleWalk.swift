import CalendarCore
import Foundation

/// The days of a rule after RFC 5545 section 3.3.10, found by looking at every day, as an oracle.
///
/// Knows what a Graph pattern could ever say: frequencies from DAILY on, without BYYEARDAY, BYWEEKNO and times of day.
struct RuleWalk {
    let rule: RecurrenceRule
    let start: EventTime

    /// The days of the series among so many days from the start on.
    func days(_ length: Int) -> [CivilDate] {
        let first = start.civilDate
        let end = first.adding(days: length)
        var periods: [[CivilDate]] = []
        var day = CivilDate(year: first.year, month: 1, day: 1)?.adding(days: -7) ?? first
        var key = Int.min
        let begin = period(first)
        // A year more, so that the last period is whole.
        let last = end.adding(days: 366)
        while day < last {
            defer { day = day.adding(days: 1) }
            guard holds(day) else { continue }
            let current = period(day)
            guard (current - begin) % rule.interval == 0 else { continue }
            if current != key {
                key = current
                periods.append([])
            }
            periods[periods.count - 1].append(day)
        }
        let found = periods.flatMap(chosen).filter { $0 >= first && $0 < end && isInTime($0) }
        return Array(found.prefix(rule.count ?? .max))
    }

    private func chosen(_ days: [CivilDate]) -> [CivilDate] {
        guard !rule.bySetPosition.isEmpty else { return days }
        return days.enumerated().filter { place, _ in
            rule.bySetPosition.contains(place + 1) || rule.bySetPosition.contains(place - days.count)
        }.map(\.element)
    }

    private func isInTime(_ day: CivilDate) -> Bool {
        switch rule.until {
        case nil: return true
        case .date(let date): return day <= date
        case .local(let reading): return civil(day) <= reading
        case .utc(let reading):
            guard let zone = start.zone else { return day <= reading.date }
            return zone.date(of: civil(day)) <= EventZone.utc.date(of: reading)
        }
    }

    private func civil(_ day: CivilDate) -> CivilDateTime {
        start.civil.adding(days: day.daysSinceEpoch - start.civilDate.daysSinceEpoch)
    }

    /// The number of the day, week, month or year a day lies in.
    private func period(_ day: CivilDate) -> Int {
        switch rule.frequency {
        case .weekly:
            // Day 0, 1 January 1970, was a Thursday.
            let shift = (Weekday.thursday.rawValue - rule.weekStart.rawValue + 7) % 7
            return Int((Double(day.daysSinceEpoch + shift) / 7).rounded(.down))
        case .monthly: return day.year * 12 + day.month
        case .yearly: return day.year
        default: return day.daysSinceEpoch
        }
    }

    /// Whether a day is named by the rule, in whatever period.
    private func holds(_ day: CivilDate) -> Bool {
        guard rule.byMonth.isEmpty || rule.byMonth.contains(day.month) else { return false }
        if !rule.byMonthDay.isEmpty {
            let length = CivilDate.daysInMonth(year: day.year, month: day.month)
            let isNumbered = rule.byMonthDay.contains { $0 == day.day || $0 + length + 1 == day.day }
            guard isNumbered else { return false }
        }
        if !rule.byDay.isEmpty { return rule.byDay.contains { matches($0, day) } }
        guard rule.byMonthDay.isEmpty else { return true }
        switch rule.frequency {
        case .weekly: return day.weekday == start.civilDate.weekday
        case .monthly: return day.day == start.civilDate.day
        case .yearly:
            return day.day == start.civilDate.day && (!rule.byMonth.isEmpty || day.month == start.civilDate.month)
        default: return true
        }
    }

    private func matches(_ part: RecurrenceRule.NthWeekday, _ day: CivilDate) -> Bool {
        guard day.weekday == part.weekday else { return false }
        guard let ordinal = part.ordinal else { return true }
        // Steps of a week towards the edge of the month, or of the year.
        let isMonth = rule.frequency == .monthly || !rule.byMonth.isEmpty
        var place = 0
        var other = day
        while other.year == day.year, other.month == day.month || !isMonth {
            place += 1
            other = other.adding(days: ordinal > 0 ? -7 : 7)
        }
        return place == abs(ordinal)
    }
}
