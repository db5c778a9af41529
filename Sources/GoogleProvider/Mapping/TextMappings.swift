import CalendarCore

/// `summary`; the service leaves an empty one out.
enum TitleMapping: FieldMapping {
    static let field = EventField.title

    static func read(_ row: JSONValue, into content: inout EventContent) {
        content.title = row["summary"]?.string
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("summary", content.title, for: purpose)
    }

    static func canonicalize(_ content: inout EventContent) {
        content.title = content.title.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// `location`; the service leaves an empty one out.
enum LocationMapping: FieldMapping {
    static let field = EventField.location

    static func read(_ row: JSONValue, into content: inout EventContent) {
        content.location = row["location"]?.string
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("location", content.location, for: purpose)
    }

    static func canonicalize(_ content: inout EventContent) {
        content.location = content.location.flatMap { $0.isEmpty ? nil : $0 }
    }
}
