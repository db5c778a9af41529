/// What an event says, in words that no service owns.
///
/// A superset: what a service cannot express is reported as ``FidelityLoss`` when writing, and what this model does not
/// know stays in ``RemoteEvent/providerFields``. Every part but the times is optional.
public struct EventContent: Hashable, Sendable, Codable {
    /// The title; nil and empty differ.
    public var title: String?
    /// The text.
    public var body: EventBody?
    /// The start.
    public var start: EventTime
    /// The end, exclusive; for all-day events the day after the last one.
    public var end: EventTime
    /// The rules of a series; nil for a single event and for an exception.
    public var recurrence: Recurrence?
    /// Whether it takes place.
    public var status: EventStatus
    /// How it fills the owner's time.
    public var availability: Availability
    /// Who may see it.
    public var visibility: EventVisibility
    /// What it is.
    public var kind: EventKind
    /// What its kind says beyond an ordinary event; nil for an ordinary one.
    public var kindDetails: EventKindDetails?
    /// How much of it the service lets be changed; told by the service and never written.
    public var writability: EventWritability
    /// How much it matters.
    public var importance: EventImportance
    /// Where it takes place, as text.
    public var location: String?
    /// Who called it.
    public var organizer: EventPerson?
    /// Who is invited, in the service's order.
    public var attendees: [Attendee]
    /// Whether the service left guests out; such a list must not be written back.
    public var attendeesAreIncomplete: Bool
    /// What guests may do.
    public var guestRights: GuestRights
    /// When the owner is reminded; nil means not said.
    public var reminders: EventReminders?
    /// How to join from elsewhere.
    public var conference: EventConference?
    /// The owner's categories.
    public var categories: [String]
    /// The service's colour name or number.
    public var color: String?
    /// Files and links.
    public var attachments: [EventAttachment]
    /// The page on the web it came from.
    public var source: EventSource?
    /// The host's own marks, invisible to people.
    public var hostTags: [String: String]

    /// Creates an ordinary busy event; set the rest through the properties.
    public init(title: String?, start: EventTime, end: EventTime) {
        self.title = title
        self.start = start
        self.end = end
        body = nil
        recurrence = nil
        status = .confirmed
        availability = .busy
        visibility = .standard
        kind = .standard
        kindDetails = nil
        writability = .full
        importance = .normal
        location = nil
        organizer = nil
        attendees = []
        attendeesAreIncomplete = false
        guestRights = GuestRights()
        reminders = nil
        conference = nil
        categories = []
        color = nil
        attachments = []
        source = nil
        hostTags = [:]
    }
}

extension EventContent {
    /// Checks what every service requires before anything is sent.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the field.
    public func validate() throws {
        guard start.isAllDay == end.isAllDay else {
            throw CalendarError.invalidArgument("end", "Start and end must both be days or both be times.")
        }
        guard start.date(floatingIn: .utc) < end.date(floatingIn: .utc) else {
            throw CalendarError.invalidArgument("end", "The end must lie after the start.")
        }
    }
}

extension EventContent {
    /// Reads a stored content; a part that it does not have is as in an ordinary event.
    ///
    /// Stores keep contents for years, and versions of this library add parts (requirement M-49).
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            title: try stored.decodeIfPresent(String.self, forKey: .title),
            start: try stored.decode(EventTime.self, forKey: .start),
            end: try stored.decode(EventTime.self, forKey: .end)
        )
        func part<Value: Decodable>(_ key: CodingKeys, else usual: Value) throws -> Value {
            try stored.decodeIfPresent(Value.self, forKey: key) ?? usual
        }
        body = try part(.body, else: body)
        recurrence = try part(.recurrence, else: recurrence)
        status = try part(.status, else: status)
        availability = try part(.availability, else: availability)
        visibility = try part(.visibility, else: visibility)
        kind = try part(.kind, else: kind)
        kindDetails = try part(.kindDetails, else: kindDetails)
        writability = try part(.writability, else: writability)
        importance = try part(.importance, else: importance)
        location = try part(.location, else: location)
        organizer = try part(.organizer, else: organizer)
        attendees = try part(.attendees, else: attendees)
        attendeesAreIncomplete = try part(.attendeesAreIncomplete, else: attendeesAreIncomplete)
        guestRights = try part(.guestRights, else: guestRights)
        reminders = try part(.reminders, else: reminders)
        conference = try part(.conference, else: conference)
        categories = try part(.categories, else: categories)
        color = try part(.color, else: color)
        attachments = try part(.attachments, else: attachments)
        source = try part(.source, else: source)
        hostTags = try part(.hostTags, else: hostTags)
    }
}
