import CalendarCore
import Foundation

/// A `dateTime` without `timeZone` beside it, as older single events have: `"start":{"dateTime":"…T10:00:00+02:00"}`.
enum MissingZone {
    /// The calendar's zone when the offset fits it at that time, else the offset itself.
    static func zone(of text: String, at date: Date, calendarZone: EventZone?) -> EventZone {
        guard let offset = offset(text, at: date) else { return calendarZone ?? .utc }
        if let calendarZone, calendarZone.offset(at: date) == offset { return calendarZone }
        return offset == 0 ? .utc : EventZone("GMT" + OffsetText.text(seconds: offset))
    }

    /// The offset that was rendered: the reading taken as UTC, minus the instant.
    private static func offset(_ text: String, at date: Date) -> Int? {
        guard let reading = CivilDateTime(String(text.prefix(19))) else { return nil }
        return Int(reading.secondsSinceEpoch) - Int(date.timeIntervalSince1970.rounded(.down))
    }
}
