public import Foundation

/// The host's own event: what its users see and edit, whatever services it is mirrored to.
///
/// Like its content, a record is one reference to its parts: a copy costs nothing.
public struct EventRecord: Hashable, Sendable {
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

    private var shared: [Parts]

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
        shared = [
            Parts(
                id: id,
                tenant: tenant,
                role: role,
                content: content,
                direction: direction,
                owner: owner,
                activity: activity,
                iCalUID: iCalUID,
                localRevision: localRevision,
                updatedAt: updatedAt,
                revision: revision
            )
        ]
    }
}

extension EventRecord {
    /// The record's id within its tenant.
    public var id: RecordID { shared[0].id }

    /// The organisation.
    public var tenant: TenantID { shared[0].tenant }

    /// What it is within a series.
    public var role: Role {
        get { shared[0].role }
        set { shared[0].role = newValue }
    }

    /// What it says.
    public var content: EventContent {
        get { shared[0].content }
        set { shared[0].content = newValue }
    }

    /// Where it came from first.
    public var direction: Direction {
        get { shared[0].direction }
        set { shared[0].direction = newValue }
    }

    /// Whose it is, where the host made it; nil for an event that a service brought, which is its calendar's.
    public var owner: Connection.Owner? {
        get { shared[0].owner }
        set { shared[0].owner = newValue }
    }

    /// What it belongs to in the host (requirement M-20).
    public var activity: ActivityID? {
        get { shared[0].activity }
        set { shared[0].activity = newValue }
    }

    /// The iCalendar UID, by which copies in several accounts are recognised as one meeting.
    public var iCalUID: String? {
        get { shared[0].iCalUID }
        set { shared[0].iCalUID = newValue }
    }

    /// The occurrences that the service listed, where it lists them one by one; within their window they are the truth.
    public var listedOccurrences: SeriesOccurrences? {
        get { shared[0].listedOccurrences }
        set { shared[0].listedOccurrences = newValue }
    }

    /// Counts the host's edits, so that unsent ones are recognised.
    public var localRevision: Int {
        get { shared[0].localRevision }
        set { shared[0].localRevision = newValue }
    }

    /// When a user of the host last edited it; nil when nobody did.
    public var editedAt: Date? {
        get { shared[0].editedAt }
        set { shared[0].editedAt = newValue }
    }

    /// When it last changed.
    public var updatedAt: Date {
        get { shared[0].updatedAt }
        set { shared[0].updatedAt = newValue }
    }

    /// Counts stored versions; a commit made on an older one is refused.
    public var revision: Int {
        get { shared[0].revision }
        set { shared[0].revision = newValue }
    }

    /// The names of all its parts, as the running program knows them: who writes fewer would lose something.
    package var partNames: Set<String> { Set(Mirror(reflecting: shared[0]).children.compactMap(\.label)) }

    /// The series whose exception this is; nil for singles and series.
    public var series: RecordID? {
        if case .exception(let series, _) = role { return series }
        return nil
    }
}

extension EventRecord: Codable {
    /// Reads a stored record.
    public init(from decoder: any Decoder) throws {
        shared = [try Parts(from: decoder)]
    }

    /// Writes the parts by their names.
    public func encode(to encoder: any Encoder) throws {
        try shared[0].encode(to: encoder)
    }
}

extension EventRecord {
    /// What a record consists of; the properties of the record tell what each part means.
    private struct Parts: Hashable, Sendable, Codable {
        let id: RecordID
        let tenant: TenantID
        var role: Role
        var content: EventContent
        var direction: Direction
        var owner: Connection.Owner?
        var activity: ActivityID?
        var iCalUID: String?
        var listedOccurrences: SeriesOccurrences?
        var localRevision: Int
        var editedAt: Date?
        var updatedAt: Date
        var revision: Int
    }
}
