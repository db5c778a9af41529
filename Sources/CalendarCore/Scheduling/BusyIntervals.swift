/// One person's busy time merged from several calendars, connections and stored events.
///
/// What is known stays known when another calendar could not be read, so a time at which somebody is known to be busy
/// is not offered even where unknown time only warns. Merging is idempotent and does not depend on the order of the
/// answers.
public struct BusyIntervals: Hashable, Sendable {
    /// The known intervals, ascending; those of one kind do not overlap, and free time is left out.
    public let known: [BusyInterval]
    /// Why calendars could not be read, ascending and each once; empty when all were read.
    public let unknownReasons: [String]

    /// Merges the answers of calendars that all count; O(n log n) in their intervals.
    ///
    /// Overlapping intervals of one kind become one, and intervals that only touch stay apart.
    public init(merging answers: [BusyTime]) {
        var intervals: [BusyInterval] = []
        var reasons: Set<String> = []
        for answer in answers {
            switch answer {
            case .known(let list): intervals += list.filter { $0.availability.blocksTime && $0.start < $0.end }
            case .unknown(let reason): reasons.insert(reason)
            }
        }
        known = Self.united(intervals.sorted())
        unknownReasons = reasons.sorted()
    }

    /// Merges the answers of calendars with intervals of events the host stores.
    public init(merging answers: [BusyTime], stored: [BusyInterval]) {
        self.init(merging: answers + [.known(stored)])
    }

    /// Whether a calendar could not be read.
    public var isUnknown: Bool { !unknownReasons.isEmpty }

    /// The known intervals, or unknown when any calendar could not be read (requirement R-37).
    public var busyTime: BusyTime {
        isUnknown ? .unknown(reason: unknownReasons.joined(separator: "; ")) : .known(known)
    }

    private static func united(_ sorted: [BusyInterval]) -> [BusyInterval] {
        var result: [BusyInterval] = []
        var lastOfKind: [Availability: Int] = [:]
        for interval in sorted {
            guard let index = lastOfKind[interval.availability], interval.start < result[index].end else {
                lastOfKind[interval.availability] = result.count
                result.append(interval)
                continue
            }
            let last = result[index]
            guard interval.end > last.end else { continue }
            result[index] = BusyInterval(start: last.start, end: interval.end, availability: last.availability)
        }
        return result.sorted()
    }
}
