/// Leaves out the starts that EXDATE names, by instant or for a day by day, and those that EXRULE gives.
///
/// Starts are asked for in ascending order.
struct ExclusionFilter {
    private var instants: Set<Int64> = []
    private var days: Set<Int64> = []
    private var rules: [RuleIterator]
    private var heads: [SeriesClock.Start?] = []

    init(_ exclusions: [RecurrenceDate], rules: [RuleIterator], start: EventTime, clock: SeriesClock) {
        for exclusion in exclusions {
            let time = exclusion.time(like: start)
            if case .day(let date) = exclusion {
                days.insert(Int64(date.daysSinceEpoch))
            } else if start.isAllDay {
                days.insert(Int64(time.civilDate.daysSinceEpoch))
            } else {
                instants.insert(clock.start(at: time).instant)
            }
        }
        self.rules = rules
        for index in rules.indices { heads.append(self.rules[index].next()) }
    }

    var steps: Int { rules.reduce(0) { $0 + $1.steps } }

    mutating func excludes(_ start: SeriesClock.Start) -> Bool {
        if !instants.isEmpty, instants.contains(start.instant) { return true }
        if !days.isEmpty, days.contains(Int64(CivilDateTime(secondsSinceEpoch: start.local).date.daysSinceEpoch)) {
            return true
        }
        var isGiven = false
        for index in heads.indices {
            while let head = heads[index], head.instant < start.instant { heads[index] = rules[index].next() }
            if let head = heads[index], head.instant == start.instant { isGiven = true }
        }
        return isGiven
    }
}
