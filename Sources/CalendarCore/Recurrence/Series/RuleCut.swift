internal import Foundation

/// One rule of a series about to be divided at an instant.
struct RuleCut {
    private let rule: RecurrenceRule
    private let start: EventTime
    private let moment: SeriesMoment

    /// Whether the rule gives a start before the division.
    let hasEarlier: Bool

    /// Whether the rule gives a start at the division or after it.
    let hasLater: Bool

    init(_ rule: RecurrenceRule, start: EventTime, at moment: SeriesMoment) {
        self.rule = rule
        self.start = start
        self.moment = moment
        let set = RecurrenceSet(Recurrence(rule), start: start)
        hasEarlier = set.first.map { SeriesMoment($0).instant < moment.instant } ?? false
        hasLater = set.hasStart(from: moment.instant)
    }

    /// The rule up to the division, for a rule that gives starts on both sides.
    func before() -> RecurrenceRule {
        var rule = rule
        if rule.count != nil {
            rule.count = consumed
            rule.until = nil
        } else if start.isAllDay {
            rule.until = .date(moment.time.civilDate.adding(days: -1))
        } else {
            rule.until = .utc(CivilDateTime(secondsSinceEpoch: moment.instant - 1))
        }
        return rule
    }

    /// The rule from the division on, for a series that begins at a new start.
    ///
    /// What the rule took from the old start is written out when the new start would say something else.
    func after(from newStart: EventTime) throws(SeriesError) -> RecurrenceRule {
        var rest = rule
        if let count = rule.count, hasEarlier { rest.count = count - consumed }
        rest.until = rule.until.map { $0.inTerms(of: start) }
        let expected = RecurrenceSet(Recurrence(rule), start: start).starts(from: moment.instant)
        let instants = expected.prefix(Self.compared).map { SeriesMoment($0).instant }
        for candidate in [rest, rest.withParts(from: start)] {
            let found = RecurrenceSet(Recurrence(candidate), start: newStart).occurrences().prefix(Self.compared)
            if found.map({ SeriesMoment($0).instant }) == instants { return candidate }
        }
        throw .cannotRestart(rule.description)
    }

    /// How many starts are compared.
    ///
    /// Rules that differ in phase or in a part differ at once; the rest covers readings that clocks put in another
    /// order.
    private static let compared = 12

    /// How much of COUNT is used up before the division.
    ///
    /// Two readings that a gap makes one instant count twice but are seen once, so the number seen can be too small.
    private var consumed: Int {
        guard let count = rule.count else { return 0 }
        let set = RecurrenceSet(Recurrence(rule), start: start)
        var seen = set.occurrences().lazy.prefix { SeriesMoment($0).instant < moment.instant }.reduce(0) { sum, _ in
            sum + 1
        }
        while seen + 1 < count {
            var shorter = rule
            shorter.count = seen + 1
            if RecurrenceSet(Recurrence(shorter), start: start).hasStart(from: moment.instant) { break }
            seen += 1
        }
        return seen
    }
}
