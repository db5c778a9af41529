internal import Foundation

extension RecurrenceSet {
    /// The starts in a half-open range of instants, days taken at midnight in UTC.
    func starts(from lower: Int64, upTo upper: Int64 = Self.endOfCalendar) -> RecurrenceOccurrences {
        let lower = min(lower, upper)
        return RecurrenceSet(recurrence, start: start)
            .occurrences(in: Date(secondsSinceEpoch: lower)..<Date(secondsSinceEpoch: upper), floatingIn: .utc)
    }

    /// Whether there is a start in a half-open range of instants.
    func hasStart(from lower: Int64, upTo upper: Int64 = Self.endOfCalendar) -> Bool {
        first(from: lower, upTo: upper) != nil
    }

    /// The first start in a half-open range of instants.
    func first(from lower: Int64, upTo upper: Int64 = Self.endOfCalendar) -> EventTime? {
        var iterator = starts(from: lower, upTo: upper).makeIterator()
        return iterator.next()
    }

    /// The first start of all.
    var first: EventTime? {
        var iterator = occurrences().makeIterator()
        return iterator.next()
    }

    /// The second day after the last one that can be represented, so that every zone has reached the end.
    static let endOfCalendar: Int64 = 253_402_300_800 + 2 * 86_400
}
