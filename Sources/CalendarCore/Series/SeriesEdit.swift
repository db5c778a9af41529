/// How far an edit of an occurrence reaches into its series.
public enum SeriesScope: String, Hashable, Sendable, Codable, CaseIterable {
    /// This occurrence alone.
    case this
    /// This occurrence and every later one.
    case thisAndFollowing
    /// Every occurrence.
    case all
}

/// What a person wants to happen to an occurrence of a series, and how far it reaches (requirement R-31).
///
/// The occurrence is always named by its series and the start its rule gave it; a series alone cannot be passed.
public struct SeriesEdit: Hashable, Sendable, Codable {
    /// What shall happen.
    public enum Change: Hashable, Sendable, Codable {
        /// The fields that differ between what the occurrence says and what it shall say are changed.
        ///
        /// A recurrence in the second content is the new rule from the occurrence on, or of the whole series.
        case update(from: EventContent, to: EventContent)
        /// It shall not take place.
        case delete
    }

    /// The occurrence that was edited.
    public let occurrence: OccurrenceKey
    /// How far the edit reaches.
    public let scope: SeriesScope
    /// What shall happen.
    public let change: Change
    /// The idempotency key of the series that the edit may have to create.
    public let key: OperationID
    /// Whether guests are told.
    public let invitations: InvitationPolicy

    /// Creates an edit.
    public init(
        _ occurrence: OccurrenceKey,
        scope: SeriesScope,
        _ change: Change,
        key: OperationID,
        invitations: InvitationPolicy
    ) {
        self.occurrence = occurrence
        self.scope = scope
        self.change = change
        self.key = key
        self.invitations = invitations
    }
}

/// What is known of a series when an edit is planned: its master and what differs from it.
public struct SeriesState: Hashable, Sendable, Codable {
    /// The master.
    public let master: RemoteEvent
    /// The occurrences that differ from it.
    public let exceptions: [RemoteEvent]
    /// The original starts of occurrences that do not take place.
    public let cancelled: [EventTime]

    /// Creates a state.
    public init(master: RemoteEvent, exceptions: [RemoteEvent] = [], cancelled: [EventTime] = []) {
        self.master = master
        self.exceptions = exceptions
        self.cancelled = cancelled
    }
}
