public import Foundation

/// A write that waits to be sent or was refused, as a host shows it: without what the event says (requirement M-43).
public struct OutboxEntry: Hashable, Sendable, Identifiable, CustomStringConvertible {
    /// The operation, by which it is retried or cancelled.
    public let id: OperationID
    /// The calendar it writes to.
    public let calendar: CalendarID
    /// The host's event.
    public let record: RecordID
    /// What it does.
    public let action: OutboxOperation.Action
    /// How far it is.
    public let state: OutboxOperation.State
    /// How often it was sent.
    public let attempts: Int
    /// It is not sent before this instant.
    public let notBefore: Date
    /// When the host's user asked for it.
    public let createdAt: Date

    /// Reads an operation.
    init(_ operation: OutboxOperation) {
        id = operation.id
        calendar = operation.calendar.calendar
        record = operation.record
        action = operation.action
        state = operation.state
        attempts = operation.attempts
        notBefore = operation.notBefore
        createdAt = operation.createdAt
    }

    /// Why the service refused it for good; nil while it may still be sent.
    public var rejection: CalendarError.Code? {
        if case .rejected(let code) = state { return code }
        return nil
    }

    /// Whether it can be cancelled: it had no effect, because it was never taken or was refused.
    public var isCancellable: Bool { state == .queued || rejection != nil }

    /// A line such as `update of record r1: rejected (forbidden) after 1 attempts`.
    public var description: String {
        let word =
            switch state {
            case .queued: "queued"
            case .sent: "sent"
            case .sentWithoutReply: "sent without a reply"
            case .rejected(let code): "rejected (\(code))"
            }
        return "\(action.rawValue) of record \(record): \(word) after \(attempts) attempts"
    }
}
