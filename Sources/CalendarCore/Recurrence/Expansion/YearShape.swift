/// All that the choice of days in a year depends on: its first weekday, and which of it and its neighbours is leap.
///
/// Of three years in a row at most one is leap, so there are 28 shapes.
struct YearShape: Sendable {
    /// Which year of the three has 366 days.
    enum Leap: Int, Sendable {
        case none, this, previous, next
    }

    let firstWeekday: Weekday
    let leap: Leap

    init(year: Int, firstDay: Int) {
        firstWeekday = Weekday(daysSinceEpoch: firstDay)
        if CivilDate.isLeap(year: year) {
            leap = .this
        } else if CivilDate.isLeap(year: year - 1) {
            leap = .previous
        } else {
            leap = CivilDate.isLeap(year: year + 1) ? .next : .none
        }
    }

    static let count = 28

    /// A number from 0 to 27.
    var index: Int { leap.rawValue * 7 + firstWeekday.rawValue - 1 }

    var length: Int { leap == .this ? 366 : 365 }
    var previousLength: Int { leap == .previous ? 366 : 365 }
    var nextLength: Int { leap == .next ? 366 : 365 }
}
