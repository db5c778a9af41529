/// What an event says, in words that no service owns.
///
/// A superset: what a service cannot express is reported as ``FidelityLoss`` when writing, and what this model does not
/// know stays in ``RemoteEvent/providerFields``. Every part but the times is optional.
///
/// A content is one reference to its parts, copied when a shared one is changed: a copy costs nothing, whatever the
/// event says, and two copies of one content are equal without a look at their parts.
public struct EventContent: Hashable, Sendable {
    // One element always; an array is the standard library's reference that is copied on a change.
    private var shared: [Parts]

    init(_ parts: consuming Parts) {
        shared = [parts]
    }

    /// Creates an ordinary busy event; set the rest through the properties.
    public init(title: String?, start: EventTime, end: EventTime) {
        self.init(Parts(title: title, start: start, end: end))
    }

    /// The names of all its parts, as the running program knows them: who writes fewer would lose something.
    package var partNames: Set<String> { Set(Mirror(reflecting: shared[0]).children.compactMap(\.label)) }
}

extension EventContent {
    /// The title; nil and empty differ.
    public var title: String? {
        get { shared[0].title }
        set { shared[0].title = newValue }
    }

    /// The text.
    public var body: EventBody? {
        get { shared[0].body }
        set { shared[0].body = newValue }
    }

    /// The start.
    public var start: EventTime {
        get { shared[0].start }
        set { shared[0].start = newValue }
    }

    /// The end, exclusive; for all-day events the day after the last one.
    public var end: EventTime {
        get { shared[0].end }
        set { shared[0].end = newValue }
    }

    /// The rules of a series; nil for a single event and for an exception.
    public var recurrence: Recurrence? {
        get { shared[0].recurrence }
        set { shared[0].recurrence = newValue }
    }

    /// Whether it takes place.
    public var status: EventStatus {
        get { shared[0].status }
        set { shared[0].status = newValue }
    }

    /// How it fills the owner's time.
    public var availability: Availability {
        get { shared[0].availability }
        set { shared[0].availability = newValue }
    }

    /// Who may see it.
    public var visibility: EventVisibility {
        get { shared[0].visibility }
        set { shared[0].visibility = newValue }
    }

    /// What it is.
    public var kind: EventKind {
        get { shared[0].kind }
        set { shared[0].kind = newValue }
    }

    /// What its kind says beyond an ordinary event; nil for an ordinary one.
    public var kindDetails: EventKindDetails? {
        get { shared[0].kindDetails }
        set { shared[0].kindDetails = newValue }
    }

    /// How much of it the service lets be changed; told by the service and never written.
    public var writability: EventWritability {
        get { shared[0].writability }
        set { shared[0].writability = newValue }
    }

    /// How much it matters.
    public var importance: EventImportance {
        get { shared[0].importance }
        set { shared[0].importance = newValue }
    }

    /// Where it takes place, as text.
    public var location: String? {
        get { shared[0].location }
        set { shared[0].location = newValue }
    }

    /// Who called it.
    public var organizer: EventPerson? {
        get { shared[0].organizer }
        set { shared[0].organizer = newValue }
    }

    /// Who is invited, in the service's order.
    public var attendees: [Attendee] {
        get { shared[0].attendees }
        set { shared[0].attendees = newValue }
    }

    /// Whether the service left guests out; such a list must not be written back.
    public var attendeesAreIncomplete: Bool {
        get { shared[0].attendeesAreIncomplete }
        set { shared[0].attendeesAreIncomplete = newValue }
    }

    /// What guests may do.
    public var guestRights: GuestRights {
        get { shared[0].guestRights }
        set { shared[0].guestRights = newValue }
    }

    /// When the owner is reminded; nil means not said.
    public var reminders: EventReminders? {
        get { shared[0].reminders }
        set { shared[0].reminders = newValue }
    }

    /// How to join from elsewhere.
    public var conference: EventConference? {
        get { shared[0].conference }
        set { shared[0].conference = newValue }
    }

    /// The owner's categories.
    public var categories: [String] {
        get { shared[0].categories }
        set { shared[0].categories = newValue }
    }

    /// The service's colour name or number.
    public var color: String? {
        get { shared[0].color }
        set { shared[0].color = newValue }
    }

    /// Files and links.
    public var attachments: [EventAttachment] {
        get { shared[0].attachments }
        set { shared[0].attachments = newValue }
    }

    /// The page on the web it came from.
    public var source: EventSource? {
        get { shared[0].source }
        set { shared[0].source = newValue }
    }

    /// The host's own marks, invisible to people.
    public var hostTags: [String: String] {
        get { shared[0].hostTags }
        set { shared[0].hostTags = newValue }
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

extension EventContent: Codable {
    /// Reads a stored content; a part that it does not have is as in an ordinary event.
    ///
    /// Stores keep contents for years, and versions of this library add parts (requirement M-49).
    public init(from decoder: any Decoder) throws {
        self.init(try Parts(from: decoder))
    }

    /// Writes the parts by their names.
    public func encode(to encoder: any Encoder) throws {
        try shared[0].encode(to: encoder)
    }
}
