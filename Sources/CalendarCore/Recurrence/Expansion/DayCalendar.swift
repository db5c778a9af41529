/// Finds the days that pass a rule's filters, a year at a time; a year's days are chosen once for each of 28 shapes.
struct DayCalendar {
    private let filters: DayFilters
    let admitsAll: Bool
    private var known: [DaySet?] = []
    private var year = 0
    /// The day number of 1 January.
    private var first = 0
    private var length = 0
    private var days = DaySet()
    /// No day after this one is looked for.
    var lastDay = Self.latestDay
    /// How many years without a day were passed over.
    private(set) var steps = 0

    static let earliestDay = CivilDate.earliest.daysSinceEpoch
    static let latestDay = CivilDate.latest.daysSinceEpoch

    /// How many years in a row without a day end the search: the first and last of 400 can be seen in part.
    static let emptyYears = 401

    init(_ filters: DayFilters) {
        self.filters = filters
        admitsAll = filters.admitsAll
    }

    /// The first day that passes from a day on; nil when all later ones lie after the last day, or when 400 years in a row have none.
    ///
    /// After 400 years the Gregorian calendar repeats, weekdays included.
    mutating func next(from day: Int) -> Int? {
        guard day <= lastDay else { return nil }
        if admitsAll { return day }
        if day < first || day - first >= length { seek(day) }
        var index = day - first
        var emptyYears = 0
        while true {
            if let found = days.first(from: index) { return first + found }
            emptyYears += 1
            steps += 1
            guard emptyYears <= Self.emptyYears, first + length <= lastDay else { return nil }
            enter(year: year + 1, first: first + length)
            index = 0
        }
    }

    /// How many days of a range pass.
    mutating func count(in range: Range<Int>) -> Int {
        guard !admitsAll else { return range.count }
        var count = 0
        var day = range.lowerBound
        while day < min(range.upperBound, Self.latestDay + 1) {
            if day < first || day - first >= length { seek(day) }
            let end = min(range.upperBound, first + length)
            count += days.count(in: (day - first)..<(end - first))
            day = end
        }
        return count
    }

    private mutating func seek(_ day: Int) {
        if day == first + length, length > 0 {
            enter(year: year + 1, first: day)
        } else {
            let date = CivilDate(daysSinceEpoch: day)
            enter(year: date.year, first: day - date.dayOfYear + 1)
        }
    }

    private mutating func enter(year: Int, first: Int) {
        let shape = YearShape(year: year, firstDay: first)
        self.year = year
        self.first = first
        length = shape.length
        if known.isEmpty { known = Array(repeating: nil, count: YearShape.count) }
        if let set = known[shape.index] {
            days = set
        } else {
            days = filters.days(of: shape)
            known[shape.index] = days
        }
    }
}
