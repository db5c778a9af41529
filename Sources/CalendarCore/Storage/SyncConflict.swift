public import Foundation

/// Two edits of one event that met: the host's and the service's, and what became of them (requirement F-06).
///
/// Recorded whichever side gave way, so that nobody's words are lost: a person can look at both and choose the other.
/// Each meeting of edits is a conflict of its own. A newer one of the same event and fields replaces no older one, for
/// then the older one's words would be gone; the last one holds what both sides said most recently.
public struct SyncConflict: Hashable, Sendable, Codable, Identifiable {
    /// What met.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// Both sides changed the same fields differently.
        case edits
        /// The service had deleted the event that the host edited; the deletion stands.
        case deletedRemotely
        /// The host deleted the event that was changed in the service: the deletion stands where the host's account called
        /// the meeting, and the changed event comes back where it is only a guest.
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
    /// The fields that both had changed, ordered by name; empty where one side deleted the event.
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
    /// What the record belonged to in the host, so that an event that comes back has its place.
    public let activity: ActivityID?

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
        at: Date,
        activity: ActivityID? = nil
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
        self.activity = activity
    }
}
