/// Whether a write sends mail to guests; said aloud with every write (requirement R-08).
public enum InvitationPolicy: String, Hashable, Sendable, Codable {
    /// No mail.
    case silent
    /// The service tells the guests.
    case notifyGuests
}

/// An event to create, exactly once however often the call is repeated with the same key.
public struct EventCreation: Hashable, Sendable {
    /// The idempotency key: 32 lower-case hexadecimal digits, journalled before the call.
    public let key: OperationID
    /// What the event says.
    public let content: EventContent
    /// Whether guests are told.
    public let invitations: InvitationPolicy

    /// Creates the description of an event to create.
    public init(key: OperationID, content: EventContent, invitations: InvitationPolicy) {
        self.key = key
        self.content = content
        self.invitations = invitations
    }
}

/// A change to an event, sent as a patch of the fields that differ and only if the version is still the expected one.
public struct EventUpdate: Hashable, Sendable {
    /// The event.
    public let id: RemoteEventID
    /// The version that must still be there; nil changes whatever is there.
    public let etag: String?
    /// What both sides agreed on last.
    public let base: EventContent
    /// What the event shall say.
    public let content: EventContent
    /// Whether guests are told.
    public let invitations: InvitationPolicy

    /// Creates the description of a change.
    public init(
        id: RemoteEventID,
        etag: String?,
        base: EventContent,
        content: EventContent,
        invitations: InvitationPolicy
    ) {
        self.id = id
        self.etag = etag
        self.base = base
        self.content = content
        self.invitations = invitations
    }
}

/// An event to delete; deleting what is gone succeeds.
public struct EventDeletion: Hashable, Sendable {
    /// The event.
    public let id: RemoteEventID
    /// The version that must still be there; nil deletes whatever is there.
    public let etag: String?
    /// Whether guests are told.
    public let invitations: InvitationPolicy
    /// A word to the guests who are told, where the service passes one on.
    public let comment: String?

    /// Creates the description of a deletion.
    public init(id: RemoteEventID, etag: String?, invitations: InvitationPolicy, comment: String? = nil) {
        self.id = id
        self.etag = etag
        self.invitations = invitations
        self.comment = comment
    }
}
