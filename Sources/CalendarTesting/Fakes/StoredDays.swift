import CalendarCore
import Foundation

/// The slots of records by the day on which they start, so that a span is answered without a look at all others.
struct StoredDays {
    /// Where a record is named.
    enum Day: Hashable {
        /// On the day on which it starts where it takes place, counted from 1970.
        case on(Int)
        /// Among those that are looked at for every span.
        case any
    }

    /// How many days after its start an event may end; a longer one is looked at for every span, as series are.
    fileprivate static let reach = 7

    private var slots: [Day: [Int]] = [:]

    /// Names a record, and answers its place.
    mutating func append(_ slot: Int, to day: Day) -> Int {
        slots[day, default: []].append(slot)
        return (slots[day]?.count ?? 0) - 1
    }

    /// Takes out the record at a place, and answers the one that is there now.
    mutating func remove(at place: Int, of day: Day) -> Int? {
        guard let last = slots[day]?.popLast() else { return nil }
        let count = slots[day]?.count ?? 0
        if count == 0 { slots[day] = nil }
        guard place < count else { return nil }
        slots[day]?[place] = last
        return last
    }

    /// Every record that may touch a span, and some that do not, in no order.
    func candidates(from start: Date, to end: Date) -> [Int] {
        // One day more at each end: it is a day earlier or later in places, and all-day events float.
        let span = (Self.day(start) - Self.reach - 1)...(Self.day(end) + 1)
        let found: [[Int]] =
            span.count < slots.count
            ? span.compactMap { slots[.on($0)] }
            : slots.compactMap { day, slots in
                if case .on(let day) = day, span.contains(day) { slots } else { nil }
            }
        return found.flatMap(\.self) + (slots[.any] ?? [])
    }

    private static func day(_ date: Date) -> Int {
        Int((date.timeIntervalSince1970 / 86_400).rounded(.down).clamped(to: -1e9...1e9))
    }
}

extension StoredDays.Day {
    init(of record: EventRecord) {
        let first = record.content.start.civilDate.daysSinceEpoch
        let last = record.content.end.civilDate.daysSinceEpoch
        self = record.role != .series && last - first <= StoredDays.reach ? .on(first) : .any
    }
}

extension Double {
    fileprivate func clamped(to limits: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, limits.lowerBound), limits.upperBound)
    }
}
