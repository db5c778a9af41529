/// A rule made ready to expand: the chain from period to days to times to chosen positions.
///
/// Local readings are seconds as if in UTC. HOURLY and finer rules step on the wall clock like all others, not by elapsed
/// time: RFC 5545 section 3.3.10 has each computed local time read like an explicit DATE-TIME, so one inside a gap moves
/// forward, one that occurs twice means the first, and two that meet are one occurrence.
struct RuleExpansion: Sendable {
    /// How periods become readings.
    enum Kind: Sendable {
        /// Days one by one, each with the same times.
        case days
        /// Weeks, months or years as a whole, for BYSETPOS.
        case sets
        /// Hours, minutes or seconds.
        case clock
    }

    let kind: Kind
    let count: Int?
    let until: UntilLimit
    /// The first reading of the series; nothing before it belongs to the rule.
    let start: Int64
    let startDay: Int
    let filters: DayFilters
    let grid: PeriodGrid
    let clock: ClockWalker
    /// Seconds from the beginning of a day, or of a finer period; BYSETPOS is applied where it can be beforehand.
    let times: [Int64]
    let positions: SetPositionFilter

    init(_ rule: RecurrenceRule, start: EventTime) {
        let date = start.civilDate
        startDay = date.daysSinceEpoch
        count = rule.count
        until = UntilLimit(rule.until, start: start)
        self.start = start.civil.secondsSinceEpoch
        filters = DayFilters(rule, start: date)
        grid = PeriodGrid(rule, start: date)
        clock = ClockWalker(rule, start: start)
        positions = SetPositionFilter(rule.bySetPosition)
        var times = TimeExpander(rule, start: start).seconds
        switch rule.frequency {
        case .hourly, .minutely, .secondly: kind = .clock
        case .daily: kind = .days
        case .weekly, .monthly, .yearly: kind = positions.admitsAll ? .days : .sets
        }
        if kind != .sets { positions.apply(to: &times) }
        self.times = times
    }

    /// About how many seconds lie between two periods.
    var periodSeconds: Int64 {
        switch grid.frequency {
        case .yearly: Int64(grid.interval) * 31_622_400
        case .monthly: Int64(grid.interval) * 2_678_400
        case .weekly: Int64(grid.interval) * 604_800
        case .daily: Int64(grid.interval) * 86_400
        case .hourly, .minutely, .secondly: clock.step
        }
    }

    /// Fills a list with the readings of a period, ascending, those before the start included.
    func fill(_ readings: inout [Int64], days: Range<Int>, calendar: inout DayCalendar) {
        readings.removeAll(keepingCapacity: true)
        // BYSETPOS needs the whole period, also where the last day lies within it.
        let lastDay = calendar.lastDay
        calendar.lastDay = DayCalendar.latestDay
        defer { calendar.lastDay = lastDay }
        var day = days.lowerBound
        while let admitted = calendar.next(from: day), admitted < days.upperBound {
            for second in times { readings.append(Int64(admitted) * 86_400 + second) }
            day = admitted + 1
        }
        positions.apply(to: &readings)
    }
}
