import CalendarCore
import Foundation

/// The events and edits of a simulated run.
enum SimulatedShape {
    static let zone = EventZone("Europe/Vienna")
    static let occurrences = 5
    static let guest = EventPerson("grace@example.net")

    /// A new event; every third is a daily series of five that begins before the clocks change.
    static func event(_ marker: String, variant: Int) -> (content: EventContent, start: CivilDateTime, isSeries: Bool)?
    {
        let isSeries = variant % 3 == 0
        let day = 1 + variant / 3 % 20
        guard let base = CivilDateTime("2026-03-17T09:00:00") else { return nil }
        let hour = Int64(variant / 60 % 8)
        let start = base.adding(days: day).adding(seconds: hour * 3600)
        var content = EventContent(
            title: "\(marker) new",
            start: .zoned(start, zone),
            end: .zoned(start.adding(seconds: 1800), zone)
        )
        if isSeries { content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=\(occurrences)"]) }
        return (content, start, isSeries)
    }

    /// An edit: the field, its value as text, and the change itself.
    static func edit(
        _ marker: String,
        number: Int,
        variant: Int,
        of entry: SimulationLedger.Entry
    ) -> (field: EventField, value: String, change: @Sendable (inout EventContent) -> Void) {
        switch variant % (entry.isSeries ? 2 : 3) {
        case 0:
            let title = "\(marker) v\(number)"
            return (.title, title, { $0.title = title })
        case 1:
            let place = "room \(number)"
            return (.location, place, { $0.location = place })
        default:
            let quarter = Int64(variant / 3 % 40)
            let start = EventTime.zoned(entry.start.adding(seconds: quarter * 900), zone)
            return (
                .time, text(start),
                {
                    $0.start = start
                    $0.end = start.advanced(bySeconds: 1800)
                }
            )
        }
    }

    /// A field's value as text.
    static func value(of field: EventField, in content: EventContent) -> String? {
        switch field {
        case .title: content.title
        case .location: content.location
        default: text(content.start)
        }
    }

    /// A time as the instant it is.
    static func text(_ time: EventTime) -> String { "\(time.date(floatingIn: .utc).timeIntervalSince1970)" }
}
