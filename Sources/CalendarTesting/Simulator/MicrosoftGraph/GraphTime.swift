import CalendarCore
import Foundation

/// A `dateTimeTimeZone`: a reading of the wall clock, and the zone's name as it was sent.
struct GraphTime: Hashable, Sendable {
    var civil: CivilDateTime
    let zoneName: String
    let zone: EventZone

    init(civil: CivilDateTime, zoneName: String, zone: EventZone) {
        self.civil = civil
        self.zoneName = zoneName
        self.zone = zone
    }

    /// Reads the property of an event or of a request for free time.
    init(_ node: JSONNode, property: String) throws(GraphFailure) {
        let name = node["timeZone"]?.string ?? "UTC"
        let zone = try Self.zone(named: name)
        let text = node["dateTime"]?.string ?? ""
        // A reading with an offset is an instant, and is put on the clock of the zone.
        guard
            let civil = CivilDateTime(text) ?? CivilDate(text).map({ CivilDateTime(startOf: $0) })
                ?? Date(rfc3339: text).map({ zone.civil(at: $0) })
        else { throw .property("The property '\(property)' has no valid dateTime.") }
        self.init(civil: civil, zoneName: name, zone: zone)
    }

    /// The zone of a Windows or IANA name; nothing else is a name for this service.
    static func zone(named name: String) throws(GraphFailure) -> EventZone {
        let zone = EventZone(name)
        let isName = name == "UTC" || WindowsZones.iana(forWindows: name) != nil || name.contains("/")
        guard isName, zone.isKnown else { throw .zone(name) }
        return zone
    }

    /// The name the service uses for a zone.
    static func name(of zone: EventZone) -> String {
        zone.windowsName ?? (zone == .utc ? "UTC" : WindowsZones.windows(forIANA: zone.identifier) ?? zone.identifier)
    }

    /// The instant.
    var date: Date { zone.date(of: civil) }

    /// The reading so many seconds later on the wall clock.
    func adding(seconds: Int64) -> GraphTime {
        GraphTime(civil: civil.adding(seconds: seconds), zoneName: zoneName, zone: zone)
    }

    /// The same instant on the clock of another zone.
    func on(_ name: String) -> GraphTime {
        let zone = EventZone(name)
        return zone == self.zone ? self : GraphTime(civil: zone.civil(at: date), zoneName: name, zone: zone)
    }

    /// The time as answered: all-day readings stay what they are and only the label changes.
    func json(isAllDay: Bool, _ preferences: GraphPreferences) -> JSONNode {
        let reading = isAllDay ? civil : preferences.zone.civil(at: date)
        return [
            "dateTime": .string(reading.description + ".0000000"),
            "timeZone": .string(preferences.zoneName ?? "UTC"),
        ]
    }

    /// The time as the model says it.
    func eventTime(isAllDay: Bool) -> EventTime {
        isAllDay ? .day(civil.date) : .zoned(civil, zone)
    }
}

/// Instants as the service writes them.
enum GraphTimestamp {
    /// What stands for no value.
    static let none = "0001-01-01T00:00:00Z"

    /// Seven digits of fraction, in UTC.
    static func precise(_ date: Date) -> String {
        let fraction = Int(date.millisecondsSinceEpoch - date.secondsSinceEpoch * 1000)
        let digits = String(fraction + 1000).dropFirst()
        return CivilDateTime(secondsSinceEpoch: date.secondsSinceEpoch).description + ".\(digits)0000Z"
    }

    /// Whole seconds, in UTC.
    static func plain(_ date: Date) -> String {
        CivilDateTime(secondsSinceEpoch: date.secondsSinceEpoch).description + "Z"
    }

    /// Reads a query value; without an offset it is UTC, whatever the preferred zone.
    static func read(_ text: String) -> Date? {
        if let date = Date(rfc3339: text) { return date }
        guard let civil = CivilDateTime(text) ?? CivilDate(text).map({ CivilDateTime(startOf: $0) }) else { return nil }
        return EventZone.utc.date(of: civil)
    }
}
