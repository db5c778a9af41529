/// A day as the filters see it: its place in month and year, from both ends.
struct DayInYear: Sendable {
    /// 0 is 1 January.
    var index = 0
    let shape: YearShape
    var month = 1
    var day = 1
    var monthLength = 31

    init(first shape: YearShape) {
        self.shape = shape
    }

    var weekday: Weekday {
        Weekday(rawValue: (shape.firstWeekday.rawValue - 1 + index) % 7 + 1) ?? .monday
    }

    /// Moves to the next day.
    mutating func advance() {
        index += 1
        day += 1
        guard day > monthLength else { return }
        day = 1
        month += 1
        monthLength = CivilDate.daysInMonth(year: shape.leap == .this ? 2000 : 2001, month: month)
    }
}
