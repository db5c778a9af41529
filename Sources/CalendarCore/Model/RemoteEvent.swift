public import Foundation

/// The place of one occurrence in its series: the series and the start its rule gave it (RFC 5545 RECURRENCE-ID).
public struct OccurrenceKey: Hashable, Sendable, Codable {
    /// The master of the series.
    public let series: RemoteEventID
    /// The start that the rule produced, before any change.
    public let originalStart: EventTime

    /// Creates a key.
    public init(series: RemoteEventID, originalStart: EventTime) {
        self.series = series
        self.originalStart = originalStart
    }
}

/// An event as a service holds it, read into the neutral model.
public struct RemoteEvent: Hashable, Sendable, Codable {
    /// What the event is within a series.
    public enum Role: Hashable, Sendable, Codable {
        /// It stands alone.
        case single
        /// It is the master of a series.
        case master
        /// It is one occurrence of a series: one that differs from it, or one that was read on its own.
        case exception(OccurrenceKey)
    }

    /// The event's id within its calendar.
    public let id: RemoteEventID
    /// The version, opaque; nil when the service gave none, which never means that the event is new.
    public var etag: String?
    /// The iCalendar UID, shared by the copies of a meeting in all calendars.
    public var iCalUID: String?
    /// What the event is within a series.
    public var role: Role
    /// What it says.
    public var content: EventContent
    /// Whether the calendar it was read from called it.
    public var isOrganizer: Bool
    /// When the service last changed it.
    public var updatedAt: Date?
    /// Where people open it in the service.
    public var webLink: String?
    /// The idempotency key with which this SDK created it, when it did.
    public var creationKey: OperationID?
    /// The service's fields that the model does not know, as one JSON object; kept, never sent back.
    public var providerFields: Data

    /// Creates an event.
    public init(
        id: RemoteEventID,
        etag: String?,
        iCalUID: String?,
        role: Role,
        content: EventContent,
        isOrganizer: Bool,
        updatedAt: Date? = nil,
        webLink: String? = nil,
        creationKey: OperationID? = nil,
        providerFields: Data = Data()
    ) {
        self.id = id
        self.etag = etag
        self.iCalUID = iCalUID
        self.role = role
        self.content = content
        self.isOrganizer = isOrganizer
        self.updatedAt = updatedAt
        self.webLink = webLink
        self.creationKey = creationKey
        self.providerFields = providerFields
    }
}

extension RemoteEvent {
    /// The master whose exception this is; nil for singles and masters.
    var series: RemoteEventID? {
        if case .exception(let key) = role { return key.series }
        return nil
    }
}
