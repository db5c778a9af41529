import CalendarCore

/// `status`; absent means confirmed, and a word that was added later is kept.
enum StatusMapping: FieldMapping {
    static let field = EventField.status

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.status = row.string("status").map { EventStatus(rawValue: $0) } ?? .confirmed
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("status", content.status.rawValue)
    }

    static func canonicalize(_ content: inout EventContent) {}
}
