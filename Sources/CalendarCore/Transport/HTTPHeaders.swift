/// The header fields of a request or response; names compare without case (RFC 9110 section 5.1).
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private var fields: [Field] = []

    private struct Field: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// Creates an empty set of fields.
    public init() {}

    /// Creates fields from a literal; a repeated name keeps the last value.
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { self[name] = value }
    }

    /// The value of a field, found without regard to case; setting nil removes it.
    public subscript(_ name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            let index = fields.firstIndex { Self.same($0.name, name) }
            switch (index, newValue) {
            case (let index?, let value?): fields[index].value = value
            case (let index?, nil): fields.remove(at: index)
            case (nil, let value?): fields.append(Field(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The names in the order they were set.
    public var names: [String] { fields.map(\.name) }

    private static func same(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.lowercased() == right.lowercased()
    }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names only: values may be secrets.
    public var description: String { "[\(names.joined(separator: ", "))]" }

    /// The names only.
    public var debugDescription: String { description }

    /// A mirror without the values.
    public var customMirror: Mirror { Mirror(self, children: ["names": names]) }
}
