#if SQLite
import CalendarCore

extension EventContent: PlainRow {
    /// What ``write(_:)`` writes, and what a plain content does not have.
    private static let knownParts: Set<String> = [
        "title", "body", "start", "end", "recurrence", "status", "availability", "visibility", "kind", "writability",
        "importance", "location", "organizer", "attendees", "attendeesAreIncomplete", "guestRights", "reminders",
        "conference", "categories", "color", "hostTags", "attachments", "source", "kindDetails",
    ]
    private static let knowsEveryPart =
        EventContent(title: nil, start: .day(CivilDate(daysSinceEpoch: 0)), end: .day(CivilDate(daysSinceEpoch: 1)))
        .partNames == knownParts

    /// Whether it has no attachment, page of origin or details of its kind.
    var isPlain: Bool {
        Self.knowsEveryPart && attachments.isEmpty && source == nil && kindDetails == nil
            && body?.isPlain != false && guestRights.isPlain && reminders?.isPlain != false
            && conference?.isPlain != false && organizer?.isPlain != false && attendees.allSatisfy { $0.isPlain }
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("title", ifPresent: title)
        writer.field("body", ifPresent: body)
        writer.field("start", start)
        writer.field("end", end)
        if let recurrence { writer.field("recurrence", recurrence.lines) }
        writer.field("status", status, unless: .confirmed)
        writer.field("availability", availability, unless: .busy)
        writer.field("visibility", visibility, unless: .standard)
        writer.field("kind", kind, unless: .standard)
        writer.field("writability", writability, unless: .full)
        writer.field("importance", importance, unless: .normal)
        writer.field("location", ifPresent: location)
        writer.field("organizer", ifPresent: organizer)
        writer.field("attendees", unlessEmpty: attendees)
        if attendeesAreIncomplete { writer.field("attendeesAreIncomplete", true) }
        if guestRights != GuestRights() { writer.field("guestRights", guestRights) }
        writer.field("reminders", ifPresent: reminders)
        writer.field("conference", ifPresent: conference)
        if !categories.isEmpty { writer.field("categories", categories) }
        writer.field("color", ifPresent: color)
        guard !hostTags.isEmpty else { return }
        writer.object("hostTags") { writer in
            for (key, value) in hostTags.sorted(by: { $0.key < $1.key }) {
                writer.key(key)
                writer.element(value)
            }
        }
    }

    init?(_ json: JSONValue) {
        guard
            let start = json["start"].flatMap({ EventTime($0) }),
            let end = json["end"].flatMap({ EventTime($0) })
        else { return nil }
        self.init(title: nil, start: start, end: end)
        var content = self
        let isRead = json.allMembers { content.read($0, $1) }
        guard isRead else { return nil }
        self = content
    }

    /// Reads one field; false when it is not one of a plain content, or is not as written here.
    private mutating func read(_ key: String, _ json: JSONValue) -> Bool {
        func word<Word: RawRepresentable<String>>(_ place: inout Word) -> Bool {
            put(json.string.flatMap { Word(rawValue: $0) }, &place)
        }
        switch key {
        case "start", "end": return true
        case "title": return put(json.string, &title)
        case "body": return put(EventBody(json), &body)
        case "recurrence": return put(json.texts.map { Recurrence(lines: $0) }, &recurrence)
        case "status": return word(&status)
        case "availability": return word(&availability)
        case "visibility": return word(&visibility)
        case "kind": return word(&kind)
        case "writability": return word(&writability)
        case "importance": return word(&importance)
        case "location": return put(json.string, &location)
        case "organizer": return put(EventPerson(json), &organizer)
        case "attendees": return put(json.parts(Attendee.self), &attendees)
        case "attendeesAreIncomplete": return put(json.bool, &attendeesAreIncomplete)
        case "guestRights": return put(GuestRights(json), &guestRights)
        case "reminders": return put(EventReminders(json), &reminders)
        case "conference": return put(EventConference(json), &conference)
        case "categories": return put(json.texts, &categories)
        case "color": return put(json.string, &color)
        case "hostTags":
            var tags: [String: String] = [:]
            let isRead = json.allMembers { put($1.string, &tags[$0]) }
            hostTags = tags
            return isRead
        default: return false
        }
    }
}
#endif
