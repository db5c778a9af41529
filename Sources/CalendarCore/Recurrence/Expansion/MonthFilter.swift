/// Admits days of the months in BYMONTH; all days when the part is absent.
struct MonthFilter: Sendable {
    private let mask: UInt16

    init(_ months: [Int]) {
        mask = months.reduce(0) { $0 | 1 << UInt16($1) }
    }

    var admitsAll: Bool { mask == 0 }

    func admits(_ day: DayInYear) -> Bool {
        mask == 0 || mask & 1 << UInt16(day.month) != 0
    }
}
