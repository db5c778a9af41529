/// Where an event of the host is kept in its owner's calendars (requirements M-12 and M-13).
public struct EventPlacement: Hashable, Sendable {
    /// How far a place is.
    public enum State: String, Hashable, Sendable {
        /// The service has it.
        case linked
        /// The next sync sends it.
        case queued
        /// The service refused it for good; its issue says why.
        case rejected
    }

    /// One calendar that holds the event.
    public struct Place: Hashable, Sendable {
        /// The calendar.
        public let calendar: CalendarKey
        /// Whether it is a copy, without guests; the other one is the meeting.
        public let isCopy: Bool
        /// How far it is.
        public let state: State

        /// Creates a place.
        public init(calendar: CalendarKey, isCopy: Bool, state: State) {
            self.calendar = calendar
            self.isCopy = isCopy
            self.state = state
        }
    }

    /// The event.
    public let record: RecordID
    /// The calendars, the meeting's first, then the copies by calendar; empty while the owner has no connection.
    public let places: [Place]

    /// Whether no calendar holds the event: it is kept in the host, and that is no error.
    public var isNotLinked: Bool { places.isEmpty }

    /// Creates a placement.
    public init(record: RecordID, places: [Place]) {
        self.record = record
        self.places = places
    }
}

/// Whose connections receive the events that the host makes for its users (requirement M-13).
public enum MirroringPolicy: String, Hashable, Sendable, Codable {
    /// Those of the event's owner.
    case owner
    /// Those of the event's owner, then those of the organisation.
    case ownerAndOrganization
}
