import CalendarCore
import Foundation

/// Start, end and `isAllDay`, which Graph only changes together.
///
/// Reading starts from the UTC reading and the zone the event was made in. All-day events are dates and are never
/// converted: Graph shows them from midnight to midnight whatever zone is asked for.
enum TimeMapping {
    static func read(_ event: JSONValue, kept: String?) throws(UnreadableField) -> (start: EventTime, end: EventTime) {
        guard let start = GraphDateTime(event["start"]) else { throw UnreadableField(name: "start") }
        guard let end = GraphDateTime(event["end"]) else { throw UnreadableField(name: "end") }
        guard event["isAllDay"]?.bool != true else {
            let last = max(end.civil.date, start.civil.date.adding(days: 1))
            return (.day(start.civil.date), .day(last))
        }
        // The rule of a series runs on the clock of the recurrence zone.
        let seriesZone = event["recurrence"]?["range"]?["recurrenceTimeZone"]?.string
        let startZone = ZoneMapping.read(
            seriesZone.flatMap { $0.isEmpty ? nil : $0 } ?? event["originalStartTimeZone"]?.string,
            kept: kept,
            fallback: start.zone
        )
        let endZone = ZoneMapping.read(event["originalEndTimeZone"]?.string, kept: kept, fallback: startZone)
        return (.zoned(ZonedDateTime(start.date, in: startZone)), .zoned(ZonedDateTime(end.date, in: endZone)))
    }

    /// Puts `isAllDay`, `start` and `end` into a body.
    static func write(_ content: EventContent, allDayZone: EventZone, into body: inout JSONObject) {
        body["isAllDay"] = .bool(content.start.isAllDay)
        let isSeries = content.recurrence != nil
        body["start"] = write(content.start, allDayZone: allDayZone, isSeries: isSeries)
        body["end"] = write(content.end, allDayZone: allDayZone, isSeries: isSeries)
    }

    /// The name under which the zone of a time is sent.
    static func zoneName(of time: EventTime, allDayZone: EventZone) -> String {
        ZoneMapping.name(of: time.zone ?? allDayZone) ?? "UTC"
    }

    /// The time as it comes back after writing it.
    static func canonical(_ time: EventTime, isSeries: Bool) -> EventTime {
        guard case .zoned(let reading) = time else { return time }
        guard !isSentAsUTC(reading, isSeries: isSeries) else { return .zoned(ZonedDateTime(reading.date, in: .utc)) }
        let zone = ZoneMapping.canonical(reading.zone)
        return .zoned(ZonedDateTime(zone.date(of: reading.civil), in: zone))
    }

    /// Whether a time loses its zone when sent.
    ///
    /// The second of two equal readings has no form of its own in Graph; its instant matters more than its zone.
    static func isSentAsUTC(_ time: ZonedDateTime, isSeries: Bool) -> Bool {
        (time.isLaterInOverlap && !isSeries) || ZoneMapping.name(of: time.zone) == nil
    }

    private static func write(_ time: EventTime, allDayZone: EventZone, isSeries: Bool) -> JSONNode {
        if case .zoned(let reading) = time, isSentAsUTC(reading, isSeries: isSeries) {
            return GraphDateTime.written(EventZone.utc.civil(at: reading.date), zone: "UTC")
        }
        return GraphDateTime.written(time.civil, zone: zoneName(of: time, allDayZone: allDayZone))
    }
}
