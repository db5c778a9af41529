extension RecurrenceRule: CustomStringConvertible {
    /// The rule in canonical form, without `RRULE:`; parsing it gives the rule again.
    ///
    /// Parts that say what holds anyway (INTERVAL=1, WKST=MO) are left out.
    public var description: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        if let count { parts.append("COUNT=\(count)") }
        if let until { parts.append("UNTIL=\(until)") }
        for (name, values) in [
            ("BYMONTH", byMonth), ("BYWEEKNO", byWeekNumber), ("BYYEARDAY", byYearDay), ("BYMONTHDAY", byMonthDay),
        ] where !values.isEmpty {
            parts.append(Self.part(name, values))
        }
        if !byDay.isEmpty { parts.append("BYDAY=" + byDay.map(\.description).joined(separator: ",")) }
        for (name, values) in [
            ("BYHOUR", byHour), ("BYMINUTE", byMinute), ("BYSECOND", bySecond), ("BYSETPOS", bySetPosition),
        ] where !values.isEmpty {
            parts.append(Self.part(name, values))
        }
        if weekStart != .monday { parts.append("WKST=\(weekStart.iCalendarCode)") }
        return parts.joined(separator: ";")
    }

    private static func part(_ name: String, _ values: [Int]) -> String {
        "\(name)=" + values.map(String.init).joined(separator: ",")
    }
}

extension RecurrenceRule.Until: CustomStringConvertible {
    /// The value of UNTIL, such as `20260329T070000Z`.
    public var description: String {
        switch self {
        case .date(let date): date.basicText
        case .utc(let reading): reading.basicText + "Z"
        case .local(let reading): reading.basicText
        }
    }
}

extension RecurrenceRule.NthWeekday: CustomStringConvertible {
    /// A value of BYDAY, such as `MO` or `-1FR`.
    public var description: String {
        (ordinal.map(String.init) ?? "") + weekday.iCalendarCode
    }
}

extension RecurrenceRule: Codable {
    /// Decodes a rule from its iCalendar text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = try RecurrenceRule(parsing: try container.decode(String.self))
        } catch let error as RecurrenceError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Encodes the rule as its iCalendar text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
