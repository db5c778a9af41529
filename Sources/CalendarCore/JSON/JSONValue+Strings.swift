extension JSONValue {
    /// The contents of a string without its escapes.
    package var string: String? {
        withUTF8Contents { String(decoding: $0, as: UTF8.self) }
    }

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
