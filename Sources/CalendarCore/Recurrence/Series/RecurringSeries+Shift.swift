internal import Foundation

extension RecurringSeries {
    /// Moves the whole series on the clock of its zone.
    ///
    /// The difference is civil: 24 hours are the same time of the next day, also where a change of clocks lies between.
    /// Start, UNTIL, RDATE and EXDATE move by it. So do the parts of a rule that pin times or days, where the result is
    /// exact for every occurrence: BYDAY of daily and weekly rules by whole days, BYMONTHDAY within the 28 days every
    /// month has. RDATE and EXDATE are written anew, as days or in UTC.
    ///
    /// - Parameter difference: Whole seconds, for an all-day series whole days; negative for earlier.
    /// - Returns: The moved series, with the same duration.
    /// - Throws: `SeriesError.cannotMove` naming a part that cannot be moved, or another `SeriesError`.
    public func shifted(by difference: Duration) throws(SeriesError) -> RecurringSeries {
        let seconds = difference.components.seconds
        guard difference.components.attoseconds == 0, !start.isAllDay || seconds % 86_400 == 0 else {
            throw .unevenDifference
        }
        let lines = try SeriesLine.lines(of: recurrence)
        guard seconds != 0 else { return self }
        let shift = SeriesShift(self, seconds: seconds)
        var moved: [String] = []
        let newStart = try shift.moved(start)
        for line in lines {
            switch line {
            case .rule(let rule, _):
                var rule = rule
                try RuleShift(from: start.civil, to: newStart.civil, isAllDay: start.isAllDay).move(&rule)
                if let until = rule.until { rule.until = try shift.moved(until) }
                moved.append("RRULE:\(rule)")
            case .dates(let dates): moved += try shift.moved(dates)
            }
        }
        return RecurringSeries(Recurrence(lines: moved), start: newStart, duration: duration)
    }
}

/// Moves the times of a series by a civil difference.
struct SeriesShift {
    private let series: RecurringSeries
    private let seconds: Int64

    init(_ series: RecurringSeries, seconds: Int64) {
        self.series = series
        self.seconds = seconds
    }

    func moved(_ reading: CivilDateTime) throws(SeriesError) -> CivilDateTime {
        let (sum, overflow) = reading.secondsSinceEpoch.addingReportingOverflow(seconds)
        let moved = CivilDateTime(secondsSinceEpoch: overflow ? 0 : sum)
        guard !overflow, moved.secondsSinceEpoch == sum else { throw .outsideCalendar }
        return moved
    }

    func moved(_ time: EventTime) throws(SeriesError) -> EventTime {
        let civil = try moved(time.civil)
        return time.zone.map { .zoned(civil, $0) } ?? .day(civil.date)
    }

    func moved(_ until: RecurrenceRule.Until) throws(SeriesError) -> RecurrenceRule.Until {
        switch until.inTerms(of: series.start) {
        case .date(let date): return .date(try moved(CivilDateTime(startOf: date)).date)
        case .local(let reading): return .local(try moved(reading))
        case .utc(let reading):
            guard let zone = series.start.zone else { return .utc(try moved(reading)) }
            let local = try moved(zone.table.civil(at: reading.secondsSinceEpoch))
            return .utc(CivilDateTime(secondsSinceEpoch: zone.table.seconds(of: local)))
        }
    }

    func moved(_ line: DateLine) throws(SeriesError) -> [String] {
        guard !line.isPeriod else { throw .cannotMove("VALUE=PERIOD") }
        let nominal = NominalReading(series)
        var moments: [SeriesMoment] = []
        var days: [SeriesMoment] = []
        for value in line.values {
            if line.isExclusion, case .day(let day) = value.date, !series.start.isAllDay {
                if seconds % 86_400 == 0 {
                    days.append(SeriesMoment(try moved(.day(day))))
                } else {
                    for start in excluded(on: day) {
                        moments.append(SeriesMoment(try moved(nominal.time(of: SeriesMoment(start)))))
                    }
                }
            } else {
                moments.append(SeriesMoment(try moved(nominal.time(of: series.moment(of: value.date)))))
            }
        }
        let name = line.isExclusion ? "EXDATE" : "RDATE"
        return [days, moments].filter { !$0.isEmpty }.map { DateLine.text(name, $0) }
    }

    /// The starts a day names that is excluded beside a timed series.
    private func excluded(on day: CivilDate) -> [EventTime] {
        guard let zone = series.start.zone else { return [] }
        let lines = series.recurrence.lines.filter { !$0.uppercased().hasPrefix("EXDATE") }
        let lower = zone.table.seconds(of: CivilDateTime(startOf: day))
        let upper = zone.table.seconds(of: CivilDateTime(startOf: day.adding(days: 1)))
        let set = RecurrenceSet(Recurrence(lines: lines), start: series.start)
        return Array(set.starts(from: lower, upTo: upper))
    }
}
