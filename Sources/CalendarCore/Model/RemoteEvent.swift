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
///
/// Like its content, an event is one reference to its parts: a copy costs nothing.
public struct RemoteEvent: Hashable, Sendable {
    /// What the event is within a series.
    public enum Role: Hashable, Sendable, Codable {
        /// It stands alone.
        case single
        /// It is the master of a series.
        case master
        /// It is one occurrence of a series: one that differs from it, or one that was read on its own.
        case exception(OccurrenceKey)
    }

    private var shared: [Parts]

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
        shared = [
            Parts(
                id: id,
                etag: etag,
                iCalUID: iCalUID,
                role: role,
                content: content,
                isOrganizer: isOrganizer,
                updatedAt: updatedAt,
                webLink: webLink,
                creationKey: creationKey,
                providerFields: providerFields
            )
        ]
    }
}

extension RemoteEvent {
    /// The event's id within its calendar.
    public var id: RemoteEventID { shared[0].id }

    /// The version, opaque; nil when the service gave none, which never means that the event is new.
    public var etag: String? {
        get { shared[0].etag }
        set { shared[0].etag = newValue }
    }

    /// The iCalendar UID, shared by the copies of a meeting in all calendars.
    public var iCalUID: String? {
        get { shared[0].iCalUID }
        set { shared[0].iCalUID = newValue }
    }

    /// What the event is within a series.
    public var role: Role {
        get { shared[0].role }
        set { shared[0].role = newValue }
    }

    /// What it says.
    public var content: EventContent {
        get { shared[0].content }
        set { shared[0].content = newValue }
    }

    /// Whether the calendar it was read from called it.
    public var isOrganizer: Bool {
        get { shared[0].isOrganizer }
        set { shared[0].isOrganizer = newValue }
    }

    /// When the service last changed it.
    public var updatedAt: Date? {
        get { shared[0].updatedAt }
        set { shared[0].updatedAt = newValue }
    }

    /// Where people open it in the service.
    public var webLink: String? {
        get { shared[0].webLink }
        set { shared[0].webLink = newValue }
    }

    /// The idempotency key with which this SDK created it, when it did.
    public var creationKey: OperationID? {
        get { shared[0].creationKey }
        set { shared[0].creationKey = newValue }
    }

    /// The service's fields that the model does not know, as one JSON object; kept, never sent back.
    public var providerFields: Data {
        get { shared[0].providerFields }
        set { shared[0].providerFields = newValue }
    }
}

extension RemoteEvent {
    /// The master whose exception this is; nil for singles and masters.
    var series: RemoteEventID? {
        if case .exception(let key) = role { return key.series }
        return nil
    }
}

extension RemoteEvent: Codable {
    /// Reads an event.
    public init(from decoder: any Decoder) throws {
        shared = [try Parts(from: decoder)]
    }

    /// Writes the parts by their names.
    public func encode(to encoder: any Encoder) throws {
        try shared[0].encode(to: encoder)
    }
}

extension RemoteEvent {
    /// What an event consists of; the properties of the event tell what each part means.
    private struct Parts: Hashable, Sendable, Codable {
        let id: RemoteEventID
        var etag: String?
        var iCalUID: String?
        var role: Role
        var content: EventContent
        var isOrganizer: Bool
        var updatedAt: Date?
        var webLink: String?
        var creationKey: OperationID?
        var providerFields: Data
    }
}
