/// Why a line, or what the options say, has no answer.
package struct LineFault: Error, Equatable, CustomStringConvertible {
    /// A few plain words, without a full stop.
    package let description: String

    package init(_ description: String) { self.description = description }

    /// The fault of a value that cannot be decoded, naming its field.
    init(_ error: any Error) {
        switch error {
        case let fault as LineFault: self = fault
        case DecodingError.keyNotFound(let key, _): self.init("\(key.stringValue) is missing")
        case DecodingError.valueNotFound(_, let context): self.init("\(Self.field(context)) is missing")
        case DecodingError.typeMismatch(_, let context): self.init("\(Self.field(context)) is of the wrong kind")
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            self.init("\(Self.field(context)) is of the wrong kind")
        default: self.init("the line is not JSON")
        }
    }

    /// The fault as an answer, with the line's own id when it has one.
    package func json(id: LineID?) -> String {
        (id.map { "{\"id\":\($0.json)," } ?? "{") + "\"error\":\(quoted(description))}"
    }

    private static func field(_ context: DecodingError.Context) -> String {
        context.codingPath.first?.stringValue ?? "the line"
    }
}
