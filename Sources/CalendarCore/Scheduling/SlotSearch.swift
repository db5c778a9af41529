public import Foundation

/// What a search found: the slots, and behind them every candidate that was rejected.
public struct SlotSearch: Sendable {
    /// The slots, ascending.
    public let slots: [MeetingSlot]
    /// The candidates that were examined and rejected, ascending; reasons are made when an element is read.
    public let rejected: RejectedSlots
    /// Whether all candidates were examined; false when the limit of slots ended the search.
    public let isComplete: Bool

    private let rules: SlotRules

    init(rules: SlotRules, grid: SlotGrid, accepted: [Int], examined: Int) {
        let duration = SlotRequest.milliseconds(rules.request.duration)
        let unknown = rules.unknown
        slots = accepted.map { index in
            let start = grid.start(at: index)
            return MeetingSlot(TimeSpan(start: start, end: start + duration), warnings: unknown)
        }
        rejected = RejectedSlots(rules: rules, grid: grid, accepted: accepted, examined: examined)
        isComplete = examined == grid.count
        self.rules = rules
    }

    /// How many candidates were examined.
    public var examined: Int { slots.count + rejected.count }

    /// Every reason against a meeting of the request's length at a start within the window, on a step or not.
    ///
    /// - Parameter start: The start.
    /// - Returns: The reasons; empty exactly when the meeting can take place.
    public func reasons(at start: Date) -> [SlotRejection] {
        let first = start.millisecondsSinceEpoch
        let meeting = TimeSpan(start: first, end: first + SlotRequest.milliseconds(rules.request.duration))
        guard rules.window.start <= meeting.start, meeting.end <= rules.window.end else { return [.outsideWindow] }
        return rules.rejections(of: meeting)
    }

    /// What keeps participants who are not required from coming to a slot of this search.
    public func absences(from slot: MeetingSlot) -> [SlotRejection] {
        rules.absences(
            from: TimeSpan(start: slot.start.millisecondsSinceEpoch, end: slot.end.millisecondsSinceEpoch)
        )
    }
}

/// A candidate that was rejected, with every reason.
public struct RejectedSlot: Hashable, Sendable {
    /// When the meeting would have started.
    public let start: Date
    /// Why it cannot take place; never empty.
    public let reasons: [SlotRejection]

    /// The start and the reasons on the clock of a zone, such as `Tue 3 Mar 10:15: Grace is busy 10:00 to 11:00`.
    public func description(in zone: EventZone) -> String {
        let reasons = reasons.map { $0.description(in: zone) }.joined(separator: ", ")
        return "\(SlotText.dayAndClock(zone.civil(at: start))): \(reasons)"
    }
}

extension RejectedSlot: CustomStringConvertible {
    /// The start and the reasons, times in UTC.
    public var description: String { description(in: .utc) + " (times in UTC)" }
}

/// The rejected candidates of a search, whose reasons are made when an element is read.
///
/// Counting is constant, finding an element logarithmic, and its reasons take time linear in the busy intervals of
/// those who cannot come.
public struct RejectedSlots: RandomAccessCollection, Sendable {
    private let rules: SlotRules
    private let grid: SlotGrid
    private let accepted: [Int]
    /// How many candidates were examined, rejected or not.
    private let examined: Int

    init(rules: SlotRules, grid: SlotGrid, accepted: [Int], examined: Int) {
        self.rules = rules
        self.grid = grid
        self.accepted = accepted
        self.examined = examined
    }

    /// The position of the first element.
    public var startIndex: Int { 0 }

    /// The position after the last element, which is the count.
    public var endIndex: Int { examined - accepted.count }

    /// The rejected candidate at a position, in ascending order of start.
    public subscript(position: Int) -> RejectedSlot {
        precondition(indices.contains(position), "The position lies outside the rejected slots.")
        let start = grid.start(at: candidate(at: position))
        let end = start + SlotRequest.milliseconds(rules.request.duration)
        return RejectedSlot(
            start: Date(millisecondsSinceEpoch: start),
            reasons: rules.rejections(of: TimeSpan(start: start, end: end))
        )
    }

    /// The position among all candidates: as many accepted ones lie before it as have fewer than `position` rejected
    /// ones before them, or just as many.
    private func candidate(at position: Int) -> Int {
        var low = 0
        var high = accepted.count
        while low < high {
            let middle = (low + high) / 2
            if accepted[middle] - middle <= position { low = middle + 1 } else { high = middle }
        }
        return position + low
    }
}
