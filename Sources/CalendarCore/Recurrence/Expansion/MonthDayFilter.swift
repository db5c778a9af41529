/// Admits the days of the month in BYMONTHDAY, counted from either end; all days when the part is absent.
struct MonthDayFilter: Sendable {
    private let fromStart: UInt64
    private let fromEnd: UInt64

    init(_ days: [Int]) {
        fromStart = days.filter { $0 > 0 }.reduce(0) { $0 | 1 << UInt64($1) }
        fromEnd = days.filter { $0 < 0 }.reduce(0) { $0 | 1 << UInt64(-$1) }
    }

    var admitsAll: Bool { fromStart | fromEnd == 0 }

    func admits(_ date: CivilDate) -> Bool {
        guard !admitsAll else { return true }
        if fromStart & 1 << UInt64(date.day) != 0 { return true }
        guard fromEnd != 0 else { return false }
        let dayFromEnd = CivilDate.daysInMonth(year: date.year, month: date.month) - date.day + 1
        return fromEnd & 1 << UInt64(dayFromEnd) != 0
    }
}
