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
    package var kind: Kind {
        switch node.kind {
        case .object: .object
        case .array: .array
        case .string, .escapedString: .string
        case .integer, .decimal: .number
        case .true, .false: .bool
        case .null: .null
        }
    }

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
        let object = node
        guard object.kind == .object else { return nil }
        var found: Int?
        var keyIndex = index + 1
        while keyIndex < Int(object.next) {
            if document.isKey(at: keyIndex, key) { found = keyIndex + 1 }
            keyIndex = Int(document.tape[keyIndex + 1].next)
        }
        return found.map { JSONValue(document: document, index: $0) }
    }
}

extension JSONDocument {
    /// Tells whether the string at an index has these contents.
    fileprivate func isKey(at index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let node = tape[index]
        let contents = Int(node.start) + 1..<Int(node.end) - 1
        if node.kind == .escapedString {
            return JSONEscape.unescaped(bytes[contents]).elementsEqual(key)
        }
        guard contents.count == key.count else { return false }
        for offset in 0..<key.count where bytes[contents.lowerBound + offset] != key[offset] { return false }
        return true
    }
}
