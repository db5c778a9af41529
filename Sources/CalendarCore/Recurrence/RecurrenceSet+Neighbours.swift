public import Foundation

extension RecurrenceSet {
    /// The first original start after an instant, or nil when there is none.
    ///
    /// - Parameters:
    ///   - date: An instant; an occurrence that starts exactly then does not count.
    ///   - zone: The zone in which the days of an all-day series begin.
    /// - Returns: The start, which costs the same wherever it lies when no rule has a COUNT.
    public func next(after date: Date, floatingIn zone: EventZone = .utc) -> EventTime? {
        let later = Date(secondsSinceEpoch: date.secondsSinceEpoch + 1)
        var iterator = starts(in: later..<max(later, Self.end), zone: zone).makeIterator()
        return iterator.next()
    }

    /// The last original start before an instant, or nil when there is none.
    ///
    /// It looks through windows that grow backwards from the instant or, when that is earlier, from where the series
    /// ends by UNTIL. Far after the end of a series that ends by COUNT this can walk all of it.
    ///
    /// - Parameters:
    ///   - date: An instant; an occurrence that starts exactly then does not count.
    ///   - zone: The zone in which the days of an all-day series begin.
    /// - Returns: The start, also of an occurrence that is still under way.
    public func previous(before date: Date, floatingIn zone: EventZone = .utc) -> EventTime? {
        let clock = SeriesClock(start: start, floatingIn: zone)
        // Some room for readings in and around a gap.
        let earliest = clock.start(at: start).instant - 2 * 86_400
        let first = addedStarts(clock: clock).first.map { min($0.instant, earliest) } ?? earliest
        var upper = min(date.secondsSinceEpoch + (date.millisecondsSinceEpoch % 1000 > 0 ? 1 : 0), lastInstant(clock))
        var length = expansions.map(\.periodSeconds).max() ?? 86_400
        while upper > first {
            let lower = max(first, upper - length)
            var found: EventTime?
            let window = Date(secondsSinceEpoch: lower)..<Date(secondsSinceEpoch: upper)
            for time in starts(in: window, zone: zone) { found = time }
            if let found { return found }
            upper = lower
            length = min(length * 4, 400_000_000_000)
        }
        return nil
    }

    /// How many occurrences there are, or nil for a series without COUNT and UNTIL.
    ///
    /// A single rule without additions and exclusions is counted by arithmetic where its readings cannot meet in a gap.
    /// All else is walked, so the time it takes is in proportion to the answer.
    ///
    /// - Parameter zone: The zone in which the days of an all-day series begin.
    /// - Returns: The number of different starts.
    public func count(floatingIn zone: EventZone = .utc) -> Int? {
        guard isFinite else { return nil }
        if let count = arithmeticCount(clock: SeriesClock(start: start, floatingIn: zone)) { return count }
        var iterator = occurrences(floatingIn: zone).makeIterator()
        var count = 0
        while iterator.nextStart() != nil { count += 1 }
        return count
    }

    private func arithmeticCount(clock: SeriesClock) -> Int? {
        guard expansions.count == 1, recurrence.additions.isEmpty, recurrence.exclusions.isEmpty,
            recurrence.exceptionRules.isEmpty, unmatchedStart == .leftOut
        else { return nil }
        let expansion = expansions[0]
        guard clock.isInjective || (expansion.kind == .days && expansion.times.count == 1) else { return nil }
        let end: Int64 =
            switch expansion.until {
            case .none: CivilDateTime.latest.secondsSinceEpoch
            case .local(let reading), .instant(let reading): reading - 2 * 86_400
            }
        let midnight = ClockWalker.quotient(end, 86_400) * 86_400
        var readings = RuleReadings(expansion)
        let limit = expansion.count ?? Int.max
        guard let before = readings.count(beforeMidnight: midnight, limit: limit) else { return nil }
        guard before < limit else { return limit }
        var rest = RuleIterator(expansion, clock: clock, from: midnight)
        var count = before
        while rest.next() != nil { count += 1 }
        return count
    }

    private func starts(in window: Range<Date>, zone: EventZone) -> RecurrenceOccurrences {
        let set = RecurrenceSet(recurrence, start: start, unmatchedStart: unmatchedStart)
        return set.occurrences(in: window, floatingIn: zone)
    }

    /// An instant after which there is certainly no start.
    private func lastInstant(_ clock: SeriesClock) -> Int64 {
        var last = addedStarts(clock: clock).last?.instant ?? Int64.min
        for expansion in expansions {
            switch expansion.until {
            case .none: last = Self.end.secondsSinceEpoch
            case .local(let reading), .instant(let reading): last = max(last, reading + 2 * 86_400)
            }
        }
        return last == Int64.min ? last : last + 1
    }

    private static let end = Date(secondsSinceEpoch: CivilDateTime.latest.secondsSinceEpoch + 2 * 86_400)
}
