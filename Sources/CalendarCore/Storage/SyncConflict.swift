public import Foundation

/// Two edits of one event that met: the host's and the service's, and what became of them (requirement F-06).
///
/// Recorded whichever side gave way, so that nobody's words are lost: a person can look at both and choose the other.
public struct SyncConflict: Hashable, Sendable, Codable, Identifiable {
    /// What met.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Both sides changed the same fields differently.
        case edits
        /// The service had deleted the event that the host edited.
        case deletedRemotely
        /// The host deleted the event that was changed in the service.
        case deletedLocally
        /// Somebody edited our copy of a meeting, which follows the meeting.
        case copyEdited
    }

    /// One of the two sides.
    public enum Side: String, Hashable, Sendable, Codable {
        /// The host.
        case local
        /// The service.
        case remote
    }

    /// Which conflict it is.
    public let id: ConflictID
    /// The calendar on whose side the service's edit was made.
    public let calendar: CalendarKey
    /// The event there.
    public let event: RemoteEventID?
    /// The host's event.
    public let record: RecordID
    /// What met.
    public let kind: Kind
    /// The fields that both had changed, ordered by name; empty where one side deleted.
    public let fields: [EventField]
    /// What both had agreed on before; nil when that is not known.
    public let base: EventContent?
    /// What the host said; nil where it had deleted the event.
    public let local: EventContent?
    /// What the service said; nil where it had deleted the event.
    public let remote: EventContent?
    /// The side whose values stand now.
    public var kept: Side
    /// Whether somebody still has to say which side shall stand.
    public var isOpen: Bool
    /// When they met.
    public let at: Date

    /// Creates a conflict.
    public init(
        id: ConflictID,
        calendar: CalendarKey,
        event: RemoteEventID?,
        record: RecordID,
        kind: Kind,
        fields: [EventField],
        base: EventContent?,
        local: EventContent?,
        remote: EventContent?,
        kept: Side,
        isOpen: Bool,
        at: Date
    ) {
        self.id = id
        self.calendar = calendar
        self.event = event
        self.record = record
        self.kind = kind
        self.fields = fields
        self.base = base
        self.local = local
        self.remote = remote
        self.kept = kept
        self.isOpen = isOpen
        self.at = at
    }
}
