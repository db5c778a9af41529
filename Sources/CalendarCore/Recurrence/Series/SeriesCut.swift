internal import Foundation

/// A series about to be divided at one of its occurrences.
struct SeriesCut {
    private let series: RecurringSeries
    private let lines: [SeriesLine]
    private let moment: SeriesMoment

    init(_ series: RecurringSeries, at occurrence: EventTime) throws(SeriesError) {
        lines = try SeriesLine.lines(of: series.recurrence)
        guard series.contains(originalStart: occurrence), let moment = series.moment(of: occurrence) else {
            throw .notAnOccurrence
        }
        guard let first = series.set.first, SeriesMoment(first).instant < moment.instant else {
            throw .isFirstOccurrence
        }
        self.series = series
        self.moment = moment
    }

    /// The half before the occurrence.
    func before() -> RecurringSeries {
        var kept: [String] = []
        for line in lines {
            switch line {
            case .rule(let rule, let text):
                let cut = RuleCut(rule, start: series.start, at: moment)
                if !cut.hasEarlier { continue }
                kept.append(cut.hasLater ? "RRULE:\(cut.before())" : text)
            case .dates(let dates): kept += part(of: dates, isLater: false, start: series.start)
            }
        }
        return half(kept, start: series.start, owns: { $0 < moment.instant })
    }

    /// The half from the occurrence on.
    func after() throws(SeriesError) -> RecurringSeries {
        let start = NominalReading(series).time(of: moment)
        var kept: [String] = []
        for line in lines {
            switch line {
            case .rule(let rule, _):
                let cut = RuleCut(rule, start: series.start, at: moment)
                if cut.hasLater { kept.append("RRULE:\(try cut.after(from: start))") }
            case .dates(let dates): kept += part(of: dates, isLater: true, start: start)
            }
        }
        return half(kept, start: start, owns: { $0 >= moment.instant })
    }

    /// The values of a line that belong to one half, as lines.
    private func part(of line: DateLine, isLater: Bool, start: EventTime) -> [String] {
        var texts: [String] = []
        var rewritten: [SeriesMoment] = []
        for value in line.values where lies(value.date, inLater: isLater, isExclusion: line.isExclusion) {
            if !line.isExclusion, changesMeaning(value.date, beside: start) {
                rewritten.append(series.moment(of: value.date))
            } else {
                texts.append(value.text)
            }
        }
        var lines = texts.isEmpty ? [] : [line.head + texts.joined(separator: ",")]
        if !rewritten.isEmpty { lines.append(DateLine.text("RDATE", rewritten)) }
        return lines
    }

    /// Whether a value belongs to a half; an excluded day beside a timed series can concern both.
    private func lies(_ date: RecurrenceDate, inLater isLater: Bool, isExclusion: Bool) -> Bool {
        if isExclusion, case .day(let day) = date, !series.start.isAllDay {
            return isLater ? day >= moment.time.civilDate : day <= moment.time.civilDate
        }
        return (series.moment(of: date).instant >= moment.instant) == isLater
    }

    /// A day takes its time from the start, so it must be written out when the half starts at another time of day.
    private func changesMeaning(_ date: RecurrenceDate, beside start: EventTime) -> Bool {
        guard case .day = date else { return false }
        return start.civil.secondOfDay != series.start.civil.secondOfDay
    }

    /// Sets right what the start contributes by itself: it counts only beside additions without rules.
    private func half(_ lines: [String], start: EventTime, owns: (Int64) -> Bool) -> RecurringSeries {
        var recurrence = Recurrence(lines: lines)
        let first = SeriesMoment(start)
        if recurrence.rules.isEmpty {
            if recurrence.additions.isEmpty {
                recurrence = Recurrence(lines: lines + [DateLine.text("RDATE", [first])])
            } else if !owns(first.instant) || !series.contains(originalStart: start) {
                recurrence = Recurrence(lines: lines + [DateLine.text("EXDATE", [first])])
            }
        }
        return RecurringSeries(recurrence, start: start, duration: series.duration)
    }
}
