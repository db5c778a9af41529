import CalendarCore
import CalendarTesting
import Foundation

/// The people of the demo and the fortnight they have before them.
struct DemoPerson {
    let user: UserID
    let name: String
    let address: String
    let provider: ProviderID
    let zone: EventZone

    static let ada = DemoPerson(
        user: "ada",
        name: "Ada",
        address: "ada@analytical.example",
        provider: "google",
        zone: EventZone("Europe/Berlin")
    )

    static let grace = DemoPerson(
        user: "grace",
        name: "Grace",
        address: "grace@harbour.example",
        provider: "microsoft",
        zone: EventZone("America/New_York")
    )

    /// Mary has an account at either service.
    static let maryAtWork = DemoPerson(
        user: "mary",
        name: "Mary",
        address: "mary@harbour.example",
        provider: "microsoft",
        zone: EventZone("Europe/Berlin")
    )

    static let maryAtHome = DemoPerson(
        user: "mary",
        name: "Mary",
        address: "mary@analytical.example",
        provider: "google",
        zone: EventZone("Europe/Berlin")
    )

    var principal: Principal { Principal(tenant: "acme", user: user, permissions: .all) }

    var hours: WorkingHours {
        get throws { try .weekdays(from: "09:00", to: "17:00", in: zone) }
    }
}

/// Builds events in one person's zone from short texts.
struct DemoDiary {
    let zone: EventZone

    func timed(_ title: String, _ start: String, minutes: Int64, repeats rule: String? = nil) throws -> EventContent {
        let civil = try civil(start)
        var content = EventContent(
            title: title,
            start: .zoned(civil, zone),
            end: .zoned(civil.adding(seconds: minutes * 60), zone)
        )
        content.recurrence = rule.map { Recurrence(lines: ["RRULE:" + $0]) }
        return content
    }

    func time(_ text: String) throws -> EventTime { .zoned(try civil(text), zone) }

    private func civil(_ text: String) throws -> CivilDateTime {
        guard let civil = CivilDateTime(text) else { throw CalendarError.invalidArgument("start", "Not a time.") }
        return civil
    }

    func allDay(_ title: String, _ first: String, days: Int) throws -> EventContent {
        guard let date = CivilDate(first) else { throw CalendarError.invalidArgument("start", "Not a date.") }
        return EventContent(title: title, start: .day(date), end: .day(date.adding(days: days)))
    }

    /// Ada's weeks around the European change to summer time on 29 March 2026.
    static func ada() throws -> [EventContent] {
        let diary = DemoDiary(zone: DemoPerson.ada.zone)
        var dentist = try diary.timed("Dentist", "2026-03-26T14:00:00", minutes: 60)
        dentist.visibility = .private
        var maybe = try diary.timed("Call with the printers?", "2026-03-31T15:00:00", minutes: 60)
        maybe.status = .tentative
        var fair = try diary.allDay("Book fair", "2026-04-01", days: 2)
        fair.availability = .free
        return [
            try diary.timed("Standup", "2026-03-23T09:30:00", minutes: 15, repeats: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            try diary.timed("Engine review", "2026-03-24T16:00:00", minutes: 60, repeats: "FREQ=WEEKLY;COUNT=8"),
            try diary.timed("Lunch with Charles", "2026-03-25T12:30:00", minutes: 90),
            dentist,
            maybe,
            fair,
            try diary.timed("Train to London", "2026-03-27T15:30:00", minutes: 150),
            try diary.timed("Proof reading", "2026-03-30T15:00:00", minutes: 90),
        ]
    }

    /// Grace's weeks; her clocks changed already, on 8 March.
    static func grace() throws -> [EventContent] {
        let diary = DemoDiary(zone: DemoPerson.grace.zone)
        var doctor = try diary.timed("Physical", "2026-03-25T09:00:00", minutes: 60)
        doctor.visibility = .private
        var visit = try diary.timed("Shipyard visit, to be confirmed", "2026-03-30T10:00:00", minutes: 60)
        visit.availability = .tentative
        var leave = try diary.allDay("Leave", "2026-04-03", days: 1)
        leave.availability = .outOfOffice
        return [
            try diary.timed(
                "Compiler sync",
                "2026-03-23T09:00:00",
                minutes: 30,
                repeats: "FREQ=DAILY;INTERVAL=2;COUNT=6"
            ),
            try diary.timed("Staff", "2026-03-24T10:00:00", minutes: 60, repeats: "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
            doctor,
            visit,
            leave,
            try diary.timed("Flight review", "2026-03-26T10:00:00", minutes: 120),
            try diary.timed("Seminar", "2026-03-31T09:00:00", minutes: 60),
        ]
    }
}
