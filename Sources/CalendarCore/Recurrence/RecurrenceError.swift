/// What keeps a recurrence from being read or expanded, naming the part at fault.
///
/// A part is a rule part such as `BYDAY`, or the name of a line such as `EXDATE`.
public enum RecurrenceError: Error, Hashable, Sendable, Codable {
    /// A required part is absent.
    case missing(String)

    /// A part occurs twice.
    case repeated(String)

    /// The text is not a known part or line.
    case unknown(String)

    /// The value of a part cannot be read.
    case malformed(String)

    /// A value lies outside what RFC 5545 section 3.3.10 allows for its part.
    case outOfRange(String)

    /// A part does not go with another part of the rule.
    case notAllowed(String, with: String)

    /// The part is well formed, but it is not expanded.
    case unsupported(String)
}

extension RecurrenceError: CustomStringConvertible {
    /// One plain sentence.
    public var description: String {
        switch self {
        case .missing(let part): "\(part) is missing."
        case .repeated(let part): "\(part) occurs twice."
        case .unknown(let part): "\(part) is not known."
        case .malformed(let part): "The value of \(part) cannot be read."
        case .outOfRange(let part): "A value of \(part) is out of range."
        case .notAllowed(let part, let other): "\(part) does not go with \(other)."
        case .unsupported(let part): "\(part) is not supported."
        }
    }
}
