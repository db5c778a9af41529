/// The days of a period: those on the weekdays of BYDAY.
///
/// For a day it is a filter, for a week it expands; without BYDAY a week has the start's weekday and a day itself.
struct WeekdayExpander: Sendable {
    /// Bit 1 to 7 for Monday to Sunday; 0 for no choice.
    private let mask: UInt8

    init(_ rule: RecurrenceRule, start: Int) {
        var weekdays = rule.byDay.map(\.weekday)
        if weekdays.isEmpty, rule.frequency == .weekly { weekdays = [Weekday(daysSinceEpoch: start)] }
        mask = weekdays.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
    }

    /// Whether every period of so many days has the same number of days.
    func isConstant(length: Int) -> Bool { mask == 0 || length % 7 == 0 }

    func admits(_ day: Int) -> Bool {
        mask == 0 || mask & 1 << UInt8(Weekday(daysSinceEpoch: day).rawValue) != 0
    }
}
