import CalendarCore
import CalendarTesting
import Foundation

/// Sends and reads a series through the provider, with Graph as a script.
enum GraphSeries {
    static let zoneName = "W. Europe Standard Time"

    /// The `recurrence` that creating a series sends.
    static func written(_ content: EventContent) async throws -> JSONNode {
        let graph = ScriptedGraph(.expect(operation: "events.create", .json(ScriptedGraph.event())))
        _ = try await graph.create(content)
        return try graph.body()["recurrence"] ?? .null
    }

    /// The series that a `recurrence` is read as, starting at ten in Berlin.
    static func read(_ recurrence: JSONNode, start: CivilDate) async throws -> EventContent {
        let answer: JSONNode = [
            "type": "seriesMaster", "recurrence": recurrence,
            "start": ["dateTime": .string("\(start)T10:00:00.0000000"), "timeZone": .string(zoneName)],
            "end": ["dateTime": .string("\(start)T11:00:00.0000000"), "timeZone": .string(zoneName)],
        ]
        return try await event(ScriptedGraph.event(answer)).content
    }

    /// The event that an answer of the service is read as.
    static func event(_ text: String) async throws -> RemoteEvent {
        try await ScriptedGraph(.expect(operation: "events.get", .json(text))).event()
    }

    /// A recurrence without an end.
    static func endless(_ pattern: JSONNode, start: CivilDate) -> JSONNode {
        [
            "pattern": pattern,
            "range": [
                "type": "noEnd", "startDate": .string(start.description), "recurrenceTimeZone": .string(zoneName),
            ],
        ]
    }
}

/// Patterns in Graph's words.
extension JSONNode {
    static func daily(_ interval: Int) -> JSONNode { ["type": "daily", "interval": .int(interval)] }

    static func weekly(_ interval: Int, _ days: String, first: String = "monday") -> JSONNode {
        [
            "type": "weekly", "interval": .int(interval), "firstDayOfWeek": .string(first), "daysOfWeek": names(days),
        ]
    }

    static func monthly(_ interval: Int, day: Int) -> JSONNode {
        ["type": "absoluteMonthly", "interval": .int(interval), "dayOfMonth": .int(day)]
    }

    static func monthly(_ interval: Int, _ index: String, _ days: String) -> JSONNode {
        [
            "type": "relativeMonthly", "interval": .int(interval), "index": .string(index), "daysOfWeek": names(days),
        ]
    }

    static func yearly(_ interval: Int, month: Int, day: Int) -> JSONNode {
        ["type": "absoluteYearly", "interval": .int(interval), "month": .int(month), "dayOfMonth": .int(day)]
    }

    static func yearly(_ interval: Int, month: Int, _ index: String, _ days: String) -> JSONNode {
        [
            "type": "relativeYearly", "interval": .int(interval), "month": .int(month), "index": .string(index),
            "daysOfWeek": names(days),
        ]
    }

    /// All days of the week, as `names` takes them.
    static let everyDay = "MO,TU,WE,TH,FR,SA,SU"

    private static func names(_ codes: String) -> JSONNode {
        .array(
            codes.split(separator: ",").map { code in
                .string(Weekday(iCalendarCode: String(code)).map { String(describing: $0) } ?? String(code))
            }
        )
    }

    /// The members without their order.
    var memberSet: Set<JSONObject.Member> { Set(object?.members ?? []) }
}
