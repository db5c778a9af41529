public import Foundation

/// What to do about participants whose time could not be read; it is never taken for free (requirement R-37).
public enum UnknownTimePolicy: String, Hashable, Sendable, Codable {
    /// They are treated as busy all the time.
    case block
    /// Only what is known of their time counts, and each slot names them.
    case warn
}

/// A question for times at which people can meet.
///
/// A slot lies within the window as a whole and starts where the wall clock of `zone` shows a multiple of `step` since
/// midnight, however odd the window's start is. Readings that clocks skip are no candidates; those that occur twice are
/// two. All lengths are whole seconds.
public struct SlotRequest: Hashable, Sendable {
    /// The length of the meeting; any positive number.
    public var duration: Int
    /// The start of the window, inclusive.
    public var start: Date
    /// The end of the window, exclusive: no slot ends after it.
    public var end: Date
    /// Whose wall clock the steps are aligned to.
    public var zone: EventZone
    /// Who should come; ids are unique.
    public var participants: [Participant]
    /// The distance between candidates, at most one day.
    public var step = 900
    /// How long from now a slot starts at the earliest.
    public var minimumNotice = 0
    /// How long from now a slot starts at the latest; nil for no limit.
    public var horizon: Int?
    /// How long everybody needs free before the meeting; a participant's own buffer is added to it.
    public var bufferBefore = 0
    /// How long everybody needs free after the meeting; a participant's own buffer is added to it.
    public var bufferAfter = 0
    /// Whether tentative time counts as taken.
    public var tentativeBlocks = true
    /// What to do about participants whose time could not be read.
    public var unknownPolicy = UnknownTimePolicy.block
    /// How many of the participants who are not required have to be free at least; nil for none.
    public var quorum: Int?
    /// How many slots to find at most; nil for all.
    public var limit: Int?

    /// The most candidates that one request may have.
    public static let maximumCandidates = 1_000_000

    /// Creates a request with the usual rules; set the rest through the properties.
    ///
    /// - Parameters:
    ///   - duration: The length of the meeting in seconds.
    ///   - start: The start of the window, inclusive.
    ///   - end: The end of the window, exclusive.
    ///   - zone: Whose wall clock the steps are aligned to.
    ///   - participants: Who should come.
    /// - Throws: `CalendarError.invalidArgument` naming the field, as ``validate()`` does.
    public init(
        duration: Int,
        from start: Date,
        until end: Date,
        in zone: EventZone,
        participants: [Participant]
    ) throws(CalendarError) {
        self.duration = duration
        self.start = start
        self.end = end
        self.zone = zone
        self.participants = participants
        try validate()
    }

    /// Checks every rule; ``SlotFinder`` does so too.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the first field at fault.
    public func validate() throws(CalendarError) {
        guard duration > 0 else {
            throw .invalidArgument("duration", "The duration of a meeting is a positive number of seconds.")
        }
        guard start < end else {
            throw .invalidArgument("end", "The window's end must lie after its start.")
        }
        guard (1...86_400).contains(step) else {
            throw .invalidArgument("step", "The step is between one second and one day.")
        }
        guard (window.end - window.start) / 1000 / Int64(step) <= Self.maximumCandidates else {
            throw .invalidArgument("end", "The window holds more than \(Self.maximumCandidates) candidates.")
        }
        try Self.checkNotNegative(minimumNotice, "minimumNotice")
        try Self.checkNotNegative(horizon ?? 0, "horizon")
        try Self.checkNotNegative(bufferBefore, "bufferBefore")
        try Self.checkNotNegative(bufferAfter, "bufferAfter")
        guard limit ?? 1 > 0 else {
            throw .invalidArgument("limit", "The limit of slots is a positive number.")
        }
        try validateParticipants()
    }

    private func validateParticipants() throws(CalendarError) {
        guard !participants.isEmpty else {
            throw .invalidArgument("participants", "A meeting needs at least one participant.")
        }
        var ids: Set<String> = []
        for (index, participant) in participants.enumerated() {
            guard ids.insert(participant.id).inserted else {
                throw .invalidArgument("participants[\(index)]", "Two participants have the same id.")
            }
            try Self.checkNotNegative(participant.bufferBefore, "participants[\(index)].bufferBefore")
            try Self.checkNotNegative(participant.bufferAfter, "participants[\(index)].bufferAfter")
        }
        let optional = participants.count { !$0.isRequired }
        guard (0...optional).contains(quorum ?? 0) else {
            throw .invalidArgument("quorum", "A quorum is at most the number of participants who are not required.")
        }
    }

    private static func checkNotNegative(_ value: Int, _ field: String) throws(CalendarError) {
        guard value >= 0 else { throw .invalidArgument(field, "The value may not be negative.") }
    }
}

extension SlotRequest {
    /// The window widened by the longest buffers: the time for which busy intervals have to be asked.
    public var busyWindow: (start: Date, end: Date) {
        let before = participants.map { blockedBefore($0) }.max() ?? 0
        let after = participants.map { blockedAfter($0) }.max() ?? 0
        return (
            Date(millisecondsSinceEpoch: window.start - before),
            Date(millisecondsSinceEpoch: window.end + after)
        )
    }

    /// The window in milliseconds.
    var window: TimeSpan {
        TimeSpan(start: start.millisecondsSinceEpoch, end: end.millisecondsSinceEpoch)
    }

    /// Milliseconds a participant needs free before a meeting: both buffers.
    func blockedBefore(_ participant: Participant) -> Int64 {
        Self.milliseconds(bufferBefore) + Self.milliseconds(participant.bufferBefore)
    }

    /// Milliseconds a participant needs free after a meeting: both buffers.
    func blockedAfter(_ participant: Participant) -> Int64 {
        Self.milliseconds(bufferAfter) + Self.milliseconds(participant.bufferAfter)
    }

    /// Seconds in milliseconds, clamped far beyond the supported years so that sums never overflow.
    static func milliseconds(_ seconds: Int) -> Int64 {
        Int64(min(seconds, 9_000_000_000_000)) * 1000
    }

    /// Whether an interval keeps its owner from meeting.
    func blocks(_ interval: BusyInterval) -> Bool {
        // Busy is nearly every interval, so it is asked first.
        if interval.availability == .busy { return true }
        return interval.availability == .tentative ? tentativeBlocks : interval.availability.blocksTime
    }
}

extension SlotRequest: CustomStringConvertible {
    /// The numbers of the request, without participants' ids.
    public var description: String {
        "\(duration) s every \(step) s in \(zone) for \(participants.count) participants"
    }
}
