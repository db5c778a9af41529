/// A part of a day on the wall clock, in minutes since midnight.
public struct MinuteRange: Hashable, Sendable {
    /// The first minute, 0 to 1439.
    public let start: Int
    /// The end, exclusive, 1 to 1440; 1440 is midnight at the end of the day.
    public let end: Int

    /// Creates a range from minutes since midnight.
    ///
    /// - Parameters:
    ///   - start: The first minute.
    ///   - end: The minute after the last one, after `start` and at most 1440.
    /// - Throws: `CalendarError.invalidArgument` naming `start` or `end`.
    public init(start: Int, end: Int) throws(CalendarError) {
        guard (0..<1440).contains(start) else {
            throw .invalidArgument("start", "A range of working hours starts at a minute from 0 to 1439.")
        }
        guard end > start, end <= 1440 else {
            throw .invalidArgument("end", "A range of working hours ends after its start and at minute 1440 or before.")
        }
        self.start = start
        self.end = end
    }

    /// Creates a range from two times of day such as `09:00` and `17:30`; `24:00` ends a day.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming `from` or `to`.
    public init(from: String, to: String) throws(CalendarError) {
        guard let start = Self.minute(from), start < 1440 else {
            throw .invalidArgument("from", "The start of working hours is a time of day such as 09:00.")
        }
        guard let end = Self.minute(to), end > start else {
            throw .invalidArgument("to", "The end of working hours is a later time of the day such as 17:00.")
        }
        try self.init(start: start, end: end)
    }

    /// Reads `HH:MM` from 00:00 to 24:00.
    private static func minute(_ text: String) -> Int? {
        var text = text
        return text.withUTF8 { bytes in
            var reader = DigitReader(bytes)
            guard let hour = reader.number(digits: 2), reader.skip(":"), let minute = reader.number(digits: 2),
                reader.isAtEnd, minute <= 59, hour * 60 + minute <= 1440
            else { return nil }
            return hour * 60 + minute
        }
    }
}

extension MinuteRange: CustomStringConvertible {
    /// Both ends on a 24-hour clock, such as `09:00-17:00`.
    public var description: String {
        var text = ASCIIWriter()
        text.append(start / 60, digits: 2)
        text.append(byte: UInt8(ascii: ":"))
        text.append(start % 60, digits: 2)
        text.append(byte: UInt8(ascii: "-"))
        text.append(end / 60, digits: 2)
        text.append(byte: UInt8(ascii: ":"))
        text.append(end % 60, digits: 2)
        return text.text
    }
}

extension MinuteRange: Codable {
    private enum CodingKeys: String, CodingKey {
        case start
        case end
    }

    /// Decodes both minutes and checks them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            start: try container.decode(Int.self, forKey: .start),
            end: try container.decode(Int.self, forKey: .end)
        )
    }

    /// Encodes both minutes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
    }
}
