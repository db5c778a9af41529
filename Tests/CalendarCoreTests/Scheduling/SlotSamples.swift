import CalendarCore
import Foundation

/// Short forms for the values that scheduling tests are made of.
enum SlotSamples {
    /// The instant of a text such as `2026-03-02T09:00` in a zone.
    static func date(_ text: String, _ zone: String = "UTC", laterInOverlap: Bool = false) -> Date {
        guard let civil = CivilDateTime(text) else { return .distantPast }
        return EventZone(zone).date(of: civil, laterInOverlap: laterInOverlap)
    }

    /// A busy interval of one UTC day given as `2026-03-02 10:00-11:00`.
    static func busy(_ text: String, _ availability: Availability = .busy) -> BusyInterval {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "-" }).map(String.init)
        let day = parts.prefix(3).joined(separator: "-")
        return BusyInterval(
            start: date("\(day)T\(parts[3])"),
            end: date("\(day)T\(parts[4])"),
            availability: availability
        )
    }

    /// A participant with busy intervals in UTC.
    static func person(_ name: String, _ busy: [BusyInterval] = [], hours: WorkingHours? = nil) -> Participant {
        Participant(id: "\(name.lowercased())@example.com", name: name, busy: .known(busy), workingHours: hours)
    }

    /// A participant whose calendar could not be read.
    static func unknown(_ name: String) -> Participant {
        Participant(id: "\(name.lowercased())@example.com", name: name, busy: .unknown(reason: "unavailable"))
    }

    /// A request for Monday, 2 March 2026, from 09:00 to 12:00 UTC, half an hour long.
    static func morning(_ participants: [Participant], minutes: Int = 30) throws -> SlotRequest {
        try SlotRequest(
            duration: minutes * 60,
            from: date("2026-03-02T09:00"),
            until: date("2026-03-02T12:00"),
            in: .utc,
            participants: participants
        )
    }

    /// A moment long before every window of the tests.
    static let longAgo = date("2020-01-01T00:00")

    /// The starts of the slots as wall-clock readings of a zone, such as `09:15`.
    static func starts(_ search: SlotSearch, _ zone: String = "UTC") -> [String] {
        search.slots.map { slot in
            String(EventZone(zone).civil(at: slot.start).description.dropFirst(11).prefix(5))
        }
    }
}
