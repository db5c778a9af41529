internal import Foundation

/// Finds the reading a rule gives for an occurrence that clocks moved out of a gap.
struct NominalReading {
    private let series: RecurringSeries

    init(_ series: RecurringSeries) {
        self.series = series
    }

    /// The same instant, written as the rules have it: inside the gap where a rule says so.
    func time(of moment: SeriesMoment) -> EventTime {
        guard case .zoned(let zoned) = moment.time else { return moment.time }
        let table = zoned.zone.table
        // A zone can skip a whole day, so the offset of two days before is the one before the gap.
        let gap = table.offset(at: moment.instant) - table.offset(at: moment.instant - 2 * 86_400)
        guard gap > 0 else { return moment.time }
        let skipped = zoned.civil.adding(seconds: -Int64(gap))
        guard case .skipped = table.reading(ofLocal: skipped.secondsSinceEpoch) else { return moment.time }
        guard series.recurrence.rules.contains(where: { gives($0, skipped) }) else { return moment.time }
        return .zoned(skipped, zoned.zone)
    }

    /// Whether a rule gives a reading on a clock without gaps, its end left aside.
    private func gives(_ rule: RecurrenceRule, _ reading: CivilDateTime) -> Bool {
        var open = rule
        open.count = nil
        open.until = nil
        let set = RecurrenceSet(Recurrence(open), start: .zoned(series.start.civil, .utc))
        return set.hasStart(from: reading.secondsSinceEpoch, upTo: reading.secondsSinceEpoch + 1)
    }
}
