public import Foundation

/// A change of a record as the host learns it, so that its own screens and activities follow (requirement M-42).
///
/// A commit carries the changes it makes; a repository stores them with it and hands them out once, in their order.
public struct RecordChange: Hashable, Sendable, Codable {
    /// What happened to the record.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// It is new.
        case created
        /// It says something else.
        case updated
        /// It is gone.
        case removed
    }

    /// Why it happened.
    public enum Reason: String, Hashable, Sendable, Codable {
        /// A user of the host did it.
        case localEdit
        /// Somebody did it in the service.
        case remoteEdit
        /// Both sides changed different fields, and both changes were kept.
        case merge
        /// Both sides changed the same field, and one of them gave way.
        case conflict
    }

    /// The record.
    public let record: RecordID
    /// What happened to it.
    public let kind: Kind
    /// Why.
    public let reason: Reason
    /// The fields that changed, ordered; empty for a removal.
    ///
    /// Where the host's values stood in a conflict, these are the fields on which both sides had met.
    public let fields: [EventField]
    /// The calendar the change came from or goes to; nil when none is concerned.
    public let calendar: CalendarKey?
    /// What the record belongs to in the host, so that the activity of a removed one is still found (requirement R-36).
    public let activity: ActivityID?
    /// When it was decided.
    public let at: Date

    /// Creates a change.
    public init(
        record: RecordID,
        kind: Kind,
        reason: Reason,
        fields: [EventField] = [],
        calendar: CalendarKey?,
        activity: ActivityID?,
        at: Date
    ) {
        self.record = record
        self.kind = kind
        self.reason = reason
        self.fields = fields
        self.calendar = calendar
        self.activity = activity
        self.at = at
    }
}

extension RecordChange {
    /// What a user of the host sees of two versions of a record; nil when it is the same.
    package init?(
        from earlier: EventRecord?,
        to later: EventRecord?,
        reason: Reason,
        calendar: CalendarKey?,
        at instant: Date
    ) {
        guard let record = later ?? earlier else { return nil }
        let kind: Kind = earlier == nil ? .created : later == nil ? .removed : .updated
        var fields: [EventField] = []
        if let earlier, let later {
            fields = later.content.changedFields(from: earlier.content).sorted()
            guard !fields.isEmpty || earlier.listedOccurrences != later.listedOccurrences else { return nil }
        }
        self.init(
            record: record.id,
            kind: kind,
            reason: reason,
            fields: fields,
            calendar: calendar,
            activity: record.activity,
            at: instant
        )
    }
}

/// A change with its place in the tenant's feed.
public struct SequencedChange: Hashable, Sendable, Codable {
    /// Grows from change to change within a tenant; a host goes on after the last one it has worked off.
    public let number: Int
    /// The change.
    public let change: RecordChange

    /// Creates a numbered change.
    public init(number: Int, change: RecordChange) {
        self.number = number
        self.change = change
    }
}
