public import CalendarCore

/// A mail that a simulated service would have sent to a guest or an organizer.
///
/// Give it to another simulator's `receive(_:)` to let an invitation arrive there, as a mail does between services.
public struct SimulatedMail: Hashable, Sendable {
    /// What the mail says (RFC 5546 methods in everyday words).
    public enum Kind: String, Hashable, Sendable {
        /// Come to this.
        case invitation
        /// Something about it changed.
        case update
        /// It does not take place, or without you.
        case cancellation
        /// A guest's answer.
        case response
    }

    /// What the mail says.
    public var kind: Kind
    /// Who sends it.
    public var from: String
    /// Who gets it.
    public var to: String
    /// The iCalendar UID of the event.
    public var iCalUID: String
    /// The event as the guest shall see it.
    public var content: EventContent
    /// What the sender adds; nil for nothing.
    public var comment: String?

    /// Creates a mail.
    public init(
        kind: Kind,
        from: String,
        to: String,
        iCalUID: String,
        content: EventContent,
        comment: String? = nil
    ) {
        self.kind = kind
        self.from = from
        self.to = to
        self.iCalUID = iCalUID
        self.content = content
        self.comment = comment
    }
}
