extension JSONTapeBuilder {
    /// Reads the string whose opening quote is at the position (RFC 8259 section 7).
    mutating func readString() throws(JSONError) {
        let start = position
        var kind = JSONTapeNode.Kind.string
        position += 1
        while true {
            skipPlainASCII()
            guard position < input.count else { throw .unexpectedEnd(offset: position) }
            switch input[position] {
            case UInt8(ascii: "\""):
                position += 1
                append(kind, from: start)
                return
            case UInt8(ascii: "\\"):
                kind = .escapedString
                try skipEscape()
            case 0x00..<0x20:
                throw .controlCharacter(offset: position)
            case 0x80...:
                try skipMultibyteScalar()
            default:
                position += 1
            }
        }
    }

    /// Skips eight bytes at a time while none of them is a quote, a backslash, a control character or not ASCII; the
    /// last ones are left to the caller.
    private mutating func skipPlainASCII() {
        guard let base = UnsafeRawPointer(input.baseAddress) else { return }
        while position + 8 <= input.count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            // A borrow can only mark a byte above one that is marked rightly, and the lowest mark is the one used.
            let marks = Self.marks(of: word) | (word & 0x8080_8080_8080_8080)
            guard marks == 0 else {
                position += marks.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
    }

    /// Marks the bytes of a word that are a quote, a backslash or a control character; none of a word without them.
    ///
    /// The lowest mark is right; one above it may stand at a byte that is none of these.
    static func marks(of word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let control = (word &- ones &* 0x20) & ~word
        return (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control) & 0x8080_8080_8080_8080
    }

    private mutating func skipEscape() throws(JSONError) {
        let start = position
        guard start + 1 < input.count else { throw .unexpectedEnd(offset: input.count) }
        switch input[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            position += 2
            switch try readHexQuad(of: start) {
            case 0xD800..<0xDC00:
                guard position + 1 < input.count else { throw .unexpectedEnd(offset: input.count) }
                guard input[position] == UInt8(ascii: "\\"), input[position + 1] == UInt8(ascii: "u") else {
                    throw .loneSurrogate(offset: start)
                }
                position += 2
                guard 0xDC00..<0xE000 ~= (try readHexQuad(of: position - 2)) else {
                    throw .loneSurrogate(offset: start)
                }
            case 0xDC00..<0xE000:
                throw .loneSurrogate(offset: start)
            default:
                break
            }
        default:
            throw .invalidEscape(offset: start)
        }
    }

    private mutating func readHexQuad(of escape: Int) throws(JSONError) -> UInt32 {
        guard position + 4 <= input.count else { throw .unexpectedEnd(offset: input.count) }
        var unit: UInt32 = 0
        for offset in 0..<4 {
            guard let digit = JSONEscape.hexValue(input[position + offset]) else {
                throw .invalidEscape(offset: escape)
            }
            unit = unit << 4 | digit
        }
        position += 4
        return unit
    }

    /// Skips one scalar of two to four bytes: the well-formed sequences of the Unicode Standard, table 3-7, thus no
    /// overlong forms, no surrogates and nothing above U+10FFFF.
    private mutating func skipMultibyteScalar() throws(JSONError) {
        let start = position
        let length: Int
        let second: ClosedRange<UInt8>
        switch input[start] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw .invalidUTF8(offset: start)
        }
        guard start + length <= input.count, second.contains(input[start + 1]) else {
            throw .invalidUTF8(offset: start)
        }
        for offset in 2..<max(length, 2) where input[start + offset] & 0xC0 != 0x80 {
            throw .invalidUTF8(offset: start)
        }
        position += length
    }
}
