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
        private let exclusions: ExclusionFilter
        private let limits: WindowLimits?
        private var rules: [RuleIterator]
        /// The next start of each rule.
        private var heads: [SeriesClock.Start?]
        private let additions: [SeriesClock.Start]
        private var nextAddition = 0
        private var last: Int64?

        init(set: RecurrenceSet, window: Range<Date>?, zone: EventZone) {
            let clock = SeriesClock(start: set.start, floatingIn: zone)
            self.clock = clock
            exclusions = ExclusionFilter(set.recurrence.exclusions, start: set.start, clock: clock)
            limits = window.map { WindowLimits($0, set: set, clock: clock) }
            additions = set.addedStarts(clock: clock)
            rules = set.ruleIterators(clock: clock, from: limits?.earliestLocal)
            heads = []
            for index in rules.indices { heads.append(rules[index].next()) }
        }

        /// The next original start, or nil after the last one.
        public mutating func next() -> EventTime? {
            while let start = merged() {
                if let last, start.instant <= last { continue }
                if let limits {
                    guard start.instant < limits.end else { return nil }
                    guard limits.reaches(start) else { continue }
                }
                last = start.instant
                if !exclusions.excludes(start) { return clock.time(of: start) }
            }
            return nil
        }

        /// The smallest of all heads, taken off.
        private mutating func merged() -> SeriesClock.Start? {
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
