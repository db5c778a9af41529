/// Admits the weekdays of BYDAY, plain ones and numbered ones together; all days when the part is absent.
///
/// A number counts within the month for MONTHLY and for YEARLY with BYMONTH, else within the year. Numbers are ignored
/// for other frequencies, for which the parser refuses them.
struct WeekdayFilter: Sendable {
    /// Bit 1 to 7 for Monday to Sunday.
    private var plain: UInt8 = 0
    /// For each weekday the places that count.
    ///
    /// Bit 1 is the first one; index 0 is unused.
    private var fromStart = [UInt64](repeating: 0, count: 8)
    private var fromEnd = [UInt64](repeating: 0, count: 8)
    private var numbered: UInt8 = 0
    private let isWithinMonth: Bool

    init(_ rule: RecurrenceRule) {
        isWithinMonth = rule.frequency == .monthly || !rule.byMonth.isEmpty
        let hasPlaces = rule.frequency == .monthly || rule.frequency == .yearly
        for day in rule.byDay {
            let index = day.weekday.rawValue
            guard hasPlaces, let ordinal = day.ordinal else {
                plain |= 1 << UInt8(index)
                continue
            }
            numbered |= 1 << UInt8(index)
            if ordinal > 0 {
                fromStart[index] |= 1 << UInt64(ordinal)
            } else {
                fromEnd[index] |= 1 << UInt64(-ordinal)
            }
        }
    }

    var admitsAll: Bool { plain | numbered == 0 }

    func admits(_ day: DayInYear) -> Bool {
        let weekday = day.weekday.rawValue
        let bit: UInt8 = 1 << UInt8(weekday)
        if admitsAll || plain & bit != 0 { return true }
        guard numbered & bit != 0 else { return false }
        let before = isWithinMonth ? day.day - 1 : day.index
        let after = isWithinMonth ? day.monthLength - day.day : day.shape.length - 1 - day.index
        return fromStart[weekday] & 1 << UInt64(before / 7 + 1) != 0
            || fromEnd[weekday] & 1 << UInt64(after / 7 + 1) != 0
    }
}
