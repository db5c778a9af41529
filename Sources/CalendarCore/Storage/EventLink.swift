public import Foundation

/// The tie between a record and one remote event, with the last content both sides agreed on.
public struct EventLink: Hashable, Sendable, Codable {
    /// The calendar the remote event is in.
    public let calendar: CalendarKey
    /// The remote event.
    public let event: RemoteEventID
    /// The record.
    public var record: RecordID
    /// What the remote event is within a series.
    public var role: RemoteEvent.Role
    /// The version of the remote event that ``base`` was read from.
    public var etag: String?
    /// The last agreed content in the provider's canonical form; nil while only a reference to the event has been seen.
    public var base: EventContent?
    /// The record's local revision that the service has.
    public var syncedRevision: Int
    /// Whether the record's content is this event's; the others are further views of one meeting (requirement R-04).
    public var isPrimary: Bool
    /// Whether the event is our copy of one that another calendar holds: without guests, and no mail is caused by it (M-12).
    public var isCopy: Bool
    /// Whether the calendar called the meeting.
    public var isOrganizer: Bool
    /// The full round in which the event was last listed.
    public var epoch: Int
    /// The round in which the record's listed occurrences were written: a round's pages add up, the next round replaces.
    public var occurrencesRound: Int
    /// Where people open it in the service.
    public var webLink: String?
    /// The service's fields that the model does not know, as one JSON object.
    public var providerFields: Data
    /// When both sides last agreed.
    public var syncedAt: Date

    /// Creates a link.
    public init(
        calendar: CalendarKey,
        event: RemoteEventID,
        record: RecordID,
        role: RemoteEvent.Role,
        etag: String?,
        base: EventContent?,
        syncedRevision: Int,
        isPrimary: Bool,
        isCopy: Bool = false,
        isOrganizer: Bool,
        epoch: Int,
        webLink: String? = nil,
        providerFields: Data = Data(),
        syncedAt: Date
    ) {
        self.calendar = calendar
        self.event = event
        self.record = record
        self.role = role
        self.etag = etag
        self.base = base
        self.syncedRevision = syncedRevision
        self.isPrimary = isPrimary
        self.isCopy = isCopy
        self.isOrganizer = isOrganizer
        self.epoch = epoch
        occurrencesRound = 0
        self.webLink = webLink
        self.providerFields = providerFields
        self.syncedAt = syncedAt
    }

    /// The master whose exception this is; nil for singles and masters.
    public var series: RemoteEventID? {
        if case .exception(let key) = role { return key.series }
        return nil
    }
}
