extension JSONValue {
    /// The value of an integral number, however it is written (`1e2` is 100), when it fits.
    package var int: Int? {
        switch node.kind {
        case .integer: JSONNumber.integer(bytes)
        case .decimal: JSONNumber.integralDecimal(bytes)
        default: nil
        }
    }

    /// The value of an integral number, or of a string of digits with an optional minus sign.
    ///
    /// Google's services write 64-bit integers as strings: format `int64` in the API discovery document, type `string`.
    package var lenientInt: Int? {
        stringBytes.map { JSONNumber.integer($0) } ?? int
    }

    /// The nearest value of a number; nil when it is too large for one.
    package var double: Double? {
        switch node.kind {
        case .integer, .decimal:
            let value = Double(String(decoding: bytes, as: UTF8.self))
            return value.flatMap { $0.isFinite ? $0 : nil }
        default:
            return nil
        }
    }
}

/// Numbers from their digits, without rounding.
enum JSONNumber {
    /// The value of one or more digits with an optional minus sign; nil for anything else and beyond `Int`.
    static func integer(_ text: ArraySlice<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10, let next = appending(digit, to: value, isNegative: isNegative) else { return nil }
            value = next
        }
        return value
    }

    /// The value of a valid JSON number with fraction or exponent, when it is integral and fits.
    static func integralDecimal(_ text: ArraySlice<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        var value = 0
        var scale = 0
        var trailingZeros = 0
        var inFraction = false
        var rest = isNegative ? text.dropFirst() : text
        while let byte = rest.popFirst(), byte | 0x20 != UInt8(ascii: "e") {
            guard byte != UInt8(ascii: ".") else {
                inFraction = true
                continue
            }
            if inFraction { scale -= 1 }
            guard byte != UInt8(ascii: "0") else {
                trailingZeros += 1
                continue
            }
            // Zeros count only once another digit follows: `1.000` and `1000e-3` are one.
            for digit in [UInt8](repeating: 0, count: value == 0 ? 0 : trailingZeros) + [byte - UInt8(ascii: "0")] {
                guard let next = appending(digit, to: value, isNegative: isNegative) else { return nil }
                value = next
            }
            trailingZeros = 0
        }
        guard value != 0 else { return 0 }
        if rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard let exponent = rest.isEmpty ? 0 : integer(rest) else { return nil }
        let (partial, overflow) = exponent.addingReportingOverflow(scale + trailingZeros)
        guard !overflow, 0..<20 ~= partial else { return nil }
        for _ in 0..<partial {
            guard let next = appending(0, to: value, isNegative: isNegative) else { return nil }
            value = next
        }
        return value
    }

    private static func appending(_ digit: UInt8, to value: Int, isNegative: Bool) -> Int? {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow else { return nil }
        let (sum, carry) =
            isNegative
            ? product.subtractingReportingOverflow(Int(digit))
            : product.addingReportingOverflow(Int(digit))
        return carry ? nil : sum
    }
}
