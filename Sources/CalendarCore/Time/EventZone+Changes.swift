public import Foundation

extension EventZone {
    /// What a wall-clock reading means in a zone: one instant, none or two (RFC 5545 section 3.3.5).
    public enum Reading: Hashable, Sendable {
        /// The reading occurs once, at this instant.
        case once(Date)

        /// Clocks skip the reading: where it would lie by the offset before the change, and by the one after it.
        ///
        /// RFC 5545 takes the first. It is the later instant of the two.
        case skipped(byOffsetBefore: Date, byOffsetAfter: Date)

        /// The reading occurs twice, because clocks go back over it.
        case twice(first: Date, second: Date)
    }

    /// What a wall-clock reading means in this zone, in whole seconds.
    ///
    /// Use `date(of:laterInOverlap:)` where one instant is wanted whatever the reading. Takes a binary search.
    public func reading(of civil: CivilDateTime) -> Reading {
        let local = civil.secondsSinceEpoch
        func date(offset: Int) -> Date { Date(secondsSinceEpoch: local - Int64(offset)) }
        return switch table.reading(ofLocal: local) {
        case .once(let offset): .once(date(offset: offset))
        case .skipped(let before, let after):
            .skipped(byOffsetBefore: date(offset: before), byOffsetAfter: date(offset: after))
        case .twice(let before, let after): .twice(first: date(offset: before), second: date(offset: after))
        }
    }

    /// A moment at which the clocks of a zone are changed.
    public struct OffsetChange: Hashable, Sendable {
        /// The first instant with the new offset.
        public let date: Date

        /// The offset from UTC until then, in seconds, positive to the east.
        public let offsetBefore: Int

        /// The offset from UTC from then on, in seconds, positive to the east.
        public let offsetAfter: Int
    }

    /// The first change of the clocks after an instant.
    ///
    /// Changes are known from 1900 to the end of 2098. Takes a binary search.
    ///
    /// - Parameter date: The instant; a change at this very instant does not count.
    /// - Returns: The change, or nil when none is known.
    public func nextOffsetChange(after date: Date) -> OffsetChange? {
        table.change(after: date.secondsSinceEpoch).map { change in
            OffsetChange(
                date: Date(secondsSinceEpoch: change.instant),
                offsetBefore: change.before,
                offsetAfter: change.after
            )
        }
    }
}
