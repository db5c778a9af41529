import CalendarCore

/// An event as a file of the service holds it: a few flat fields, as a small service would have them.
struct FolderRow: Codable, Sendable {
    var id: String
    var key: String?
    /// The number of the calendar's change that wrote the row last.
    var revision = 0
    var isDeleted = false
    var title: String?
    var text: String?
    var isHTML: Bool?
    var place: String?
    var start: String
    var end: String
    /// The zone of both times; nil for days.
    var zone: String?
    var rules: [String]?
    var marks: [String: String]?
}

// snippet: provider-mapping
extension FolderRow {
    /// Writes a content; what has no field here is lost.
    init(_ content: EventContent, id: String, key: String? = nil) {
        self.init(id: id, key: key, start: "", end: "")
        take(EventField.allCases, from: content)
    }

    /// Writes some fields of a content and leaves all others alone.
    mutating func take(_ fields: some Sequence<EventField>, from content: EventContent) {
        for field in fields {
            switch field {
            case .title: title = content.title
            case .body: (text, isHTML) = (content.body?.text, content.body?.isHTML)
            case .location: place = content.location
            case .time:
                (start, end) = (Self.text(content.start), Self.text(content.end))
                zone = content.start.zone?.identifier
            case .recurrence: rules = content.recurrence?.lines
            case .hostTags: marks = content.hostTags.isEmpty ? nil : content.hostTags
            default: break
            }
        }
    }

    /// Reads the row; nil when it is damaged.
    var content: EventContent? {
        guard let start = time(start), let end = time(end) else { return nil }
        var content = EventContent(title: title, start: start, end: end)
        content.body = text.map { EventBody($0, isHTML: isHTML ?? false) }
        content.location = place
        content.recurrence = rules.map { Recurrence(lines: $0) }
        content.hostTags = marks ?? [:]
        return content
    }
}
// snippet end

extension FolderRow {
    /// The row as an event; nil when it is damaged.
    var event: RemoteEvent? {
        guard let content else { return nil }
        return RemoteEvent(
            id: RemoteEventID(id),
            etag: "\(revision)",
            iCalUID: "\(id)@folder",
            role: rules == nil ? .single : .master,
            content: content,
            isOrganizer: true,
            creationKey: key.map { OperationID($0) }
        )
    }

    private static func text(_ time: EventTime) -> String {
        time.isAllDay ? "\(time.civilDate)" : "\(time.civil)"
    }

    private func time(_ text: String) -> EventTime? {
        guard let zone else { return CivilDate(text).map { .day($0) } }
        return CivilDateTime(text).map { .zoned($0, EventZone(zone)) }
    }
}
