/// The name of a calendar service, open to services this SDK has never heard of.
///
/// Names are lower case; other spellings and the older name `outlook` are accepted when parsed (requirement M-09).
public struct ProviderID: Hashable, Comparable, Codable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name in lower case.
    public let rawValue: String

    /// Parses a name; `Outlook` and `OUTLOOK` name `microsoft`.
    public init(_ name: String) {
        let lowered = name.lowercased()
        rawValue = lowered == "outlook" ? "microsoft" : lowered
    }

    /// Parses a literal name.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Reads the name from a single string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the name as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The name in lower case.
    public var description: String { rawValue }

    /// Orders providers by name, for deterministic output.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}
