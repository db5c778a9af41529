import CalendarCore

extension RecurrencePattern {
    /// Refuses a series whose occurrences are longer than the shortest gap between two of them.
    ///
    /// Exchange answers `ErrorOccurrenceTimeSpanTooBig`. Months count as 28 days.
    func checkDuration(from start: EventTime, to end: EventTime, range: RecurrenceRange) throws(UnrepresentablePart) {
        guard range != .numbered(1) else { return }
        let last = start.zone.map { $0.civil(at: end.date(floatingIn: $0)) } ?? end.civil
        let length = last.secondsSinceEpoch - start.civil.secondsSinceEpoch
        guard length <= Int64(shortestGap) * 86_400 else { throw UnrepresentablePart(name: "DURATION") }
    }

    /// In days; for months and years a lower bound.
    private var shortestGap: Int {
        switch kind {
        case .daily: return interval
        case .weekly:
            let offsets = days.map { $0.days(after: firstDay) }.sorted()
            guard let first = offsets.first, let last = offsets.last else { return 7 * interval }
            let within = zip(offsets, offsets.dropFirst()).map { $1 - $0 }
            return min(within.min() ?? .max, 7 * interval + first - last)
        case .absoluteMonthly, .relativeMonthly: return 28 * interval
        case .absoluteYearly, .relativeYearly: return 364 * interval
        }
    }
}
