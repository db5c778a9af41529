import CalendarCore
import Foundation

/// How long a Graph series goes on (https://learn.microsoft.com/graph/api/resources/recurrencerange).
enum RecurrenceRange: Hashable {
    case noEnd
    /// The last day, inclusive, on the calendar of the recurrence zone.
    case endDate(CivilDate)
    case numbered(Int)

    init(_ json: JSONValue?) throws(UnreadableField) {
        switch json?["type"]?.string?.lowercased() {
        case "enddate":
            guard let date = json?["endDate"]?.string.flatMap({ CivilDate($0) }) else {
                throw UnreadableField(name: "recurrence.range.endDate")
            }
            self = .endDate(date)
        case "numbered":
            guard let count = json?["numberOfOccurrences"]?.int, count > 0 else {
                throw UnreadableField(name: "recurrence.range.numberOfOccurrences")
            }
            self = .numbered(count)
        case nil, "noend": self = .noEnd
        default: throw UnreadableField(name: "recurrence.range.type")
        }
    }

    /// The range of a rule.
    init(_ rule: RecurrenceRule, start: EventTime) throws(UnrepresentablePart) {
        switch (rule.count, rule.until) {
        case (nil, nil): self = .noEnd
        case (let count?, nil):
            guard (1...999).contains(count) else { throw UnrepresentablePart(name: "COUNT") }
            self = .numbered(count)
        case (nil, let until?):
            let date = Self.lastDay(until, start: start)
            guard date >= start.civilDate else { throw UnrepresentablePart(name: "UNTIL") }
            self = .endDate(date)
        case (.some, .some): throw UnrepresentablePart(name: "COUNT with UNTIL")
        }
    }

    /// The last day on which an occurrence may start: UNTIL's own day, or the one before when UNTIL comes too early.
    private static func lastDay(_ until: RecurrenceRule.Until, start: EventTime) -> CivilDate {
        let reading: CivilDateTime
        switch until {
        case .date(let date): return date
        case .local(let local): reading = local
        case .utc(let utc):
            guard let zone = start.zone else { return utc.date }
            reading = zone.civil(at: EventZone.utc.date(of: utc))
        }
        let startOnDay = start.civil.adding(days: reading.date.daysSinceEpoch - start.civilDate.daysSinceEpoch)
        return reading < startOnDay ? reading.date.adding(days: -1) : reading.date
    }

    /// Puts the end into a rule.
    func apply(to rule: inout RecurrenceRule, start: EventTime) {
        switch self {
        case .noEnd: break
        case .numbered(let count): rule.count = count
        case .endDate(let date):
            guard let zone = start.zone else {
                rule.until = .date(date)
                return
            }
            let endOfDay = CivilDateTime(startOf: date).adding(seconds: 86_399)
            rule.until = .utc(EventZone.utc.civil(at: zone.date(of: endOfDay)))
        }
    }

    func json(start: CivilDate, zone: String) -> JSONNode {
        var object = JSONObject()
        object["startDate"] = .string(start.description)
        object["recurrenceTimeZone"] = .string(zone)
        switch self {
        case .noEnd: object["type"] = "noEnd"
        case .endDate(let date):
            object["type"] = "endDate"
            object["endDate"] = .string(date.description)
        case .numbered(let count):
            object["type"] = "numbered"
            object["numberOfOccurrences"] = .int(count)
        }
        return .object(object)
    }
}
