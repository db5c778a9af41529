import CalendarCore
import Foundation
import Testing

@Suite("Recurrence laws on random rules")
struct RecurrenceLawTests {
    /// A random all-day DAILY or WEEKLY rule, and the same rule walked day by day.
    struct Example {
        var rule: RecurrenceRule
        let start: CivilDate

        init(using generator: inout SeededGenerator) {
            start = CivilDate(daysSinceEpoch: Int.random(in: 10_000...25_000, using: &generator))
            rule = RecurrenceRule(
                frequency: Bool.random(using: &generator) ? .daily : .weekly,
                interval: Int.random(in: 1...5, using: &generator)
            )
            rule.weekStart = Weekday.allCases.randomElement(using: &generator) ?? .monday
            if Bool.random(using: &generator) {
                rule.byDay = Weekday.allCases.filter { _ in Int.random(in: 0...2, using: &generator) == 0 }
                    .map { RecurrenceRule.NthWeekday($0) }
            }
            if Int.random(in: 0...3, using: &generator) == 0 {
                rule.byMonth = (1...12).filter { _ in Bool.random(using: &generator) }
            }
            if rule.frequency == .daily, Int.random(in: 0...3, using: &generator) == 0 {
                rule.byMonthDay = [
                    Int.random(in: 1...31, using: &generator), -Int.random(in: 1...31, using: &generator),
                ]
            }
            switch Int.random(in: 0...2, using: &generator) {
            case 0: rule.count = Int.random(in: 1...60, using: &generator)
            case 1: rule.until = .date(start.adding(days: Int.random(in: 0...1500, using: &generator)))
            default: break
            }
        }

        /// Walks every day and asks whether the rule holds on it.
        func walked(days: Int) -> [CivilDate] {
            var found: [CivilDate] = []
            for offset in 0..<days {
                let date = start.adding(days: offset)
                if case .date(let last) = rule.until, date > last { break }
                if let count = rule.count, found.count == count { break }
                if holds(on: date, offset: offset) { found.append(date) }
            }
            return found
        }

        private func holds(on date: CivilDate, offset: Int) -> Bool {
            if !rule.byMonth.isEmpty, !rule.byMonth.contains(date.month) { return false }
            let fromEnd = date.day - CivilDate.daysInMonth(year: date.year, month: date.month) - 1
            if !rule.byMonthDay.isEmpty, !rule.byMonthDay.contains(date.day), !rule.byMonthDay.contains(fromEnd) {
                return false
            }
            let weekdays = rule.byDay.map(\.weekday)
            if rule.frequency == .daily {
                return offset % rule.interval == 0 && (weekdays.isEmpty || weekdays.contains(date.weekday))
            }
            guard weekdays.isEmpty ? date.weekday == start.weekday : weekdays.contains(date.weekday) else {
                return false
            }
            // Whole weeks between the week starts of both days.
            var first = start
            while first.weekday != rule.weekStart { first = first.adding(days: -1) }
            return (date.daysSinceEpoch - first.daysSinceEpoch) / 7 % rule.interval == 0
        }
    }

    /// Ten seeds by default; `CALENDAR_TEST_SEED` names another one.
    static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["CALENDAR_TEST_SEED"].flatMap(UInt64.init).map { [$0] }
        ?? Array(1...10)

    @Test("a rule gives what walking every day gives, a window a part of it, and text the rule", arguments: seeds)
    func laws(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let example = Example(using: &generator)
            let rule = example.rule
            #expect(try RecurrenceRule(parsing: rule.description) == rule)
            let set = RecurrenceSet(Recurrence(rule), start: .day(example.start))
            let expected = example.walked(days: 2000)
            let end = example.start.adding(days: 2000)
            let found = set.occurrences().lazy.map(\.civilDate).prefix { $0 < end }
            #expect(Array(found) == expected, "seed \(seed), \(rule), start \(example.start)")
            let lower = example.start.adding(days: Int.random(in: 0...1500, using: &generator))
            let upper = lower.adding(days: Int.random(in: 0...400, using: &generator))
            let range = EventTime.day(lower).date(floatingIn: .utc)..<EventTime.day(upper).date(floatingIn: .utc)
            let window = set.occurrences(in: range, floatingIn: .utc).map(\.civilDate)
            #expect(window == expected.filter { $0 >= lower && $0 < upper }, "seed \(seed), \(rule), from \(lower)")
        }
    }
}
