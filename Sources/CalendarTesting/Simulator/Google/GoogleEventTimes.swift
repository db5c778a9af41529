import CalendarCore
import Foundation

/// How the service reads and prints the times of events (reference: EventDateTime).
enum GoogleEventTimes {
    /// Reads `start` or `end`.
    ///
    /// - Parameters:
    ///   - node: The EventDateTime.
    ///   - name: `start` or `end`, for messages.
    ///   - zone: The calendar's zone, taken for a single event that names none.
    ///   - isSeries: Whether a zone is required, because a series expands in it.
    /// - Returns: The time.
    /// - Throws: A 400 answer that names the field.
    static func read(
        _ node: JSONNode?,
        name: String,
        zone: EventZone,
        isSeries: Bool
    ) throws(GoogleRefusal) -> EventTime {
        let date = node?["date"]?.string
        let dateTime = node?["dateTime"]?.string
        switch (date, dateTime) {
        case (nil, nil): throw .required("Missing \(name) time.")
        case (_?, _?): throw .invalid("Invalid \(name) time.")
        case (let date?, nil):
            guard let day = CivilDate(date), date.contains("-") else { throw .invalid("Invalid \(name) time.") }
            return .day(day)
        case (nil, let text?):
            return try readTime(text, node: node, name: name, zone: zone, isSeries: isSeries)
        }
    }

    private static func readTime(
        _ text: String,
        node: JSONNode?,
        name: String,
        zone: EventZone,
        isSeries: Bool
    ) throws(GoogleRefusal) -> EventTime {
        var used = zone
        if let named = node?["timeZone"]?.string {
            used = EventZone(named)
            guard used.isKnown, used.windowsName == nil else {
                throw .invalid("Invalid time zone definition for \(name) time.")
            }
        } else if isSeries {
            throw .required("Missing time zone definition for \(name) time.")
        }
        if let instant = Date(rfc3339: text) { return .zoned(ZonedDateTime(instant, in: used)) }
        guard let reading = CivilDateTime(text) else { throw .invalid("Invalid \(name) time.") }
        return .zoned(reading, used)
    }

    /// Prints a time with the offset of the response's zone and the name of the event's own.
    static func node(_ time: EventTime, zone: EventZone) -> JSONNode {
        switch time {
        case .day(let date): return ["date": .string(date.description)]
        case .zoned(let zoned):
            let text = self.text(zoned.date, zone: zone)
            return ["dateTime": .string(text), "timeZone": .string(zoned.zone.identifier)]
        }
    }

    /// An instant with the offset of a zone, such as `2026-03-29T09:00:00+02:00`, or with `Z` in UTC.
    static func text(_ date: Date, zone: EventZone) -> String {
        let offset = zone.offset(at: date)
        let reading = zone.civil(at: date).description
        guard offset != 0 else { return reading + "Z" }
        let minutes = abs(offset) / 60
        return reading + (offset < 0 ? "-" : "+") + pair(minutes / 60) + ":" + pair(minutes % 60)
    }

    /// An instant in UTC with milliseconds, as in `created` and `updated`.
    static func stamp(_ date: Date) -> String {
        let text = date.rfc3339Text
        return text.contains(".") ? text : String(text.dropLast()) + ".000Z"
    }

    /// Reads a bound in a query, which needs an offset.
    static func bound(_ query: FormFields, _ name: String) throws(GoogleRefusal) -> Date? {
        guard let text = query[name] else { return nil }
        guard let date = Date(rfc3339: text) else { throw .badRequest }
        return date
    }

    /// The tail of an occurrence's id: its original start, in UTC unless it is a day.
    static func occurrenceStamp(_ time: EventTime) -> String {
        switch time {
        case .day(let date): date.basicText
        case .zoned(let zoned): EventZone.utc.civil(at: zoned.date).basicText + "Z"
        }
    }

    private static func pair(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
