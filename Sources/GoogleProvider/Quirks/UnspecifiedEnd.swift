import CalendarCore

/// An event without `end` that says `"endTimeUnspecified":true`; the documentation promises an end in every case.
enum UnspecifiedEnd {
    /// The end: the day after for a day, the start itself for a time.
    static func end(after start: EventTime, in row: JSONValue) throws(UnreadableField) -> EventTime {
        guard row["endTimeUnspecified"]?.bool == true else { throw .missing("end") }
        return switch start {
        case .day(let date): .day(date.adding(days: 1))
        case .zoned: start
        }
    }
}
