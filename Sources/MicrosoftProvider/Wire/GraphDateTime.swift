import CalendarCore
import Foundation

/// A `dateTimeTimeZone`: a wall-clock reading without offset, and the name of its zone
/// (https://learn.microsoft.com/graph/api/resources/datetimetimezone).
struct GraphDateTime {
    let civil: CivilDateTime
    let zone: EventZone

    /// The instant.
    var date: Date { zone.date(of: civil) }

    /// Reads the object; a missing zone means UTC, a missing time midnight.
    init?(_ json: JSONValue?) {
        guard let json, var text = json["dateTime"]?.string else { return nil }
        if text.hasSuffix("Z") { text.removeLast() }
        guard let civil = CivilDateTime(text) ?? CivilDate(text).map({ CivilDateTime(startOf: $0) }) else { return nil }
        self.civil = civil
        let name = json["timeZone"]?.string ?? ""
        zone = name.isEmpty ? .utc : EventZone(name)
    }

    /// The object to send.
    static func written(_ civil: CivilDateTime, zone: String) -> JSONNode {
        ["dateTime": .string(civil.description), "timeZone": .string(zone)]
    }
}
