/// A part of an event's content that is compared, merged and patched as one.
///
/// Updates send the changed fields and nothing else, so what this SDK does not know is never overwritten.
public enum EventField: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    /// The title.
    case title
    /// The text.
    case body
    /// Start and end, which services only change together.
    case time
    /// The rules of a series.
    case recurrence
    /// Whether it takes place.
    case status
    /// How it fills the owner's time.
    case availability
    /// Who may see it.
    case visibility
    /// How much it matters.
    case importance
    /// The place.
    case location
    /// The guests.
    case attendees
    /// What guests may do.
    case guestRights
    /// The owner's reminders.
    case reminders
    /// How to join from elsewhere.
    case conference
    /// The owner's categories.
    case categories
    /// The colour.
    case color
    /// Files and links.
    case attachments
    /// The page it came from.
    case source
    /// The host's own marks.
    case hostTags

    /// Orders fields by name, for deterministic output.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension EventContent {
    /// The fields in which two contents differ.
    public func changedFields(from base: EventContent) -> Set<EventField> {
        Set(EventField.allCases.filter { !isEqual(to: base, in: $0) })
    }

    /// Takes one field over from another content.
    public mutating func take(_ field: EventField, from other: EventContent) {
        switch field {
        case .title: title = other.title
        case .body: body = other.body
        case .time: (start, end) = (other.start, other.end)
        case .recurrence: recurrence = other.recurrence
        case .status: status = other.status
        case .availability: availability = other.availability
        case .visibility: visibility = other.visibility
        case .importance: importance = other.importance
        case .location: location = other.location
        case .attendees:
            (attendees, attendeesAreIncomplete) = (other.attendees, other.attendeesAreIncomplete)
        case .guestRights: guestRights = other.guestRights
        case .reminders: reminders = other.reminders
        case .conference: conference = other.conference
        case .categories: categories = other.categories
        case .color: color = other.color
        case .attachments: attachments = other.attachments
        case .source: source = other.source
        case .hostTags: hostTags = other.hostTags
        }
    }

    /// Takes over what only the service says: the kind with its details, and how much may be written.
    mutating func takeTold(from other: EventContent) {
        (kind, kindDetails, writability) = (other.kind, other.kindDetails, other.writability)
    }

    private func isEqual(to other: EventContent, in field: EventField) -> Bool {
        switch field {
        case .title: title == other.title
        case .body: body == other.body
        case .time: start == other.start && end == other.end
        case .recurrence: recurrence == other.recurrence
        case .status: status == other.status
        case .availability: availability == other.availability
        case .visibility: visibility == other.visibility
        case .importance: importance == other.importance
        case .location: location == other.location
        case .attendees: attendees == other.attendees && attendeesAreIncomplete == other.attendeesAreIncomplete
        case .guestRights: guestRights == other.guestRights
        case .reminders: reminders == other.reminders
        case .conference: conference == other.conference
        case .categories: categories == other.categories
        case .color: color == other.color
        case .attachments: attachments == other.attachments
        case .source: source == other.source
        case .hostTags: hostTags == other.hostTags
        }
    }
}
