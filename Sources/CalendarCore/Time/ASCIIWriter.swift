/// Collects the ASCII text of dates and times.
package struct ASCIIWriter {
    private(set) var bytes: [UInt8] = []

    package init() {
        bytes.reserveCapacity(24)
    }

    /// The text so far.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    /// Appends a non-negative number with leading zeros.
    package mutating func append(_ number: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<max(digits, 1) { divisor *= 10 }
        while divisor > 0 {
            bytes.append(48 + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }

    /// Appends a day in extended form.
    package mutating func append(_ date: CivilDate) {
        append(date.year, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        append(date.month, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        append(date.day, digits: 2)
    }

    /// Appends a reading in extended form.
    package mutating func append(_ reading: CivilDateTime) {
        append(reading.date)
        bytes.append(UInt8(ascii: "T"))
        append(reading.hour, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(reading.minute, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(reading.second, digits: 2)
    }
}
