import CalendarCore
import Foundation

/// The events and edits of a simulated run.
enum SimulatedShape {
    /// A new event.
    struct New {
        var content: EventContent
        let start: CivilDateTime
        let isSeries: Bool
    }

    /// An edit: the field, its value as text, and the change itself.
    struct Edit {
        let field: EventField
        let value: String
        let change: @Sendable (inout EventContent) -> Void
    }

    static let zone = EventZone("Europe/Vienna")
    static let occurrences = 5
    static let rule = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=\(occurrences)"])
    /// People without an account in either service.
    static let guests = ["grace@example.net", "hedy@example.net", "mary@example.net"]

    /// A new event; every third is a daily series of five that begins before the clocks change.
    static func event(_ marker: String, variant: Int, guests: [String] = []) -> New? {
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
        if isSeries { content.recurrence = rule }
        content.attendees = guests.map { Attendee(EventPerson($0)) }
        return New(content: content, start: start, isSeries: isSeries)
    }

    /// An edit of the title, the place, or the time of a single event, to another day too.
    static func edit(
        _ marker: String,
        number: Int,
        variant: Int,
        of entry: SimulationLedger.Entry
    ) -> Edit {
        switch variant % (entry.isSeries ? 2 : 3) {
        case 0:
            let title = "\(marker) v\(number)"
            return Edit(field: .title, value: title) { $0.title = title }
        case 1:
            let place = "room \(number)"
            return Edit(field: .location, value: place) { $0.location = place }
        default:
            let quarter = Int64(variant / 3 % 40)
            let moved = entry.start.adding(days: variant / 120 % 3).adding(seconds: quarter * 900)
            let start = EventTime.zoned(moved, zone)
            return Edit(field: .time, value: text(start)) {
                $0.start = start
                $0.end = start.advanced(bySeconds: 1800)
            }
        }
    }

    /// An edit that invites one of the guests, or no longer.
    static func guestEdit(variant: Int, of content: EventContent) -> Edit {
        let guest = guests[variant % guests.count]
        let isInvited = content.attendees.contains { $0.person.isSamePerson(as: EventPerson(guest)) }
        let invite: @Sendable (inout EventContent) -> Void = { content in
            content.attendees.removeAll { $0.person.isSamePerson(as: EventPerson(guest)) }
            if !isInvited { content.attendees.append(Attendee(EventPerson(guest))) }
        }
        var edited = content
        invite(&edited)
        return Edit(field: .attendees, value: guestList(edited), change: invite)
    }

    /// The invited guests as text.
    static func guestList(_ content: EventContent) -> String {
        let invited = content.attendees.map { $0.person.address.lowercased() }
        return guests.filter(invited.contains).joined(separator: ",")
    }

    /// How many people an edit tells at most: those invited before or after it.
    static func audience(of edit: Edit, on content: EventContent) -> Int {
        var edited = content
        edit.change(&edited)
        let all = content.attendees + edited.attendees
        return Set(all.map { $0.person.address.lowercased() }).intersection(guests).count
    }

    /// A field's value as text.
    static func value(of field: EventField, in content: EventContent) -> String? {
        switch field {
        case .title: content.title
        case .location: content.location
        case .attendees: guestList(content)
        default: text(content.start)
        }
    }

    /// A time as the instant it is.
    static func text(_ time: EventTime) -> String { "\(time.date(floatingIn: .utc).timeIntervalSince1970)" }
}
