public import Foundation

/// The occurrences of a series: what its rules give, with the additions, without the exclusions.
///
/// The start belongs to the series when a rule gives it, or when there are additions but no rule. Rules that are not
/// supported give nothing; `recurrence.problem` tells. Exclusions, UNTIL and additions are compared in the zone of the
/// series, whatever zone they were written in.
public struct RecurrenceSet: Sendable {
    /// The lines it was made from.
    public let recurrence: Recurrence

    /// The start of the series.
    public let start: EventTime

    /// How long an occurrence lasts; only used to find those that reach into a window.
    public let duration: Duration

    private let expansions: [RuleExpansion]

    /// Creates the set of a series.
    ///
    /// - Parameters:
    ///   - recurrence: The rules, additions and exclusions.
    ///   - start: The start of the series.
    ///   - duration: How long an occurrence lasts; for an all-day series a multiple of 24 hours.
    public init(_ recurrence: Recurrence, start: EventTime, duration: Duration = .zero) {
        self.recurrence = recurrence
        self.start = start
        self.duration = duration
        expansions = recurrence.rules.filter { RuleSupport.problem(of: $0) == nil }
            .map { RuleExpansion($0, start: start) }
    }

    /// Whether the series ends.
    ///
    /// An infinite one is asked for a window, or cut off by the caller.
    public var isFinite: Bool {
        expansions.allSatisfy { expansion in
            if case .none = expansion.until { expansion.count != nil } else { true }
        }
    }

    /// All original starts, ascending, lazily.
    ///
    /// - Parameter zone: The zone in which all-day starts are put in order; the days themselves do not depend on it.
    /// - Returns: A sequence that never ends for a series that does not.
    public func occurrences(floatingIn zone: EventZone = .utc) -> RecurrenceOccurrences {
        RecurrenceOccurrences(set: self, window: nil, zone: zone)
    }

    /// The original starts of the occurrences that lie in or reach into a window, ascending, lazily.
    ///
    /// Without COUNT, and with COUNT where all periods are alike, a far window costs the same as a near one.
    ///
    /// - Parameters:
    ///   - window: A half-open range of instants. An occurrence without duration must start within it.
    ///   - zone: The zone in which the days of an all-day series begin.
    /// - Returns: The starts; nothing for an empty window.
    public func occurrences(in window: Range<Date>, floatingIn zone: EventZone) -> RecurrenceOccurrences {
        RecurrenceOccurrences(set: self, window: window, zone: zone)
    }

    /// The rules as iterators from a local reading on.
    func ruleIterators(clock: SeriesClock, from local: Int64?) -> [RuleIterator] {
        expansions.map { RuleIterator($0, clock: clock, from: local) }
    }

    /// The additions in the order of time, each instant once; the start among them when there is no rule.
    func addedStarts(clock: SeriesClock) -> [SeriesClock.Start] {
        var times = recurrence.additions.map { $0.time(like: start) }
        if recurrence.rules.isEmpty, !times.isEmpty { times.append(start) }
        return times.map(clock.start(at:)).sorted { $0.instant < $1.instant }
    }
}
