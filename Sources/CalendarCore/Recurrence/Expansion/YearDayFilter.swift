/// Admits the days of the year in BYYEARDAY, counted from either end; all days when the part is absent.
struct YearDayFilter: Sendable {
    private var fromStart = DaySet()
    private var fromEnd = DaySet()
    let admitsAll: Bool

    init(_ days: [Int]) {
        admitsAll = days.isEmpty
        for day in days {
            if day > 0 { fromStart.insert(day) } else { fromEnd.insert(-day) }
        }
    }

    func admits(_ day: DayInYear) -> Bool {
        admitsAll || fromStart.contains(day.index + 1) || fromEnd.contains(day.shape.length - day.index)
    }
}
