/// The starts one rule gives, lazily and in order of their instants.
///
/// COUNT counts readings on the wall clock; two that meet because one moved out of a gap count as two of them.
struct RuleIterator {
    private let clock: SeriesClock
    private let until: UntilLimit
    private var readings: RuleReadings
    private var remaining: Int?
    private var isFinished = false
    /// Starts that moved out of a gap, which others can overtake, and the first start that did not.
    private var moved: [SeriesClock.Start] = []
    private var ahead: SeriesClock.Start?

    /// How many periods and passed-over days, times and years were looked at so far.
    var steps: Int { readings.steps }

    /// Begins at the first period that can reach a local reading, or at the start for nil.
    ///
    /// - Parameters:
    ///   - expansion: The rule.
    ///   - clock: The clock of the series.
    ///   - local: No start whose reading lies before this one is needed.
    ///   - last: No start whose reading lies long after this one is needed.
    ///   - startCounts: Whether the start of the series takes one of COUNT even where the rule does not give it.
    init(
        _ expansion: RuleExpansion,
        clock: SeriesClock,
        from local: Int64?,
        upTo last: Int64? = nil,
        startCounts: Bool = false
    ) {
        self.clock = clock
        until = expansion.until
        // An instant and its reading differ by less than a day, and a gap by no more.
        readings = RuleReadings(expansion, upTo: [until.last.map { $0 + 2 * 86_400 }, last].compactMap { $0 }.min())
        remaining = expansion.count
        if startCounts, let count = remaining {
            var probe = readings
            if probe.next() != expansion.start { remaining = count - 1 }
        }
        if let local { jump(to: local) }
    }

    mutating func next() -> SeriesClock.Start? {
        guard moved.isEmpty, ahead == nil else { return merged() }
        guard let start = produce() else { return nil }
        guard start.isMoved else { return start }
        moved.append(start)
        return merged()
    }

    private mutating func produce() -> SeriesClock.Start? {
        while !isFinished {
            guard remaining != 0, let local = readings.next() else { break }
            let start = clock.start(atLocal: local)
            if until.isPassed(local: local, instant: start.instant) {
                // What moved out of a gap can be too late while the readings after the gap are not.
                if start.isMoved { continue }
                break
            }
            if let count = remaining { remaining = count - 1 }
            return start
        }
        isFinished = true
        return nil
    }

    /// The smaller of the starts that moved and the first that did not; equal ones once.
    private mutating func merged() -> SeriesClock.Start? {
        while ahead == nil, let start = produce() {
            if start.isMoved { moved.append(start) } else { ahead = start }
        }
        guard let first = moved.first else {
            defer { ahead = nil }
            return ahead
        }
        guard let next = ahead, next.instant <= first.instant else { return moved.removeFirst() }
        if next.instant == first.instant { moved.removeFirst() }
        ahead = nil
        return next
    }

    /// Skips what lies before a reading: freely without COUNT, by arithmetic where COUNT allows, else not at all.
    private mutating func jump(to local: Int64) {
        guard let count = remaining else { return readings.jump(to: local) }
        let midnight = ClockWalker.quotient(local, 86_400) * 86_400
        guard let skipped = readings.count(beforeMidnight: midnight, limit: count) else { return }
        remaining = max(0, count - skipped)
        readings.jump(to: midnight)
    }
}
