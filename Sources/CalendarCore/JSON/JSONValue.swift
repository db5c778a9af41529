/// One value of a document.
///
/// Every reader gives nil when the value is of another kind, so that one unexpected field costs that field only.
package struct JSONValue: Sendable {
    /// The kinds of values of RFC 8259 section 3, with `true` and `false` as one.
    package enum Kind: Hashable, Sendable {
        case object, array, string, number, bool, null
    }

    let document: JSONDocument
    let index: Int

    var node: JSONTapeNode { document.tape[index] }

    /// The kind of the value.
    package var kind: Kind { node.kind.jsonKind }

    /// The bytes of the value as they stand in the document, a string with its quotes.
    package var bytes: ArraySlice<UInt8> {
        let node = node
        return document.bytes[Int(node.start)..<Int(node.end)]
    }

    /// A Boolean value that tells whether this is `null`.
    package var isNull: Bool { node.kind == .null }

    /// The value of `true` or `false`.
    package var bool: Bool? {
        switch node.kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// The member of an object with a key, the last one when the key occurs more than once.
    ///
    /// Keys are compared byte by byte, without Unicode normalisation. Linear in the number of members.
    package subscript(_ key: StaticString) -> JSONValue? {
        guard key.hasPointerRepresentation else { return self[key.description] }
        return member(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    }

    /// The member of an object with a key, the last one when the key occurs more than once.
    ///
    /// Keys are compared byte by byte, without Unicode normalisation. Linear in the number of members.
    package subscript(_ key: String) -> JSONValue? {
        var key = key
        return key.withUTF8 { member($0) }
    }

    private func member(_ key: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        document.member(key, ofObjectAt: index).map { JSONValue(document: document, index: $0) }
    }
}

extension JSONDocument {
    /// The index of a member's value; every field of every event is looked for here, so nothing but bytes is touched.
    fileprivate func member(_ key: UnsafeBufferPointer<UInt8>, ofObjectAt index: Int) -> Int? {
        tape.withUnsafeBufferPointer { tape in
            let object = tape[index]
            guard object.kind == .object else { return nil }
            return bytes.withUnsafeBufferPointer { bytes in
                var found: Int?
                var position = index + 1
                while position < Int(object.next) {
                    if tape[position].isString(key, in: bytes) { found = position + 1 }
                    position = Int(tape[position + 1].next)
                }
                return found
            }
        }
    }
}

extension JSONTapeNode.Kind {
    /// The kind of value that RFC 8259 knows.
    var jsonKind: JSONValue.Kind {
        switch self {
        case .object: .object
        case .array: .array
        case .string, .escapedString: .string
        case .integer, .decimal: .number
        case .true, .false: .bool
        case .null: .null
        }
    }
}

extension JSONTapeNode {
    /// Tells whether a string has these contents.
    func isString(_ contents: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let (first, last) = (Int(start) + 1, Int(end) - 1)
        if kind == .escapedString {
            return JSONEscape.unescaped(ArraySlice(bytes[first..<last])).elementsEqual(contents)
        }
        guard last - first == contents.count else { return false }
        for offset in 0..<contents.count where bytes[first + offset] != contents[offset] { return false }
        return true
    }
}
