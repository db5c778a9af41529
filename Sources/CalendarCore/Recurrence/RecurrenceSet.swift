public import Foundation

/// The occurrences of a series: what its rules give, with the additions, without the exclusions.
///
/// The start belongs to the series when a rule gives it, when there are additions but no rule, or when the caller says
/// so. Exclusions, UNTIL and additions are compared in the zone of the series, whatever zone they were written in.
/// Recurrence steps on the wall clock of that zone; a reading that clocks skip moves forward by the gap, one that occurs
/// twice means the first time (RFC 5545 section 3.3.10). Nothing lies after year 9999, and a rule that goes through 400
/// years, or as many steps as these have days, without an occurrence ends there.
public struct RecurrenceSet: Sendable {
    /// What becomes of a start that does not match the rule, which RFC 5545 section 3.8.5.3 leaves undefined.
    public enum UnmatchedStart: Sendable, Hashable, Codable {
        /// It is no occurrence; only the rule speaks.
        case leftOut
        /// It is the first occurrence and one of COUNT, as calendars show it; EXDATE can still remove it.
        case counts
    }

    /// The lines it was made from.
    public let recurrence: Recurrence

    /// The start of the series.
    public let start: EventTime

    /// How long an occurrence lasts; only used to find those that reach into a window.
    public let duration: Duration

    /// What becomes of a start that does not match the rule.
    public let unmatchedStart: UnmatchedStart

    let expansions: [RuleExpansion]
    private let exceptions: [RuleExpansion]

    /// Creates the set of a series.
    ///
    /// - Parameters:
    ///   - recurrence: The rules, additions and exclusions.
    ///   - start: The start of the series.
    ///   - duration: How long an occurrence lasts; for an all-day series a multiple of 24 hours.
    ///   - unmatchedStart: What becomes of a start that does not match the rule.
    public init(
        _ recurrence: Recurrence,
        start: EventTime,
        duration: Duration = .zero,
        unmatchedStart: UnmatchedStart = .leftOut
    ) {
        self.recurrence = recurrence
        self.start = start
        self.duration = duration
        self.unmatchedStart = unmatchedStart
        expansions = recurrence.rules.map { RuleExpansion($0, start: start) }
        exceptions = recurrence.exceptionRules.map { RuleExpansion($0, start: start) }
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
    /// Without COUNT a far window costs the same as a near one. With COUNT what lies before it is counted by arithmetic,
    /// but for BYSETPOS, and for HOURLY and finer rules with filters whose steps do not fit into a day; these are walked.
    ///
    /// - Parameters:
    ///   - window: A half-open range of instants. An occurrence without duration must start within it.
    ///   - zone: The zone in which the days of an all-day series begin.
    /// - Returns: The starts; nothing for an empty window.
    public func occurrences(in window: Range<Date>, floatingIn zone: EventZone) -> RecurrenceOccurrences {
        RecurrenceOccurrences(set: self, window: window, zone: zone)
    }

    /// The rules that give occurrences and those that leave some out, between two local readings.
    func rules(clock: SeriesClock, from local: Int64?, upTo last: Int64?) -> (
        given: [RuleIterator], left: [RuleIterator]
    ) {
        let startCounts = unmatchedStart == .counts
        return (
            expansions.map { RuleIterator($0, clock: clock, from: local, upTo: last, startCounts: startCounts) },
            exceptions.map { RuleIterator($0, clock: clock, from: local, upTo: last) }
        )
    }

    /// The additions in the order of time, each instant once; the start among them when it counts of itself.
    func addedStarts(clock: SeriesClock) -> [SeriesClock.Start] {
        var times = recurrence.additions.map { $0.time(like: start) }
        if recurrence.rules.isEmpty ? !times.isEmpty : unmatchedStart == .counts { times.append(start) }
        return times.map(clock.start(at:)).sorted { $0.instant < $1.instant }
    }
}
