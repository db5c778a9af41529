/// Admits the days of the month in BYMONTHDAY, counted from either end; all days when the part is absent.
struct MonthDayFilter: Sendable {
    private let fromStart: UInt64
    private let fromEnd: UInt64

    init(_ days: [Int]) {
        fromStart = days.filter { $0 > 0 }.reduce(0) { $0 | 1 << UInt64($1) }
        fromEnd = days.filter { $0 < 0 }.reduce(0) { $0 | 1 << UInt64(-$1) }
    }

    var admitsAll: Bool { fromStart | fromEnd == 0 }

    func admits(_ day: DayInYear) -> Bool {
        guard !admitsAll else { return true }
        if fromStart & 1 << UInt64(day.day) != 0 { return true }
        return fromEnd & 1 << UInt64(day.monthLength - day.day + 1) != 0
    }
}
