package import Foundation

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
    /// The members of an object that a condition keeps, as an object of the document's own bytes.
    ///
    /// - Parameter isKept: Asked with the key as it stands in the document, escapes included, and the value.
    /// - Returns: The object; empty bytes when no member is kept or this is no object.
    package func object(keeping isKept: (UnsafeBufferPointer<UInt8>, JSONValue) -> Bool) -> Data {
        let object = node
        guard object.kind == .object else { return Data() }
        var kept: [UInt8] = []
        document.bytes.withUnsafeBufferPointer { bytes in
            var position = index + 1
            while position < Int(object.next) {
                let key = document.tape[position]
                let value = JSONValue(document: document, index: position + 1)
                position = Int(value.node.next)
                let name = UnsafeBufferPointer(rebasing: bytes[Int(key.start) + 1..<Int(key.end) - 1])
                guard isKept(name, value) else { continue }
                kept.append(UInt8(ascii: kept.isEmpty ? "{" : ","))
                kept += UnsafeBufferPointer(rebasing: bytes[Int(key.start)..<Int(key.end)])
                kept.append(UInt8(ascii: ":"))
                kept += UnsafeBufferPointer(rebasing: bytes[Int(value.node.start)..<Int(value.node.end)])
            }
        }
        guard !kept.isEmpty else { return Data() }
        kept.append(UInt8(ascii: "}"))
        return Data(kept)
    }

    /// The members of an object, in order and with duplicates; empty when this is no object.
    package var members: JSONMembers {
        let end = node.kind == .object ? Int(node.next) : index + 1
        return JSONMembers(document: document, position: index + 1, end: end)
    }
}
