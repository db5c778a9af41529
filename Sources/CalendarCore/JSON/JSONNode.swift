/// A JSON value that can be changed.
///
/// For what keeps documents as its state; reading a service's answers is the part of ``JSONDocument``. Equality
/// regards the order of members, and tells `1` from `1.0`.
package indirect enum JSONNode: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSONNode])
    case object(JSONObject)
}

extension JSONNode {
    /// The member of an object with a key; nil when there is none or this is no object.
    ///
    /// Setting replaces the value where the member stands, or appends a member; setting nil removes it. Setting a
    /// member on something that is no object makes it an object first, and setting nil there changes nothing.
    package subscript(key: String) -> JSONNode? {
        get { object?[key] }
        set {
            guard var members = object ?? (newValue == nil ? nil : JSONObject()) else { return }
            self = .null
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The element of an array, which must have one at this position.
    package subscript(position: Int) -> JSONNode {
        get {
            guard case .array(let elements) = self else { preconditionFailure("not an array") }
            return elements[position]
        }
        set {
            guard case .array(var elements) = self else { preconditionFailure("not an array") }
            self = .null
            elements[position] = newValue
            self = .array(elements)
        }
    }

    /// The members, when this is an object.
    package var object: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The elements of an array; empty when this is no array.
    package var elements: [JSONNode] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The contents, when this is a string.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The value, when this is an integer.
    package var int: Int? {
        if case .int(let value) = self { value } else { nil }
    }

    /// The value, when this is a number.
    package var double: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// The value, when this is `true` or `false`.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// A Boolean value that tells whether this is `null`.
    package var isNull: Bool { self == .null }
}
