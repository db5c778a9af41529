import CalendarCore
import Foundation

/// `start` and `end`: a `date`, or a `dateTime` with the event's zone beside it.
///
/// The offset of a `dateTime` belongs to the rendering, often that of the calendar: it gives the instant and nothing
/// else. `timeZone` is the event's zone (guide "Calendars and events").
struct TimeMapping {
    /// The zone of the calendar, for times that name none.
    let calendarZone: EventZone?

    /// The start and the end of an event.
    func read(_ row: JSONRow) throws(UnreadableField) -> (start: EventTime, end: EventTime) {
        guard let value = row["start"] else { throw .missing("start") }
        let start = try time(value, field: "start")
        guard let end = row["end"], !UnspecifiedEnd.isPresent(in: end) else {
            return (start, UnspecifiedEnd.end(after: start))
        }
        return (start, EmptyDay.end(try time(end, field: "end"), after: start))
    }

    /// One time.
    func time(_ value: JSONValue, field: String) throws(UnreadableField) -> EventTime {
        if let text = value["date"]?.string {
            guard let date = CivilDate(text) ?? DateWithTime.day(text) else { throw .malformed(field) }
            return .day(date)
        }
        guard let text = value["dateTime"]?.stringBytes else { throw .missing(field) }
        let named = value["timeZone"]?.string.map { zone($0) }
        if let date = Date(rfc3339: text) {
            let zone =
                named
                ?? MissingZone.zone(of: String(decoding: text, as: UTF8.self), at: date, calendarZone: calendarZone)
            return .zoned(ZonedDateTime(date, in: zone))
        }
        guard let civil = CivilDateTime(utf8: text), let zone = named ?? calendarZone else { throw .malformed(field) }
        return .zoned(civil, zone)
    }

    /// The zone of a name; most events take place in that of their calendar.
    private func zone(_ name: String) -> EventZone {
        if let calendarZone, calendarZone.identifier == name, calendarZone.windowsName == nil { return calendarZone }
        return EventZone(name)
    }

    /// Writes both times; a patch also removes the keys of the other kind, since an event may switch kinds.
    func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        let isPatch = if case .patch = purpose { true } else { false }
        let times: [(key: StaticString, time: EventTime)] = [("start", content.start), ("end", content.end)]
        for (key, time) in times {
            body.object(key) { writer in
                switch Self.canonical(time) {
                case .day(let date):
                    writer.field("date", date.description)
                    if isPatch {
                        writer.null("dateTime")
                        writer.null("timeZone")
                    }
                case .zoned(let time):
                    if isPatch { writer.null("date") }
                    writer.field("dateTime", Self.text(time))
                    writer.field("timeZone", time.zone.identifier)
                }
            }
        }
    }

    func canonicalize(_ content: inout EventContent) {
        content.start = Self.canonical(content.start)
        content.end = Self.canonical(content.end)
    }

    func losses(_ content: EventContent) -> [String] {
        let zones = [content.start.zone, content.end.zone].compactMap { $0 }
        return zones.contains { !$0.isKnown } ? ["The zone is unknown, so the time is written as UTC."] : []
    }

    /// A reading that exists in its zone, which carries its IANA name alone.
    private static func canonical(_ time: EventTime) -> EventTime {
        guard case .zoned(let zoned) = time else { return time }
        let zone = zoned.zone
        guard zone.isKnown else { return .zoned(ZonedDateTime(zoned.date, in: .utc)) }
        return .zoned(ZonedDateTime(zoned.date, in: zone.windowsName == nil ? zone : EventZone(zone.identifier)))
    }

    /// The reading with its offset, RFC 3339.
    private static func text(_ time: ZonedDateTime) -> String {
        let offset = time.zone.offset(at: time.date)
        // Offsets of local mean time have seconds, which RFC 3339 cannot say.
        guard offset != 0, offset % 60 == 0 else { return time.date.rfc3339Text }
        return time.civil.description + OffsetText.text(seconds: offset)
    }
}
