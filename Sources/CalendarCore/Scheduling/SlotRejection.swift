/// A reason against a meeting at some time, told as data.
public enum SlotRejection: Hashable, Sendable {
    /// Somebody is taken; of several intervals in the way, the first.
    case busy(ParticipantLabel, BusyInterval)
    /// The meeting does not lie within somebody's working hours as a whole.
    case outsideWorkingHours(ParticipantLabel)
    /// Somebody's time could not be read.
    case unknown(ParticipantLabel)
    /// Somebody is free for the meeting but not for the buffers around it.
    case buffer(ParticipantLabel, BusyInterval)
    /// The start leaves less than the minimum notice, or is past.
    case tooSoon
    /// The start lies beyond the horizon.
    case beyondHorizon
    /// The time is not within the window of the request, so nothing is known of it.
    case outsideWindow
    /// Too few of the participants who are not required can come; why each cannot follows in the list of reasons.
    case quorum(available: Int, of: Int, needed: Int)

    /// The participant it is about, if it is about one.
    public var participant: ParticipantLabel? {
        switch self {
        case .busy(let label, _), .outsideWorkingHours(let label), .unknown(let label), .buffer(let label, _): label
        case .tooSoon, .beyondHorizon, .outsideWindow, .quorum: nil
        }
    }

    /// The reason in plain English, with names but no addresses, and times on the clock of a zone.
    public func description(in zone: EventZone) -> String {
        switch self {
        case .busy(let label, let interval):
            "\(label) is \(SlotText.state(interval.availability)) \(SlotText.times(of: interval, in: zone))"
        case .outsideWorkingHours(let label): "outside the working hours of \(label)"
        case .unknown(let label): "the calendar of \(label) could not be read"
        case .buffer(let label, let interval):
            "no room for the buffer of \(label), \(SlotText.state(interval.availability)) "
                + SlotText.times(of: interval, in: zone)
        case .tooSoon: "too soon"
        case .beyondHorizon: "too far ahead"
        case .outsideWindow: "outside the window of the request"
        case .quorum(let available, let total, let needed): "\(available) of \(total) can come, \(needed) are needed"
        }
    }
}

extension SlotRejection: CustomStringConvertible {
    /// The reason in plain English, times in UTC.
    public var description: String { description(in: .utc) }
}
