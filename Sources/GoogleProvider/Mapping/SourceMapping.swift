import CalendarCore

/// `source`: a page on the web, which only the creator of an event sees and changes (reference "Events", `source`).
enum SourceMapping: FieldMapping {
    static let field = EventField.source

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.source = row["source"]?["url"]?.string.map {
            EventSource(url: $0, title: row["source"]?["title"]?.string)
        }
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        guard let source = canonical(content.source) else {
            if case .patch = purpose { body.null("source") }
            return
        }
        body.object("source") { writer in
            writer.field("url", source.url)
            writer.field("title", source.title, for: purpose)
        }
    }

    static func canonicalize(_ content: inout EventContent) {
        content.source = canonical(content.source)
    }

    static func losses(_ content: EventContent) -> [String] {
        content.source != nil && canonical(content.source) == nil ? ["Only pages on the web are kept as source."] : []
    }

    private static func canonical(_ source: EventSource?) -> EventSource? {
        guard var source, source.url.hasPrefix("https://") || source.url.hasPrefix("http://") else { return nil }
        if source.title?.isEmpty == true { source.title = nil }
        return source
    }
}
