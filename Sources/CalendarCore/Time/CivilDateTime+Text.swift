extension CivilDateTime: CustomStringConvertible {
    /// The reading in ISO 8601 extended form, such as `2026-03-29T09:00:00`.
    public var description: String {
        var text = ASCIIWriter()
        text.append(self)
        return text.text
    }

    /// The reading in basic form, such as `20260329T090000`, as iCalendar writes it.
    package var basicText: String {
        var text = ASCIIWriter()
        text.append(date.year, digits: 4)
        text.append(date.month, digits: 2)
        text.append(date.day, digits: 2)
        text.append(byte: UInt8(ascii: "T"))
        text.append(hour, digits: 2)
        text.append(minute, digits: 2)
        text.append(second, digits: 2)
        return text.text
    }

    /// Reads a date-time in extended or basic form.
    ///
    /// A fraction of a second is dropped, second 60 is read as 59, and seconds may be absent. Text that carries an
    /// offset or `Z` is refused: it names an instant, not a wall-clock reading.
    public init?(_ text: String) {
        var text = text
        guard let reading = text.withUTF8({ CivilDateTime(utf8: $0) }) else { return nil }
        self = reading
    }

    /// Reads a date-time from bytes, without making a string.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes)
        guard let (reading, _) = reader.dateTime(), reader.isAtEnd else { return nil }
        self = reading
    }

    /// Reads a date-time from a slice of bytes, without making a string.
    package init?(utf8 bytes: ArraySlice<UInt8>) {
        guard let reading = bytes.withUnsafeBufferPointer({ CivilDateTime(utf8: $0) }) else { return nil }
        self = reading
    }
}

extension CivilDateTime: Codable {
    /// Decodes a reading from its ISO 8601 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let reading = CivilDateTime(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a wall-clock reading")
        }
        self = reading
    }

    /// Encodes the reading as its ISO 8601 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
