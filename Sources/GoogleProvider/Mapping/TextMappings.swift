import CalendarCore

/// `summary`; the service leaves an empty one out.
enum TitleMapping: FieldMapping {
    static let field = EventField.title

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.title = row.string("summary")
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("summary", content.title, for: purpose)
    }

    static func canonicalize(_ content: inout EventContent) {
        if content.title?.isEmpty == true { content.title = nil }
    }
}

/// `location`; the service leaves an empty one out.
enum LocationMapping: FieldMapping {
    static let field = EventField.location

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.location = row.string("location")
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("location", content.location, for: purpose)
    }

    static func canonicalize(_ content: inout EventContent) {
        if content.location?.isEmpty == true { content.location = nil }
    }
}
