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
        /// Change or cancel an occurrence, divide its series or change all of it, as ``OutboxOperation/series`` says.
        case series
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
    /// Whether it writes our copy of an event that another calendar holds: without guests (requirement M-12).
    public let isCopy: Bool
    /// How far it is.
    public var state: State
    /// How often it was sent.
    public var attempts: Int
    /// Not to be sent before this instant.
    public var notBefore: Date
    /// When it was journalled; operations of a calendar are sent in this order.
    public internal(set) var createdAt: Date
    /// What shall happen to a series, where the action says so; the record is then the one that comes of it: the
    /// occurrence, the following series, or the series itself.
    public var series: SeriesIntent?
    /// Counts stored versions: a commit carries the stored one (0 when there is none), the repository stores one more.
    public var revision: Int
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
        isCopy: Bool = false,
        createdAt: Date,
        series: SeriesIntent? = nil
    ) {
        self.id = id
        self.calendar = calendar
        self.record = record
        self.action = action
        self.generation = generation
        self.content = content
        self.localRevision = localRevision
        self.invitations = invitations
        self.isCopy = isCopy
        state = .queued
        attempts = 0
        notBefore = createdAt
        self.createdAt = createdAt
        self.series = series
        revision = 0
    }

    /// Whether it may still be sent.
    public var isPending: Bool {
        if case .rejected = state { return false }
        return true
    }
}

extension OutboxOperation {
    /// Whether it is to create an event and may have done so: no answer has told.
    var isUnansweredCreation: Bool {
        action == .create && (state == .sent || state == .sentWithoutReply)
    }

    /// The records whose later operations have to wait for this one.
    var concerned: Set<RecordID> { Set([record, series?.series].compactMap(\.self)) }
}

extension Sequence<OutboxOperation> {
    /// The operations in the order in which they are sent.
    package func oldestFirst() -> [OutboxOperation] {
        sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }
}
