public import Foundation

/// A journalled intent to write to a service.
///
/// The intent is stored before the call and settled, that is removed, in the commit that stores its result. Its id is
/// the idempotency key, and doubles as the client-chosen event id or transaction id of a create.
public struct OutboxOperation: Hashable, Sendable, Codable {
    /// What is to be done.
    public enum Action: String, Hashable, Sendable, Codable {
        /// Create the remote event.
        case create
        /// Send the record's changes.
        case update
        /// Delete the remote event.
        case delete
    }

    /// How far it is.
    public enum State: Hashable, Sendable, Codable {
        /// Never sent.
        case queued
        /// About to be sent, or under way; after a crash this means the same as ``sentWithoutReply``.
        case sent
        /// Sent, and no answer arrived: look before sending again (requirement R-01).
        case sentWithoutReply
        /// Refused for good; the host decides what becomes of it.
        case rejected(CalendarError.Code)
    }

    /// The id and idempotency key.
    public let id: OperationID
    /// The calendar to write to.
    public let calendar: CalendarKey
    /// The record to write.
    public let record: RecordID
    /// What is to be done.
    public let action: Action
    /// Counts intents for one record and calendar, so that delete, undo, delete again is three (requirement R-43).
    public let generation: Int
    /// What the event shall say; fixed once sent, so that a repetition sends the same.
    public var content: EventContent
    /// The record's local revision that ``content`` came from.
    public var localRevision: Int
    /// Whether guests are told.
    public let invitations: InvitationPolicy
    /// How far it is.
    public var state: State
    /// How often it was sent.
    public var attempts: Int
    /// Not to be sent before this instant.
    public var notBefore: Date
    /// When it was journalled; operations of a calendar are sent in this order.
    public let createdAt: Date
    /// The record that a deletion removed, so that it can come back; nil for other actions.
    public var removedRecord: EventRecord?

    /// Creates an operation that was never sent.
    public init(
        id: OperationID,
        calendar: CalendarKey,
        record: RecordID,
        action: Action,
        generation: Int,
        content: EventContent,
        localRevision: Int,
        invitations: InvitationPolicy,
        createdAt: Date
    ) {
        self.id = id
        self.calendar = calendar
        self.record = record
        self.action = action
        self.generation = generation
        self.content = content
        self.localRevision = localRevision
        self.invitations = invitations
        state = .queued
        attempts = 0
        notBefore = createdAt
        self.createdAt = createdAt
    }

    /// Whether it may still be sent.
    public var isPending: Bool {
        if case .rejected = state { return false }
        return true
    }
}
