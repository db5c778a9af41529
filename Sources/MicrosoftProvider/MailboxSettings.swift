public import CalendarCore

/// What a mailbox says of its owner's clock and hours (https://learn.microsoft.com/graph/api/resources/mailboxsettings).
public struct MailboxSettings: Hashable, Sendable {
    /// The zone; not known for one that its owner made up, whose rules Graph does not tell.
    public let zone: EventZone
    /// The weekly hours; nil when they are not said, or on a clock that is not known.
    public let workingHours: WorkingHours?

    /// Reads an answer; what is missing or odd is left out.
    init(_ json: JSONValue) {
        let name = json["timeZone"]?.string ?? ""
        let zone = name.isEmpty ? EventZone.utc : EventZone(name)
        self.zone = zone
        workingHours = json["workingHours"].flatMap { Self.hours($0, mailbox: zone) }
    }

    private static func hours(_ json: JSONValue, mailbox: EventZone) -> WorkingHours? {
        let zone = json["timeZone"]?["name"]?.string.map { EventZone($0) } ?? mailbox
        // Times have seconds and a fraction: 08:00:00.0000000.
        guard zone.isKnown, let from = json["startTime"]?.string?.prefix(5),
            let to = json["endTime"]?.string?.prefix(5),
            let range = try? MinuteRange(from: String(from), to: String(to)), let days = json["daysOfWeek"]
        else { return nil }
        let names = Set(days.elements.compactMap { $0.string?.lowercased() })
        let open = Weekday.allCases.filter { names.contains("\($0)") }
        return try? WorkingHours(zone: zone, week: Dictionary(uniqueKeysWithValues: open.map { ($0, [range]) }))
    }
}
