/// One step of an edit of a series: a call to the service, with its reason.
public struct SeriesStep: Hashable, Sendable, Codable {
    /// Which of the two series a step concerns.
    public enum Part: String, Hashable, Sendable, Codable {
        /// The series that was there.
        case original
        /// The series that the plan creates for the occurrence and the following ones.
        case following
    }

    /// What is to be done.
    public enum Action: Hashable, Sendable, Codable {
        /// Create the series of the following occurrences.
        case createFollowing(EventContent)
        /// Change fields of the master.
        case changeSeries(from: EventContent, to: EventContent)
        /// Delete the whole series.
        case deleteSeries
        /// Change fields of one occurrence.
        case changeOccurrence(EventTime, from: EventContent, to: EventContent)
        /// Give an occurrence the fields again in which it differed, after its series was made or moved.
        case restoreOccurrence(EventTime, of: Part, from: EventContent, to: EventContent)
        /// Cancel one occurrence.
        case cancelOccurrence(EventTime, of: Part)
    }

    /// What is to be done.
    public let action: Action
    /// Why, in one sentence.
    public let reason: String
    /// How many guests are told; none when the edit is silent.
    public let guestsTold: Int
}

/// The steps of an edit of a series, in an order that may be repeated from the start after a failure anywhere.
///
/// A value: show it before it is carried out, and store it until it is done. No service divides a series in one call, so
/// something has to remember the intent between the steps: the sync engine keeps the plan in its outbox.
public struct SeriesPlan: Hashable, Sendable, Codable {
    /// The master of the series that was edited.
    public let series: RemoteEventID
    /// The idempotency key of the series that is created, if one is.
    public let key: OperationID
    /// Whether guests are told.
    public let invitations: InvitationPolicy
    /// The original start before which the old series ends; nil where the plan does not divide it.
    public let cut: EventTime?
    /// The steps, in their order.
    public let steps: [SeriesStep]
    /// The original starts of changed or cancelled occurrences for which the new rule has no place.
    public let dropped: [EventTime]

    /// How many invitations and notices to guests the whole plan causes.
    public var guestsTold: Int { steps.reduce(0) { $0 + $1.guestsTold } }
}
