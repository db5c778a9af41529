package import Foundation

extension JSONNode {
    /// Reads a document.
    package init(_ bytes: [UInt8]) throws(JSONError) {
        self.init(try JSONDocument(bytes).root)
    }

    /// Copies a value out of its document.
    ///
    /// A number without fraction and exponent is an integer when it fits, every other number a double; one that is too
    /// large for a double becomes `null`. Of members with one key the last one counts.
    package init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool ?? false)
        case .string: self = .string(value.string ?? "")
        case .number:
            if value.node.kind == .integer, let int = value.int {
                self = .int(int)
            } else {
                self = value.double.map { .double($0) } ?? .null
            }
        case .array: self = .array(value.elements.map { JSONNode($0) })
        case .object: self = .object(JSONObject(value.members.lazy.map { (key: $0.key, value: JSONNode($0.value)) }))
        }
    }

    /// The document, without white space and with members in order; a double without a value in JSON is `null`.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.element(self)
        return writer.bytes
    }

    /// The document as `Data`; see ``bytes``.
    package var data: Data { Data(bytes) }
}

extension JSONWriter {
    /// Writes a value as the document or as an element.
    package mutating func element(_ node: JSONNode) {
        switch node {
        case .null: nullElement()
        case .bool(let value): element(value)
        case .int(let value): element(value)
        case .double(let value): element(value)
        case .string(let value): element(value)
        case .array(let elements):
            array { writer in
                for value in elements { writer.element(value) }
            }
        case .object(let object):
            self.object { writer in
                for member in object.members {
                    writer.key(member.key)
                    writer.element(member.value)
                }
            }
        }
    }

    /// Writes a value of any kind.
    package mutating func field(_ key: StaticString, _ value: JSONNode) {
        self.key(key)
        element(value)
    }
}
