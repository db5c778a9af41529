/// Walks the days of a DAILY to YEARLY rule, in order.
struct DayWalker: Sendable {
    let grid: PeriodGrid
    /// The first day not yet looked at.
    private var cursor: Int
    /// How many days outside the periods were met.
    private(set) var steps = 0

    init(grid: PeriodGrid, from day: Int) {
        self.grid = grid
        cursor = grid.activeDay(from: day)
    }

    /// The next day that passes the filters, in a period that counts; nil after the last one.
    mutating func next(in calendar: inout DayCalendar, bound: Int) -> Int? {
        let limit = steps + calendar.steps + bound
        while steps + calendar.steps <= limit {
            guard let day = calendar.next(from: cursor) else { return nil }
            let active = grid.activeDay(from: day)
            guard active == day else {
                cursor = active
                steps += 1
                continue
            }
            cursor = grid.activeDay(from: day + 1)
            return day
        }
        return nil
    }

    /// The days of the next period with at least one day that passes.
    mutating func nextPeriod(in calendar: inout DayCalendar, bound: Int) -> Range<Int>? {
        guard let day = next(in: &calendar, bound: bound) else { return nil }
        let range = grid.range(containing: day)
        cursor = grid.activeDay(from: range.upperBound)
        return range
    }
}
