import CalendarCore

/// `visibility`: absent means default, and `confidential` is a second name of `private`.
enum VisibilityMapping: FieldMapping {
    static let field = EventField.visibility

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.visibility = row.string("visibility").map { EventVisibility(rawValue: $0) } ?? .standard
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("visibility", canonical(content.visibility).rawValue)
    }

    static func canonicalize(_ content: inout EventContent) {
        content.visibility = canonical(content.visibility)
    }

    static func losses(_ content: EventContent) -> [String] {
        switch content.visibility {
        case .personal: ["Personal is written as private."]
        case .confidential: ["Confidential is the same as private."]
        default: []
        }
    }

    private static func canonical(_ visibility: EventVisibility) -> EventVisibility {
        visibility == .personal || visibility == .confidential ? .private : visibility
    }
}
