/// The escapes of strings (RFC 8259 section 7), both ways.
enum JSONEscape {
    /// The value of a hexadecimal digit of either case.
    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The contents of a string without its escapes, as UTF-8.
    ///
    /// The contents are those between the quotes of a string that was found valid; escapes of others are dropped.
    static func unescaped(_ contents: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(contents.count)
        var rest = contents
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard let name = rest.popFirst() else { break }
            switch name {
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                if let scalar = popScalar(&rest) { result.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            default: result.append(name)
            }
        }
        return result
    }

    /// Takes the digits of a `\u` escape, and a second escape when the first is the leading half of a pair.
    private static func popScalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard let unit = popHexQuad(&rest) else { return nil }
        guard 0xD800..<0xDC00 ~= unit else { return Unicode.Scalar(unit) }
        rest = rest.dropFirst(2)
        guard let trail = popHexQuad(&rest), 0xDC00..<0xE000 ~= trail else { return nil }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (trail - 0xDC00))
    }

    private static func popHexQuad(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = rest.popFirst(), let digit = hexValue(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    /// Appends a string with its quotes.
    ///
    /// Only what RFC 8259 requires is escaped: quote, backslash and the characters below U+0020. Everything else,
    /// U+2028 and U+2029 included, stays as it is.
    static func append(_ string: String, to bytes: inout [UInt8]) {
        var string = string
        bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { contents in
            if needsEscapes(contents) {
                for byte in contents { appendEscaped(byte, to: &bytes) }
            } else {
                bytes.append(contentsOf: contents)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether any byte needs an escape, eight at a time.
    private static func needsEscapes(_ contents: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = UnsafeRawPointer(contents.baseAddress) else { return false }
        var position = 0
        while position + 8 <= contents.count {
            let word = base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            if JSONTapeBuilder.marks(of: word) != 0 { return true }
            position += 8
        }
        return contents[position...].contains(where: needsEscape)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscaped(_ byte: UInt8, to bytes: inout [UInt8]) {
        guard needsEscape(byte) else {
            bytes.append(byte)
            return
        }
        switch byte {
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x00..<0x20:
            let hexDigits: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(hexDigits.utf8Start[Int(byte >> 4)])
            bytes.append(hexDigits.utf8Start[Int(byte & 0x0F)])
        default:
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        }
    }
}
