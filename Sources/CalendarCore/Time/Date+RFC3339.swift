package import Foundation

extension Date {
    /// Reads an RFC 3339 date-time with its offset, such as `2026-03-29T09:00:00.250+02:00`.
    ///
    /// A fraction of any length is truncated to milliseconds. Text without an offset names no instant and gives nil.
    package init?(rfc3339 text: String) {
        var text = text
        guard let date = text.withUTF8({ Date(rfc3339: $0) }) else { return nil }
        self = date
    }

    /// Reads an RFC 3339 date-time from bytes, without making a string.
    package init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes)
        guard let (reading, nanoseconds) = reader.dateTime(), let offset = reader.offset(), reader.isAtEnd else {
            return nil
        }
        let seconds = reading.secondsSinceEpoch - Int64(offset)
        self.init(millisecondsSinceEpoch: seconds * 1000 + Int64(nanoseconds / 1_000_000))
    }

    /// Reads an RFC 3339 date-time from a slice of bytes, without making a string.
    package init?(rfc3339 bytes: ArraySlice<UInt8>) {
        guard let date = bytes.withUnsafeBufferPointer({ Date(rfc3339: $0) }) else { return nil }
        self = date
    }

    /// The instant in UTC after RFC 3339, such as `2026-03-29T07:00:00Z`, with three digits of fraction when not whole.
    package var rfc3339Text: String {
        let seconds = secondsSinceEpoch
        let milliseconds = Int(millisecondsSinceEpoch - seconds * 1000)
        var text = ASCIIWriter()
        text.append(CivilDateTime(secondsSinceEpoch: seconds))
        if milliseconds > 0 {
            text.append(byte: UInt8(ascii: "."))
            text.append(milliseconds, digits: 3)
        }
        text.append(byte: UInt8(ascii: "Z"))
        return text.text
    }
}
