/// The spans in which one participant cannot be in a meeting, within a window.
///
/// Buffers are folded in: a meeting with its buffers overlaps a busy interval exactly when the bare meeting overlaps
/// the interval widened by them, the buffer after the meeting before the interval and the other way round.
struct ParticipantTimeline: Sendable {
    /// The spans, ascending and apart.
    let blocked: [TimeSpan]

    /// Prepares a participant; linear in intervals that ascend, as ``BusyTime`` promises.
    init(_ participant: Participant, _ request: SlotRequest, in window: TimeSpan) {
        guard !participant.isUnknown || request.unknownPolicy == .warn else {
            blocked = [window]
            return
        }
        let before = request.blockedBefore(participant)
        let after = request.blockedAfter(participant)
        var set = TimeSpanSet()
        for case .known(let intervals) in participant.calendars {
            var spans: [TimeSpan] = []
            spans.reserveCapacity(intervals.count)
            for interval in intervals where request.blocks(interval) {
                let start = interval.start.millisecondsSinceEpoch
                let end = interval.end.millisecondsSinceEpoch
                let span = TimeSpan(start: start - after, end: end + before)
                if start < end, span.overlaps(window) { spans.append(span) }
            }
            set = set.union(TimeSpanSet(uniting: spans))
        }
        if let hours = participant.workingHours {
            set = set.union(hours.open(in: window).complement(in: window))
        }
        blocked = set.spans
    }

    /// Whether a meeting at this time would collide, found in logarithmic time.
    func isBlocked(_ meeting: TimeSpan) -> Bool {
        var low = 0
        var high = blocked.count
        while low < high {
            let middle = (low + high) / 2
            if blocked[middle].end <= meeting.start { low = middle + 1 } else { high = middle }
        }
        return low < blocked.count && blocked[low].start < meeting.end
    }
}

/// A position in a timeline for meetings that come in ascending order.
struct TimelineCursor {
    private let blocked: [TimeSpan]
    private var position = 0

    init(_ timeline: ParticipantTimeline) {
        blocked = timeline.blocked
    }

    /// The end of the span that collides with a meeting, or nil when none does; amortised constant time.
    mutating func obstacle(to meeting: TimeSpan) -> Int64? {
        while position < blocked.count, blocked[position].end <= meeting.start { position += 1 }
        guard position < blocked.count, blocked[position].start < meeting.end else { return nil }
        return blocked[position].end
    }
}
