import CalendarCore

/// One field of an event, in both directions.
///
/// `canonicalize` brings the neutral value into the form in which the service would return it, and is idempotent;
/// `losses` says in which respects that is less than what was asked for.
protocol FieldMapping: SendableMetatype {
    static var field: EventField { get }

    /// Reads the field; anything but the times may be absent or of a wrong type.
    static func read(_ row: JSONRow, into content: inout EventContent)

    /// Writes the field as the service wants it.
    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter)

    static func canonicalize(_ content: inout EventContent)

    static func losses(_ content: EventContent) -> [String]
}

extension FieldMapping {
    static func losses(_ content: EventContent) -> [String] { [] }
}

/// What a body is written for.
enum WritePurpose {
    /// A new event: what is absent is left out.
    case insert(key: OperationID)
    /// A change: what is absent is removed with `null` (reference "Events: patch").
    case patch(EventUpdate)
}

extension JSONWriter {
    /// Writes a text, or what removes it.
    mutating func field(_ key: StaticString, _ value: String?, for purpose: WritePurpose) {
        switch (value, purpose) {
        case (let value?, _): field(key, value)
        case (nil, .patch): null(key)
        case (nil, .insert): break
        }
    }
}
