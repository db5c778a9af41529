import CalendarCore
import Foundation

/// Why a control request is not carried out.
package struct ControlRefusal: Error, Equatable, Sendable {
    package let status: Int
    /// The field that is wrong, dotted below another one; nil when the request as a whole is.
    package let field: String?
    package let message: String

    /// The refusal of one field.
    package init(_ field: String, _ message: String) {
        (status, self.field, self.message) = (400, field, message)
    }

    /// The refusal of a whole request.
    package init(status: Int, _ message: String) {
        (self.status, field, self.message) = (status, nil, message)
    }

    /// The refusal of a body that cannot be decoded, or of what a simulator refuses.
    init(_ error: any Error) {
        switch error {
        case let refusal as ControlRefusal: self = refusal
        case let error as CalendarError: self.init(error.field ?? "request", error.message)
        case DecodingError.keyNotFound(let key, let context): self.init(Self.path(context, key), "is missing")
        case DecodingError.valueNotFound(_, let context): self.init(Self.path(context), "is missing")
        case DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty,
            DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            self.init(Self.path(context), "is of the wrong kind")
        default: self.init(status: 400, "the body is no JSON object")
        }
    }

    private static func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
        (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
    }
}
