/// The members of an object, in order and with duplicates; empty for a value of another kind.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var position: Int
    let end: Int

    package mutating func next() -> (key: String, value: JSONValue)? {
        guard position < end else { return nil }
        let key = JSONValue(document: document, index: position)
        let value = JSONValue(document: document, index: position + 1)
        position = Int(value.node.next)
        return (key.string ?? "", value)
    }
}

extension JSONValue {
    /// The members of an object, in order and with duplicates; empty when this is no object.
    package var members: JSONMembers {
        let end = node.kind == .object ? Int(node.next) : index + 1
        return JSONMembers(document: document, position: index + 1, end: end)
    }
}
