import CalendarCore

/// `colorId`: a number in the service's palette.
enum ColorMapping: FieldMapping {
    static let field = EventField.color

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.color = row.string("colorId")
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("colorId", canonical(content.color), for: purpose)
    }

    static func canonicalize(_ content: inout EventContent) {
        content.color = canonical(content.color)
    }

    static func losses(_ content: EventContent) -> [String] {
        content.color != nil && canonical(content.color) == nil ? ["The service has numbered colours only."] : []
    }

    private static func canonical(_ color: String?) -> String? {
        color.flatMap { Int($0).map { (1...99).contains($0) } == true ? $0 : nil }
    }
}
