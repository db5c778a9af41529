import CalendarCore

/// How much an event matters: the service has no such field.
enum ImportanceMapping: FieldMapping {
    static let field = EventField.importance

    static func read(_ row: JSONRow, into content: inout EventContent) {}

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {}

    static func canonicalize(_ content: inout EventContent) {
        content.importance = .normal
    }

    static func losses(_ content: EventContent) -> [String] {
        content.importance == .normal ? [] : ["The service has no importance."]
    }
}

/// Categories: the service has no such field.
enum CategoryMapping: FieldMapping {
    static let field = EventField.categories

    static func read(_ row: JSONRow, into content: inout EventContent) {}

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {}

    static func canonicalize(_ content: inout EventContent) {
        if !content.categories.isEmpty { content.categories = [] }
    }

    static func losses(_ content: EventContent) -> [String] {
        content.categories.isEmpty ? [] : ["The service has no categories."]
    }
}
