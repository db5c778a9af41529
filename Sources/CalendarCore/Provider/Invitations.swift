/// An answer to an invitation, given by the owner of the calendar it lies in (requirement M-44).
public struct InvitationResponse: Hashable, Sendable {
    /// The owner's copy of the event: a single event, a whole series, or one occurrence by its id.
    public let event: RemoteEventID
    /// The version that must still be there; nil answers whatever is there.
    public let etag: String?
    /// The answer: accepted, tentative or declined.
    public let answer: ResponseStatus
    /// A word to the organizer.
    public let comment: String?
    /// Whether the organizer is told by mail.
    public let invitations: InvitationPolicy

    /// Creates an answer.
    ///
    /// - Throws: `CalendarError.invalidArgument` when the answer is none of accepted, tentative and declined.
    public init(
        to event: RemoteEventID,
        etag: String? = nil,
        _ answer: ResponseStatus,
        comment: String? = nil,
        invitations: InvitationPolicy
    ) throws {
        guard [.accepted, .tentative, .declined].contains(answer) else {
            throw CalendarError.invalidArgument("answer", "An answer is accepted, tentative or declined.")
        }
        self.event = event
        self.etag = etag
        self.answer = answer
        self.comment = comment
        self.invitations = invitations
    }
}

/// A change of the calendar an event lies in, which makes the new calendar its organizer.
public struct EventMove: Hashable, Sendable {
    /// The event: a single one or a whole series.
    public let event: RemoteEventID
    /// The version that must still be there; nil moves whatever is there.
    public let etag: String?
    /// Where it shall lie.
    public let destination: CalendarID
    /// Whether guests are told.
    public let invitations: InvitationPolicy

    /// Creates the description of a move.
    public init(
        _ event: RemoteEventID,
        etag: String? = nil,
        to destination: CalendarID,
        invitations: InvitationPolicy
    ) {
        self.event = event
        self.etag = etag
        self.destination = destination
        self.invitations = invitations
    }
}
