extension CivilDate: CustomStringConvertible {
    /// The day in ISO 8601 extended form, such as `2026-03-29`.
    public var description: String {
        var text = ASCIIWriter()
        text.append(self)
        return text.text
    }

    /// The day in basic form, such as `20260329`, as iCalendar writes it.
    package var basicText: String {
        var text = ASCIIWriter()
        text.append(year, digits: 4)
        text.append(month, digits: 2)
        text.append(day, digits: 2)
        return text.text
    }

    /// Reads a day in extended (`2026-03-29`) or basic (`20260329`) form, nothing before or after it.
    public init?(_ text: String) {
        var text = text
        guard let date = text.withUTF8({ CivilDate(utf8: $0) }) else { return nil }
        self = date
    }

    /// Reads a day from bytes, without making a string.
    package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var reader = DigitReader(bytes)
        guard let date = reader.date(), reader.isAtEnd else { return nil }
        self = date
    }

    /// Reads a day from a slice of bytes, without making a string.
    package init?(utf8 bytes: ArraySlice<UInt8>) {
        guard let date = bytes.withUnsafeBufferPointer({ CivilDate(utf8: $0) }) else { return nil }
        self = date
    }
}

extension CivilDate: Codable {
    /// Decodes a day from its ISO 8601 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CivilDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a calendar date")
        }
        self = date
    }

    /// Encodes the day as its ISO 8601 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
