public import Foundation

/// The tie between a record and one remote event, with the last content both sides agreed on.
///
/// Like a content, a link is one reference to its parts: a copy costs nothing.
public struct EventLink: Hashable, Sendable {
    private var shared: [Parts]

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
        shared = [
            Parts(
                calendar: calendar,
                event: event,
                record: record,
                role: role,
                etag: etag,
                base: base,
                syncedRevision: syncedRevision,
                isPrimary: isPrimary,
                isCopy: isCopy,
                isOrganizer: isOrganizer,
                epoch: epoch,
                occurrencesRound: 0,
                webLink: webLink,
                providerFields: providerFields,
                syncedAt: syncedAt
            )
        ]
    }
}

extension EventLink {
    /// The calendar the remote event is in.
    public var calendar: CalendarKey { shared[0].calendar }

    /// The remote event.
    public var event: RemoteEventID { shared[0].event }

    /// The record.
    public var record: RecordID {
        get { shared[0].record }
        set { shared[0].record = newValue }
    }

    /// What the remote event is within a series.
    public var role: RemoteEvent.Role {
        get { shared[0].role }
        set { shared[0].role = newValue }
    }

    /// The version of the remote event that ``base`` was read from.
    public var etag: String? {
        get { shared[0].etag }
        set { shared[0].etag = newValue }
    }

    /// The last agreed content in the provider's canonical form; nil while only a reference to the event has been seen.
    public var base: EventContent? {
        get { shared[0].base }
        set { shared[0].base = newValue }
    }

    /// The record's local revision that the service has.
    public var syncedRevision: Int {
        get { shared[0].syncedRevision }
        set { shared[0].syncedRevision = newValue }
    }

    /// Whether the record's content is this event's; the others are further views of one meeting (requirement R-04).
    public var isPrimary: Bool {
        get { shared[0].isPrimary }
        set { shared[0].isPrimary = newValue }
    }

    /// Whether the event is our copy of one that another calendar holds: without guests, and no mail is caused by it (M-12).
    public var isCopy: Bool {
        get { shared[0].isCopy }
        set { shared[0].isCopy = newValue }
    }

    /// Whether the calendar called the meeting.
    public var isOrganizer: Bool {
        get { shared[0].isOrganizer }
        set { shared[0].isOrganizer = newValue }
    }

    /// The full round in which the event was last listed.
    public var epoch: Int {
        get { shared[0].epoch }
        set { shared[0].epoch = newValue }
    }

    /// The round in which the record's listed occurrences were written: a round's pages add up, the next round replaces.
    public var occurrencesRound: Int {
        get { shared[0].occurrencesRound }
        set { shared[0].occurrencesRound = newValue }
    }

    /// Where people open it in the service.
    public var webLink: String? {
        get { shared[0].webLink }
        set { shared[0].webLink = newValue }
    }

    /// The service's fields that the model does not know, as one JSON object.
    public var providerFields: Data {
        get { shared[0].providerFields }
        set { shared[0].providerFields = newValue }
    }

    /// When both sides last agreed.
    public var syncedAt: Date {
        get { shared[0].syncedAt }
        set { shared[0].syncedAt = newValue }
    }

    /// The names of all its parts, as the running program knows them: who writes fewer would lose something.
    package var partNames: Set<String> { Set(Mirror(reflecting: shared[0]).children.compactMap(\.label)) }

    /// The master whose exception this is; nil for singles and masters.
    public var series: RemoteEventID? {
        if case .exception(let key) = role { return key.series }
        return nil
    }
}

extension EventLink: Codable {
    /// Reads a stored link.
    public init(from decoder: any Decoder) throws {
        shared = [try Parts(from: decoder)]
    }

    /// Writes the parts by their names.
    public func encode(to encoder: any Encoder) throws {
        try shared[0].encode(to: encoder)
    }
}

extension EventLink {
    /// What a link consists of; the properties of the link tell what each part means.
    private struct Parts: Hashable, Sendable, Codable {
        let calendar: CalendarKey
        let event: RemoteEventID
        var record: RecordID
        var role: RemoteEvent.Role
        var etag: String?
        var base: EventContent?
        var syncedRevision: Int
        var isPrimary: Bool
        var isCopy: Bool
        var isOrganizer: Bool
        var epoch: Int
        var occurrencesRound: Int
        var webLink: String?
        var providerFields: Data
        var syncedAt: Date
    }
}
