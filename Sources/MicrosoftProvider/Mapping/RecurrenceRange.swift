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
    ///
    /// The end date is the day of the last occurrence, which can lie before the day of UNTIL.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - pattern: The rule's pattern, which gives the start.
    ///   - start: The start of the series.
    /// - Throws: `UnrepresentablePart` when Exchange has no such range.
    init(_ rule: RecurrenceRule, pattern: RecurrencePattern, start: EventTime) throws(UnrepresentablePart) {
        if let count = rule.count {
            guard (1...999).contains(count) else { throw UnrepresentablePart(name: "COUNT") }
        }
        guard let until = rule.until else {
            self = rule.count.map { .numbered($0) } ?? .noEnd
            return
        }
        let limit = Self.lastDay(until, start: start)
        guard let last = pattern.lastDay(from: start.civilDate, notAfter: limit) else {
            throw UnrepresentablePart(name: "UNTIL")
        }
        // Both together are no RFC 5545, but found; whichever comes first ends the series.
        if let count = rule.count, let day = pattern.day(ofOccurrence: count, from: start.civilDate), day <= last {
            self = .numbered(count)
        } else {
            self = .endDate(last)
        }
    }

    /// The last day on which an occurrence may start: UNTIL's own day, or the one before when UNTIL comes too early.
    private static func lastDay(_ until: RecurrenceRule.Until, start: EventTime) -> CivilDate {
        let day: CivilDate
        let isTooEarly: Bool
        switch (until, start.zone) {
        case (.date(let date), _): return date
        case (.utc(let reading), nil), (.local(let reading), nil): return reading.date
        case (.local(let reading), _):
            day = reading.date
            isTooEarly = reading < start.reading(on: day)
        case (.utc(let reading), let zone?):
            // Instants, because readings repeat and jump when clocks change.
            let instant = EventZone.utc.date(of: reading)
            day = zone.civil(at: instant).date
            isTooEarly = instant < zone.date(of: start.reading(on: day))
        }
        return isTooEarly ? day.adding(days: -1) : day
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

extension EventTime {
    /// The start's time of day on another day.
    fileprivate func reading(on day: CivilDate) -> CivilDateTime {
        civil.adding(days: day.daysSinceEpoch - civilDate.daysSinceEpoch)
    }
}
