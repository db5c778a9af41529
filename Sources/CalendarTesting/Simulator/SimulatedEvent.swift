public import CalendarCore

/// An event as a simulated service holds it, for looking at the state afterwards.
public struct SimulatedEvent: Hashable, Sendable {
    /// The service's id.
    public let id: RemoteEventID
    /// The iCalendar UID.
    public let iCalUID: String
    /// The version.
    public let etag: String
    /// The title.
    public let title: String?
    /// The start.
    public let start: EventTime
    /// The end, exclusive.
    public let end: EventTime
    /// The addresses of the guests.
    public let attendees: [String]
    /// Whether it is the master of a series.
    public let isSeries: Bool
    /// Whether it is an occurrence that differs from its series.
    public let isException: Bool
    /// Whether it is cancelled.
    public let isCancelled: Bool

    /// Creates an event.
    public init(
        id: RemoteEventID,
        iCalUID: String,
        etag: String,
        title: String?,
        start: EventTime,
        end: EventTime,
        attendees: [String],
        isSeries: Bool,
        isException: Bool,
        isCancelled: Bool
    ) {
        self.id = id
        self.iCalUID = iCalUID
        self.etag = etag
        self.title = title
        self.start = start
        self.end = end
        self.attendees = attendees
        self.isSeries = isSeries
        self.isException = isException
        self.isCancelled = isCancelled
    }
}
