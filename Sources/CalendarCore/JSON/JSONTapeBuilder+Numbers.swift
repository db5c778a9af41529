extension JSONTapeBuilder {
    /// Reads the number at the position (RFC 8259 section 6).
    mutating func readNumber() throws(JSONError) {
        let start = position
        if input[position] == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        try skipDigits()
        guard position == firstDigit + 1 || input[firstDigit] != UInt8(ascii: "0") else {
            throw .invalidNumber(offset: start)
        }
        var kind = JSONTapeNode.Kind.integer
        if position < input.count, input[position] == UInt8(ascii: ".") {
            kind = .decimal
            position += 1
            try skipDigits()
        }
        if position < input.count, input[position] | 0x20 == UInt8(ascii: "e") {
            kind = .decimal
            position += 1
            if position < input.count, input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-") {
                position += 1
            }
            try skipDigits()
        }
        append(kind, from: start)
    }

    /// Skips one or more digits.
    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while position < input.count, input[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else {
            throw position < input.count ? .invalidNumber(offset: position) : .unexpectedEnd(offset: position)
        }
    }
}
