internal import Foundation

/// The original starts of a series, made one at a time.
public struct RecurrenceOccurrences: Sequence, Sendable {
    let set: RecurrenceSet
    let window: Range<Date>?
    let zone: EventZone

    /// Starts the walk; the iterator holds a few numbers for each rule.
    public func makeIterator() -> Iterator {
        Iterator(set: set, window: window, zone: zone)
    }

    /// Merges the rules and additions of a series and leaves out the exclusions.
    public struct Iterator: IteratorProtocol {
        private let clock: SeriesClock
        private var exclusions: ExclusionFilter
        private let limits: WindowLimits?
        private var rules: [RuleIterator]
        /// The next start of each rule.
        private var heads: [SeriesClock.Start?]
        private let additions: [SeriesClock.Start]
        private var nextAddition = 0
        private var last = Int64.min

        init(set: RecurrenceSet, window: Range<Date>?, zone: EventZone) {
            let clock = SeriesClock(start: set.start, floatingIn: zone)
            self.clock = clock
            limits = window.map { WindowLimits($0, set: set, clock: clock) }
            let rules = set.rules(clock: clock, from: limits?.earliestLocal, upTo: limits?.latestLocal)
            exclusions = ExclusionFilter(set.recurrence.exclusions, rules: rules.left, start: set.start, clock: clock)
            additions = set.addedStarts(clock: clock)
            self.rules = rules.given
            heads = []
            for index in self.rules.indices { heads.append(self.rules[index].next()) }
        }

        /// How many periods, and days, times and years passed over, the rules have looked at so far.
        package var steps: Int { rules.reduce(exclusions.steps) { $0 + $1.steps } }

        /// The most steps a rule takes from one occurrence to the next, or to giving up.
        package static let stepBound = RuleReadings.bound + DayCalendar.emptyYears + 4

        /// The next original start, or nil after the last one.
        public mutating func next() -> EventTime? {
            nextStart().map(clock.time(of:))
        }

        mutating func nextStart() -> SeriesClock.Start? {
            while let start = merged() {
                if start.instant <= last { continue }
                if let limits {
                    guard start.instant < limits.end else { return nil }
                    guard limits.reaches(start) else { continue }
                }
                last = start.instant
                if !exclusions.excludes(start) { return start }
            }
            return nil
        }

        /// The smallest of all heads, taken off.
        private mutating func merged() -> SeriesClock.Start? {
            if rules.count == 1, nextAddition == additions.count {
                guard let head = heads[0] else { return nil }
                heads[0] = rules[0].next()
                return head
            }
            var smallest: (start: SeriesClock.Start, rule: Int?)?
            if nextAddition < additions.count { smallest = (additions[nextAddition], nil) }
            for index in heads.indices {
                guard let head = heads[index] else { continue }
                if let current = smallest, current.start.instant <= head.instant { continue }
                smallest = (head, index)
            }
            guard let smallest else { return nil }
            if let rule = smallest.rule {
                heads[rule] = rules[rule].next()
            } else {
                nextAddition += 1
            }
            return smallest.start
        }
    }
}
