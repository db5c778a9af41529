/// The local readings of a rule from its start on, before COUNT and UNTIL: ascending, lazily, without an end of its own.
struct RuleReadings {
    let expansion: RuleExpansion
    private(set) var calendar: DayCalendar
    private var days: DayWalker
    private var clock: ClockWalker
    /// Where the current period begins, and the readings in it from there.
    private var base: Int64 = 0
    private var offsets: [Int64]
    private var position: Int
    private var barrenSteps = 0
    private var periods = 0

    /// How many steps without an occurrence end a rule.
    ///
    /// The calendar repeats after 400 years of 146,097 days, so a DAILY to YEARLY rule that has an occurrence meets it
    /// within so many steps. A finer rule is given the same number, which is beyond any use.
    static let bound = 146_097

    /// How many periods and passed-over days, times and years were looked at so far.
    var steps: Int { periods + barrenSteps + calendar.steps + days.steps + clock.steps }

    /// - Parameters:
    ///   - expansion: The rule.
    ///   - last: No reading long after this one is needed; nil for all of them.
    init(_ expansion: RuleExpansion, upTo last: Int64? = nil) {
        self.expansion = expansion
        calendar = DayCalendar(expansion.filters)
        if let last { calendar.lastDay = min(calendar.lastDay, Self.day(of: last) + 1) }
        days = DayWalker(grid: expansion.grid, from: expansion.startDay)
        clock = expansion.clock
        offsets = expansion.kind == .sets ? [] : expansion.times
        position = offsets.count
    }

    /// The next reading, or nil when there is none within the bound.
    mutating func next() -> Int64? {
        while true {
            while position < offsets.count {
                let local = base + offsets[position]
                position += 1
                if local >= expansion.start { return local }
            }
            guard advance() else { return nil }
        }
    }

    /// Goes to a local reading: the next one given is the first at or after it, or an earlier one of its period.
    mutating func jump(to local: Int64) {
        guard local > expansion.start else { return }
        position = offsets.count
        if expansion.kind == .clock {
            clock.jump(to: local)
        } else {
            days = DayWalker(grid: expansion.grid, from: max(expansion.startDay, Self.day(of: local)))
        }
    }

    /// How many days of a range pass the filters, in whatever period.
    mutating func countDays(in range: Range<Int>) -> Int { calendar.count(in: range) }

    static func day(of local: Int64) -> Int { Int(ClockWalker.quotient(local, 86_400)) }

    private mutating func advance() -> Bool {
        periods += 1
        position = 0
        if expansion.times.isEmpty { return false }
        switch expansion.kind {
        case .days:
            guard let day = days.next(in: &calendar, bound: Self.bound) else { return false }
            base = Int64(day) * 86_400
        case .clock:
            guard let local = clock.next(in: &calendar, bound: Self.bound) else { return false }
            base = local
        case .sets:
            let limit = steps + Self.bound
            repeat {
                let rest = limit - steps
                guard rest > 0, let period = days.nextPeriod(in: &calendar, bound: rest) else { return false }
                expansion.fill(&offsets, days: period, calendar: &calendar)
                if offsets.isEmpty { barrenSteps += 1 }
            } while offsets.isEmpty
        }
        return !offsets.isEmpty
    }
}
