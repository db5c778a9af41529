import CalendarCore

/// An event without `end`, mostly one that says `"endTimeUnspecified":true`; the documentation promises an end.
enum UnspecifiedEnd {
    /// The end that RFC 5545 section 3.6.1 gives such events: the day after for a day, the start itself for a time.
    static func end(after start: EventTime) -> EventTime {
        switch start {
        case .day(let date): .day(date.adding(days: 1))
        case .zoned: start
        }
    }

    /// Whether a value is no end: not there, `null`, or without a day and a time.
    static func isPresent(in value: JSONValue?) -> Bool {
        guard let value, !value.isNull else { return true }
        guard value.kind == .object else { return false }
        return [value["date"], value["dateTime"]].allSatisfy { $0?.isNull ?? true }
    }
}
