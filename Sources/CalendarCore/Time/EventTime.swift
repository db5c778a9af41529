public import Foundation

/// When an event starts or ends: a whole day that floats, or a reading in a zone.
public enum EventTime: Hashable, Sendable, Codable {
    /// A day of an all-day event; it is the same day everywhere, and ends are exclusive.
    case day(CivilDate)

    /// A time on the clock of a zone.
    case zoned(ZonedDateTime)

    /// A time on the clock of a zone, the first one when the reading occurs twice.
    public static func zoned(_ civil: CivilDateTime, _ zone: EventZone) -> EventTime {
        .zoned(ZonedDateTime(civil: civil, zone: zone))
    }

    /// Whether this is a day of an all-day event.
    public var isAllDay: Bool {
        if case .day = self { true } else { false }
    }

    /// The day on the event's own calendar.
    public var civilDate: CivilDate {
        switch self {
        case .day(let date): date
        case .zoned(let time): time.civil.date
        }
    }

    /// The wall-clock reading; midnight for a day.
    public var civil: CivilDateTime {
        switch self {
        case .day(let date): CivilDateTime(startOf: date)
        case .zoned(let time): time.civil
        }
    }

    /// The zone, or nil for a day, which floats.
    public var zone: EventZone? {
        switch self {
        case .day: nil
        case .zoned(let time): time.zone
        }
    }

    /// The instant, in whole seconds: that of midnight for a day, in the given zone, which a zoned time does not use.
    public func date(floatingIn zone: EventZone) -> Date {
        switch self {
        case .day(let date): zone.date(of: CivilDateTime(startOf: date))
        case .zoned(let time): time.date
        }
    }
}
