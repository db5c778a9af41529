/// The starts one rule gives, lazily and in order.
struct RuleIterator {
    private let expansion: RuleExpansion
    private let clock: SeriesClock
    private var period = 0
    private var readings: [Int64] = []
    private var position = 0
    private var remaining: Int?
    private var emptyPeriods = 0
    private var isFinished = false

    /// Begins at the first period that can reach a local reading, or at the start for nil.
    init(_ expansion: RuleExpansion, clock: SeriesClock, from local: Int64?) {
        self.expansion = expansion
        self.clock = clock
        remaining = expansion.count
        if let local { jump(to: local) }
    }

    mutating func next() -> SeriesClock.Start? {
        while !isFinished {
            while position < readings.count {
                let local = readings[position]
                position += 1
                guard local >= expansion.start else { continue }
                return take(local)
            }
            advance()
        }
        return nil
    }

    private mutating func take(_ local: Int64) -> SeriesClock.Start? {
        let start = clock.start(atLocal: local)
        if remaining == 0 || expansion.until.isPassed(local: local, instant: start.instant) {
            isFinished = true
            return nil
        }
        remaining = remaining.map { $0 - 1 }
        emptyPeriods = 0
        return start
    }

    private mutating func advance() {
        position = 0
        emptyPeriods += 1
        if remaining == 0 || emptyPeriods > expansion.stepper.emptyBound + 1 {
            isFinished = true
            return
        }
        isFinished = !expansion.fill(&readings, period: period)
        period += 1
        guard expansion.hasSeveralTimes else { return }
        // A reading that moves out of a gap can pass another one of its day.
        readings.sort { [clock] in clock.start(atLocal: $0).instant < clock.start(atLocal: $1).instant }
    }

    /// Skips periods before a reading: freely without COUNT, by multiplication where all periods are alike.
    private mutating func jump(to local: Int64) {
        let day = CivilDateTime(secondsSinceEpoch: local).date.daysSinceEpoch
        let target = expansion.stepper.period(upTo: day)
        guard target > 0 else { return }
        if let count = expansion.count {
            guard let perPeriod = expansion.occurrencesPerPeriod else { return }
            guard expansion.fill(&readings, period: 0) else { return }
            let first = readings.count { $0 >= expansion.start }
            readings.removeAll(keepingCapacity: true)
            let (middle, overflow) = perPeriod.multipliedReportingOverflow(by: target - 1)
            guard !overflow, first + middle < count else {
                isFinished = true
                return
            }
            remaining = count - first - middle
        }
        period = target
    }
}
