/// A rule made ready to expand: the chain from period to days to times to chosen positions.
///
/// Local readings are seconds as if in UTC. Only DAILY and WEEKLY rules come here.
struct RuleExpansion: Sendable {
    let stepper: PeriodStepper
    let count: Int?
    let until: UntilLimit
    /// The first reading of the series; nothing before it belongs to the rule.
    let start: Int64
    private let weekdays: WeekdayExpander
    private let months: MonthFilter
    private let monthDays: MonthDayFilter
    private let times: TimeExpander
    private let positions: SetPositionFilter

    init(_ rule: RecurrenceRule, start: EventTime) {
        let day = start.civilDate.daysSinceEpoch
        stepper = PeriodStepper(rule, start: day)
        count = rule.count
        until = UntilLimit(rule.until, start: start)
        self.start = start.civil.secondsSinceEpoch
        weekdays = WeekdayExpander(rule, start: day)
        months = MonthFilter(rule.byMonth)
        monthDays = MonthDayFilter(rule.byMonthDay)
        times = TimeExpander(rule, start: start)
        positions = SetPositionFilter(rule.bySetPosition)
    }

    /// Fills a list with the readings of one period, ascending, those before the start included.
    ///
    /// - Returns: False when the period lies after year 9999.
    func fill(_ readings: inout [Int64], period: Int) -> Bool {
        readings.removeAll(keepingCapacity: true)
        guard let first = stepper.firstDay(of: period) else { return false }
        let needsDate = !months.admitsAll || !monthDays.admitsAll
        for day in first..<(first + stepper.length) where weekdays.admits(day) {
            if needsDate {
                let date = CivilDate(daysSinceEpoch: day)
                guard months.admits(date), monthDays.admits(date) else { continue }
            }
            for second in times.seconds { readings.append(Int64(day) * 86_400 + second) }
        }
        positions.apply(to: &readings)
        return true
    }

    /// Whether a day can have more than one occurrence.
    var hasSeveralTimes: Bool { times.seconds.count > 1 }

    /// How many occurrences every full period has, or nil when it differs from period to period.
    var occurrencesPerPeriod: Int? {
        guard months.admitsAll, monthDays.admitsAll, weekdays.isConstant(length: stepper.length) else { return nil }
        var readings: [Int64] = []
        return fill(&readings, period: 0) ? readings.count : nil
    }
}
