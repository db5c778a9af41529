/// The reason why bytes are not a JSON document, and where.
///
/// Carries positions only, never content, so that an error can be logged whatever the document held.
package enum JSONError: Error, Hashable, Sendable {
    /// The document ended inside a value.
    case unexpectedEnd(offset: Int)
    /// A byte that cannot stand where it stands.
    case unexpectedByte(offset: Int)
    /// A number outside the grammar of RFC 8259 section 6, such as `01`, `1.` or `+1`.
    case invalidNumber(offset: Int)
    /// A backslash that starts no escape of RFC 8259 section 7.
    case invalidEscape(offset: Int)
    /// A `\u` escape of half a surrogate pair.
    case loneSurrogate(offset: Int)
    /// A control character (below U+0020) written into a string without an escape.
    case controlCharacter(offset: Int)
    /// Bytes in a string that are not UTF-8.
    case invalidUTF8(offset: Int)
    /// More than ``JSONDocument/depthLimit`` arrays and objects inside each other.
    case tooDeep(offset: Int)
    /// Something other than white space after the value.
    case trailingContent(offset: Int)
    /// More bytes than the reader can address (4 GiB).
    case tooLarge(offset: Int)

    /// The position of the fault, in bytes from the start of the document.
    package var offset: Int {
        switch self {
        case .unexpectedEnd(let offset), .unexpectedByte(let offset), .invalidNumber(let offset),
            .invalidEscape(let offset), .loneSurrogate(let offset), .controlCharacter(let offset),
            .invalidUTF8(let offset), .tooDeep(let offset), .trailingContent(let offset), .tooLarge(let offset):
            offset
        }
    }

    /// The fault in a few words, without any content of the document.
    package var reason: String {
        switch self {
        case .unexpectedEnd: "unexpected end of document"
        case .unexpectedByte: "unexpected byte"
        case .invalidNumber: "invalid number"
        case .invalidEscape: "invalid escape"
        case .loneSurrogate: "lone surrogate"
        case .controlCharacter: "unescaped control character"
        case .invalidUTF8: "invalid UTF-8"
        case .tooDeep: "nested too deeply"
        case .trailingContent: "content after the document"
        case .tooLarge: "document too large"
        }
    }
}

extension JSONError: CustomStringConvertible {
    package var description: String { "JSON: \(reason) at byte \(offset)" }
}
