extension JSONValue {
    /// The contents of a string without its escapes.
    package var string: String? { document.string(at: index) }

    /// The contents of a string without its escapes, as UTF-8.
    ///
    /// A slice of the document when the string has no escapes, a new array when it has.
    package var stringBytes: ArraySlice<UInt8>? {
        let node = node
        switch node.kind {
        case .string: return contents(of: node)
        case .escapedString: return JSONEscape.unescaped(contents(of: node))[...]
        default: return nil
        }
    }

    /// Calls a function with the contents of a string, without its escapes, as UTF-8; nil when this is no string.
    ///
    /// The buffer is valid during the call only.
    package func withUTF8Contents<Output, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Output
    ) throws(Failure) -> Output? {
        guard let contents = stringBytes else { return nil }
        return try contents.withUnsafeBufferPointer(body)
    }

    private func contents(of node: JSONTapeNode) -> ArraySlice<UInt8> {
        document.bytes[Int(node.start) + 1..<Int(node.end) - 1]
    }
}

extension JSONDocument {
    /// The contents of a string without its escapes; nil where the node is none.
    func string(at index: Int) -> String? {
        let node = tape[index]
        switch node.kind {
        case .string:
            return bytes.withUnsafeBufferPointer { bytes in
                String(
                    decoding: UnsafeBufferPointer(rebasing: bytes[Int(node.start) + 1..<Int(node.end) - 1]),
                    as: UTF8.self
                )
            }
        case .escapedString:
            return String(decoding: JSONEscape.unescaped(bytes[Int(node.start) + 1..<Int(node.end) - 1]), as: UTF8.self)
        default: return nil
        }
    }
}
