import CalendarCore
import Foundation

/// Records by the UTC day on which they start, so that a span is answered without a look at all others.
struct StoredDays {
    /// How many days after its start an event may end; a longer one is looked at for every span, as series are.
    private static let reach = 7

    private var days: [Int: Set<RecordID>] = [:]
    private var anywhere: Set<RecordID> = []

    mutating func insert(_ record: EventRecord) {
        if let day = Self.day(of: record) {
            days[day, default: []].insert(record.id)
        } else {
            anywhere.insert(record.id)
        }
    }

    mutating func remove(_ record: EventRecord) {
        if let day = Self.day(of: record) {
            days[day]?.remove(record.id)
            if days[day]?.isEmpty == true { days[day] = nil }
        } else {
            anywhere.remove(record.id)
        }
    }

    /// Every record that may touch a span, and some that do not, in no order.
    func candidates(from start: Date, to end: Date) -> [RecordID] {
        // One day more at each end: all-day events float.
        let span = (Self.day(start) - Self.reach - 1)...(Self.day(end) + 1)
        let found: [Set<RecordID>] =
            span.count < days.count
            ? span.compactMap { days[$0] }
            : days.filter { span.contains($0.key) }.map(\.value)
        return found.flatMap(\.self) + anywhere
    }

    /// The day of an event that ends soon after its start; nil for series and long events.
    private static func day(of record: EventRecord) -> Int? {
        guard record.role != .series else { return nil }
        let first = day(record.content.start.date(floatingIn: .utc))
        let last = day(record.content.end.date(floatingIn: .utc))
        return last - first <= reach ? first : nil
    }

    private static func day(_ date: Date) -> Int {
        Int((date.timeIntervalSince1970 / 86_400).rounded(.down).clamped(to: -1e9...1e9))
    }
}

extension Double {
    fileprivate func clamped(to limits: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, limits.lowerBound), limits.upperBound)
    }
}
