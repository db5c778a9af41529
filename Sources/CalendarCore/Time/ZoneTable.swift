/// The offsets of one zone as sorted transitions in whole seconds since 1970, immutable and shared.
///
/// An offset is found by binary search. The table ends with the year 2098; later instants are mapped to a year of the same
/// shape (leap or not, same first weekday) among its last 28 years, so the rules in force go on for ever.
package final class ZoneTable: Sendable {
    /// Instants at which the offset changes.
    private let transitions: [Int64]
    /// The first local reading that the change concerns: the instant plus the smaller of both offsets.
    private let localTransitions: [Int64]
    /// Offsets in seconds: the first before every transition, then one after each.
    private let offsets: [Int32]

    /// The table of a zone that never changes.
    package init(offset: Int) {
        transitions = []
        localTransitions = []
        offsets = [Int32(clamping: offset)]
    }

    /// A table from transitions in ascending order.
    init(firstOffset: Int, changes: [(instant: Int64, offset: Int)]) {
        var previous = firstOffset
        var local: [Int64] = []
        for change in changes {
            local.append(change.instant + Int64(min(previous, change.offset)))
            previous = change.offset
        }
        transitions = changes.map(\.instant)
        localTransitions = local
        offsets = [Int32(clamping: firstOffset)] + changes.map { Int32(clamping: $0.offset) }
    }

    /// Whether the offset is always the same.
    package var isFixed: Bool { transitions.isEmpty }

    /// Coordinated Universal Time.
    package static let utc = ZoneTable(offset: 0)

    /// The offset at an instant, in seconds.
    package func offset(at instant: Int64) -> Int {
        Int(offsets[Self.count(of: transitions, upTo: within(instant))])
    }

    /// The local reading at an instant.
    package func civil(at instant: Int64) -> CivilDateTime {
        CivilDateTime(secondsSinceEpoch: instant + Int64(offset(at: instant)))
    }

    /// The instant of a local reading after RFC 5545 section 3.3.5, in seconds.
    package func seconds(of civil: CivilDateTime, laterInOverlap: Bool = false) -> Int64 {
        let local = civil.secondsSinceEpoch
        switch reading(ofLocal: local) {
        case .once(let offset): return local - Int64(offset)
        case .skipped(let before, _): return local - Int64(before)
        case .twice(let before, let after): return local - Int64(laterInOverlap ? after : before)
        }
    }

    /// How a local reading stands to the zone's changes.
    package enum Reading: Hashable, Sendable {
        /// It occurs once, at this offset.
        case once(Int)
        /// It lies in a gap between two offsets.
        case skipped(before: Int, after: Int)
        /// It occurs twice, first at the offset before the change.
        case twice(before: Int, after: Int)
    }

    /// How a local reading, given as seconds as if in UTC, stands to the zone's changes.
    package func reading(ofLocal local: Int64) -> Reading {
        let local = within(local)
        let index = Self.count(of: localTransitions, upTo: local)
        let after = Int(offsets[index])
        guard index > 0 else { return .once(after) }
        let before = Int(offsets[index - 1])
        guard local < transitions[index - 1] + Int64(max(before, after)) else { return .once(after) }
        return after > before ? .skipped(before: before, after: after) : .twice(before: before, after: after)
    }

    /// The first change of the offset after an instant, or nil when the table has no later one.
    package func change(after instant: Int64) -> (instant: Int64, before: Int, after: Int)? {
        let index = Self.count(of: transitions, upTo: instant)
        guard index < transitions.count else { return nil }
        return (transitions[index], Int(offsets[index]), Int(offsets[index + 1]))
    }

    /// How many of the sorted values are at most a bound.
    private static func count(of values: [Int64], upTo bound: Int64) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= bound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The first second after the table, 1 January 2099.
    static let end: Int64 = 4_070_908_800

    /// Maps a second after the table's end to the same place in a year of the same shape.
    private func within(_ seconds: Int64) -> Int64 {
        guard seconds >= Self.end, !transitions.isEmpty else { return seconds }
        let year = CivilDateTime(secondsSinceEpoch: seconds).date.year
        let first = Self.firstDay(of: year)
        for candidate in 2071...2098 where CivilDate.isLeap(year: candidate) == CivilDate.isLeap(year: year) {
            let days = first - Self.firstDay(of: candidate)
            if days % 7 == 0 { return seconds - Int64(days) * 86_400 }
        }
        return seconds
    }

    private static func firstDay(of year: Int) -> Int {
        CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
    }
}
