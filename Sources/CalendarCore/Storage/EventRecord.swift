public import Foundation

/// The host's own event: what its users see and edit, whatever services it is mirrored to.
public struct EventRecord: Hashable, Sendable, Codable {
    /// Where an event came from first.
    public enum Direction: String, Hashable, Sendable, Codable {
        /// From a service.
        case inbound
        /// From the host.
        case outbound
    }

    /// What a record is within a series.
    public enum Role: Hashable, Sendable, Codable {
        /// It stands alone.
        case single
        /// It is a series; its occurrences are computed on reading.
        case series
        /// It is one occurrence that differs from its series, or is cancelled.
        case exception(series: RecordID, originalStart: EventTime)
    }

    /// The record's id within its tenant.
    public let id: RecordID
    /// The organisation.
    public let tenant: TenantID
    /// What it is within a series.
    public var role: Role
    /// What it says.
    public var content: EventContent
    /// Where it came from first.
    public var direction: Direction
    /// Whose it is, where the host made it; nil for an event that a service brought, which is its calendar's.
    public var owner: Connection.Owner?
    /// What it belongs to in the host (requirement M-20).
    public var activity: ActivityID?
    /// The iCalendar UID, by which copies in several accounts are recognised as one meeting.
    public var iCalUID: String?
    /// The occurrences that the service listed, where it lists them one by one; within their window they are the truth.
    public var listedOccurrences: SeriesOccurrences?
    /// Counts the host's edits, so that unsent ones are recognised.
    public var localRevision: Int
    /// When a user of the host last edited it; nil when nobody did.
    public var editedAt: Date?
    /// When it last changed.
    public var updatedAt: Date
    /// Counts stored versions; a commit made on an older one is refused.
    public var revision: Int

    /// Creates a record.
    public init(
        id: RecordID,
        tenant: TenantID,
        role: Role,
        content: EventContent,
        direction: Direction,
        owner: Connection.Owner? = nil,
        activity: ActivityID? = nil,
        iCalUID: String? = nil,
        localRevision: Int = 0,
        updatedAt: Date,
        revision: Int = 0
    ) {
        self.id = id
        self.tenant = tenant
        self.role = role
        self.content = content
        self.direction = direction
        self.owner = owner
        self.activity = activity
        self.iCalUID = iCalUID
        listedOccurrences = nil
        self.localRevision = localRevision
        editedAt = nil
        self.updatedAt = updatedAt
        self.revision = revision
    }

    /// The series whose exception this is; nil for singles and series.
    public var series: RecordID? {
        if case .exception(let series, _) = role { return series }
        return nil
    }
}
