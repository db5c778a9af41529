import Foundation

/// A request prepared for a window: the one place that decides whether a time is free and why not.
struct SlotRules: Sendable {
    let request: SlotRequest
    let window: TimeSpan
    /// The first start that leaves enough notice.
    let earliest: Int64
    /// The last start within the horizon.
    let latest: Int64
    /// One timeline for each participant, in the request's order.
    let timelines: [ParticipantTimeline]

    init(_ request: SlotRequest, now: Date, in window: TimeSpan) {
        self.request = request
        self.window = window
        let now = now.millisecondsSinceEpoch
        earliest = now + SlotRequest.milliseconds(request.minimumNotice)
        latest = request.horizon.map { now + SlotRequest.milliseconds($0) } ?? .max
        timelines = request.participants.map { ParticipantTimeline($0, request, in: window) }
    }

    /// The participants whose time could not be read, in the request's order.
    var unknown: [ParticipantLabel] {
        request.participants.filter(\.isUnknown).map(\.label)
    }

    /// Every reason against a meeting; empty exactly when it can take place.
    func rejections(of meeting: TimeSpan) -> [SlotRejection] {
        var reasons: [SlotRejection] = []
        if meeting.start < earliest { reasons.append(.tooSoon) }
        if meeting.start > latest { reasons.append(.beyondHorizon) }
        for (participant, timeline) in zip(request.participants, timelines)
        where participant.isRequired && timeline.isBlocked(meeting) {
            reasons += obstacles(of: participant, to: meeting)
        }
        return reasons + quorumRejections(of: meeting)
    }

    /// What keeps participants who are not required from coming, whether that matters or not.
    func absences(from meeting: TimeSpan) -> [SlotRejection] {
        zip(request.participants, timelines).flatMap { participant, timeline in
            !participant.isRequired && timeline.isBlocked(meeting) ? obstacles(of: participant, to: meeting) : []
        }
    }

    private func quorumRejections(of meeting: TimeSpan) -> [SlotRejection] {
        guard let needed = request.quorum, needed > 0 else { return [] }
        var available = 0
        var total = 0
        for (participant, timeline) in zip(request.participants, timelines) where !participant.isRequired {
            total += 1
            if !timeline.isBlocked(meeting) { available += 1 }
        }
        guard available < needed else { return [] }
        return [.quorum(available: available, of: total, needed: needed)] + absences(from: meeting)
    }

    /// Names what blocks a participant, from the values the caller gave.
    private func obstacles(of participant: Participant, to meeting: TimeSpan) -> [SlotRejection] {
        if participant.isUnknown, request.unknownPolicy == .block { return [.unknown(participant.label)] }
        var reasons: [SlotRejection] = []
        if let hours = participant.workingHours, !hours.open(in: meeting).covers(meeting) {
            reasons.append(.outsideWorkingHours(participant.label))
        }
        if let interval = firstInterval(of: participant, overlapping: meeting) {
            reasons.append(.busy(participant.label, interval))
            return reasons
        }
        let widened = TimeSpan(
            start: meeting.start - request.blockedBefore(participant),
            end: meeting.end + request.blockedAfter(participant)
        )
        if let interval = firstInterval(of: participant, overlapping: widened) {
            reasons.append(.buffer(participant.label, interval))
        }
        return reasons
    }

    private func firstInterval(of participant: Participant, overlapping span: TimeSpan) -> BusyInterval? {
        var first: BusyInterval?
        for case .known(let intervals) in participant.calendars {
            for interval in intervals {
                let start = interval.start.millisecondsSinceEpoch
                let end = interval.end.millisecondsSinceEpoch
                guard start < end, TimeSpan(start: start, end: end).overlaps(span), request.blocks(interval) else {
                    continue
                }
                first = min(first ?? interval, interval)
            }
        }
        return first
    }
}
