import CalendarCore

/// A start or an end: a day, or a local reading with its zone and the instant that follows from both.
enum NeutralTime: Encodable {
    case day(String)
    case zoned(local: String, zone: String, windowsZone: String?, instant: String)

    init(_ time: EventTime) {
        switch time {
        case .day(let date): self = .day(date.description)
        case .zoned(let zoned):
            self = .zoned(
                local: zoned.civil.description,
                zone: zoned.zone.identifier,
                windowsZone: zoned.zone.windowsName,
                instant: NeutralJSON.text(zoned.date)
            )
        }
    }

    private enum CodingKeys: String, CodingKey {
        case day, local, zone, windowsZone, instant
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .day(let day): try container.encode(day, forKey: .day)
        case .zoned(let local, let zone, let windowsZone, let instant):
            try container.encode(local, forKey: .local)
            try container.encode(zone, forKey: .zone)
            try container.encodeIfPresent(windowsZone, forKey: .windowsZone)
            try container.encode(instant, forKey: .instant)
        }
    }
}
