import CalendarCore

/// Reads the writable fields of a body: what is not known is ignored, what has the wrong type is refused.
///
/// A field that is `null` counts as given, so that a patch can take a value away.
struct GoogleBody {
    private let node: JSONNode

    init(_ node: JSONNode) {
        self.node = node
    }

    /// Whether the body says anything about a field.
    func has(_ key: String) -> Bool { node[key] != nil }

    /// A text; nil when absent or `null`.
    func text(_ key: String) throws(GoogleRefusal) -> String? {
        guard let value = node[key], !value.isNull else { return nil }
        guard let text = value.string else { throw .invalid("Invalid value for: \(key)") }
        return text
    }

    /// A truth value; nil when absent or `null`.
    func flag(_ key: String) throws(GoogleRefusal) -> Bool? {
        guard let value = node[key], !value.isNull else { return nil }
        guard let flag = value.bool else { throw .invalid("Invalid value for: \(key)") }
        return flag
    }

    /// A whole number; nil when absent or `null`.
    func number(_ key: String) throws(GoogleRefusal) -> Int? {
        guard let value = node[key], !value.isNull else { return nil }
        guard let number = value.int else { throw .invalid("Invalid value for: \(key)") }
        return number
    }

    /// An object; nil when absent or `null`.
    func object(_ key: String) throws(GoogleRefusal) -> GoogleBody? {
        guard let value = node[key], !value.isNull else { return nil }
        guard value.object != nil else { throw .invalid("Invalid value for: \(key)") }
        return GoogleBody(value)
    }

    /// A list of objects; nil when absent or `null`.
    func list(_ key: String) throws(GoogleRefusal) -> [GoogleBody]? {
        guard let value = node[key], !value.isNull else { return nil }
        guard case .array(let elements) = value, elements.allSatisfy({ $0.object != nil }) else {
            throw .invalid("Invalid value for: \(key)")
        }
        return elements.map(GoogleBody.init)
    }

    /// A word out of a few; nil when absent or `null`.
    func word(_ key: String, in words: [String]) throws(GoogleRefusal) -> String? {
        guard let text = try text(key) else { return nil }
        guard words.contains(text) else { throw .invalid("Invalid value for: \(text) is not a valid value") }
        return text
    }

    /// A text that must be there.
    func required(_ key: String) throws(GoogleRefusal) -> String {
        guard let text = try text(key), !text.isEmpty else { throw .required("Missing \(key).") }
        return text
    }
}
