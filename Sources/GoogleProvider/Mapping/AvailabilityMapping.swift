import CalendarCore

/// `transparency`: opaque or transparent, absent means opaque.
enum AvailabilityMapping: FieldMapping {
    static let field = EventField.availability

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.availability =
            switch row.string("transparency") {
            case nil, "opaque": .busy
            case "transparent": .free
            case let word?: Availability(rawValue: word)
            }
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("transparency", content.availability.blocksTime ? "opaque" : "transparent")
    }

    static func canonicalize(_ content: inout EventContent) {
        content.availability = content.availability.blocksTime ? .busy : .free
    }

    static func losses(_ content: EventContent) -> [String] {
        guard content.availability != .busy, content.availability != .free else { return [] }
        return ["The service knows only busy and free."]
    }
}
