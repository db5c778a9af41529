/// A forward reader over ASCII bytes for the fixed-width numbers of dates and times.
///
/// It keeps a pointer, so it lives only inside the closure that lent the bytes.
package struct DigitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    package var isAtEnd: Bool { position == bytes.count }

    package var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Reads exactly so many digits.
    package mutating func number(digits: Int) -> Int? {
        guard bytes.count - position >= digits else { return nil }
        var value = 0
        for index in position..<(position + digits) {
            let digit = bytes[index] &- 48
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        position += digits
        return value
    }

    /// Steps over a byte when it comes next.
    package mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    /// Reads `2026-03-29` or `20260329`.
    package mutating func date() -> CivilDate? {
        dateAndForm()?.date
    }

    private mutating func dateAndForm() -> (date: CivilDate, isExtended: Bool)? {
        guard let year = number(digits: 4) else { return nil }
        let isExtended = skip("-")
        guard let month = number(digits: 2), !isExtended || skip("-"), let day = number(digits: 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return (date, isExtended)
    }

    /// Reads a date-time in either form, with nanoseconds when it has a fraction.
    package mutating func dateTime() -> (reading: CivilDateTime, nanoseconds: Int)? {
        guard let (date, isExtended) = dateAndForm(), skip("T") || skip("t") || (isExtended && skip(" ")),
            let hour = number(digits: 2), !isExtended || skip(":"), let minute = number(digits: 2)
        else { return nil }
        var second = 0
        if isExtended ? skip(":") : (next.map { (48...57).contains($0) } ?? false) {
            guard let read = number(digits: 2), read <= 60 else { return nil }
            second = min(read, 59)
        }
        guard let nanoseconds = fraction(),
            let reading = CivilDateTime(date: date, hour: hour, minute: minute, second: second)
        else { return nil }
        return (reading, nanoseconds)
    }

    /// Reads an optional fraction as nanoseconds; digits after the ninth are dropped.
    private mutating func fraction() -> Int? {
        guard skip(".") || skip(",") else { return 0 }
        var value = 0
        var scale = 1_000_000_000
        var count = 0
        while let digit = number(digits: 1) {
            count += 1
            guard scale > 1 else { continue }
            scale /= 10
            value += digit * scale
        }
        return count > 0 ? value : nil
    }

    /// Reads `Z` or a numeric offset in seconds, such as `+05:30`.
    package mutating func offset() -> Int? {
        if skip("Z") || skip("z") { return 0 }
        let isNegative = skip("-")
        guard isNegative || skip("+"), let hours = number(digits: 2) else { return nil }
        _ = skip(":")
        guard let minutes = number(digits: 2), hours <= 23, minutes <= 59 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return isNegative ? -seconds : seconds
    }
}
