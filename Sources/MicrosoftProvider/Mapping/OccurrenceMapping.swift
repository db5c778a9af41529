import CalendarCore
import Foundation

/// What an event is within a series.
enum OccurrenceMapping {
    /// The kinds Graph tells apart; spelling varies in case.
    enum Kind {
        case single, master, occurrence, exception
    }

    static func kind(of event: JSONValue) -> Kind {
        let isMaster = event["recurrence"].map { $0.kind == .object } ?? false
        return switch event["type"]?.string?.lowercased() {
        case "seriesmaster": .master
        case "occurrence": .occurrence
        case "exception": .exception
        case "singleinstance": .single
        default: isMaster ? .master : event["seriesMasterId"]?.string == nil ? .single : .exception
        }
    }

    /// The place of an event; what is no answer of the service may leave out where the rule put it.
    static func role(
        of event: JSONValue,
        start: EventTime,
        isAnswer: Bool = true
    ) throws(UnreadableField) -> RemoteEvent.Role {
        let kind = kind(of: event)
        if kind == .single { return .single }
        if kind == .master { return .master }
        guard let series = event["seriesMasterId"]?.string else { throw UnreadableField(name: "seriesMasterId") }
        let original: EventTime
        if let text = event["originalStart"]?.string, let instant = Date(rfc3339: text) {
            original = time(instant, like: start, zone: event["originalStartTimeZone"]?.string)
        } else if kind == .occurrence || !isAnswer {
            // An occurrence that was never changed starts where the rule put it.
            original = start
        } else {
            throw UnreadableField(name: "originalStart")
        }
        return .exception(OccurrenceKey(series: RemoteEventID(series), originalStart: original))
    }

    /// The start of a sparse occurrence of the feed, which carries ids and times only.
    static func start(of event: JSONValue) throws(UnreadableField) -> Date {
        if let text = event["originalStart"]?.string, let instant = Date(rfc3339: text), event["isAllDay"] == nil {
            return instant
        }
        guard let start = GraphDateTime(event["start"]) else { throw UnreadableField(name: "start") }
        return start.date
    }

    /// The original start is a real instant; for an all-day event, that of midnight where it was made.
    private static func time(_ instant: Date, like start: EventTime, zone name: String?) -> EventTime {
        switch start {
        case .day: .day(ZoneMapping.read(name, kept: nil, fallback: .utc).civil(at: instant).date)
        case .zoned(let reading): .zoned(ZonedDateTime(instant, in: reading.zone))
        }
    }
}
