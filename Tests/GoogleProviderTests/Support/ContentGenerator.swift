import CalendarCore
import Foundation

/// Draws event contents from everything the neutral model can say, services' and other words alike; the same seed gives
/// the same contents.
struct ContentGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    private mutating func coin() -> Bool { next() % 2 == 0 }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0...(values.count - 1))] }

    /// A content without a conference, whose link no write can keep.
    mutating func content() -> EventContent {
        let start = time()
        var content = EventContent(title: pick(Self.texts), start: start, end: start)
        content.end = end(after: start)
        content.body = pick(Self.texts).map { EventBody($0, isHTML: coin()) }
        content.location = pick(Self.texts)
        content.recurrence = coin() ? Recurrence(lines: pick(Self.rules)) : nil
        content.status = pick([.confirmed, .tentative, EventStatus(rawValue: "postponed")])
        content.availability = pick([.free, .tentative, .busy, .outOfOffice, .workingElsewhere, .init(rawValue: "new")])
        content.visibility = pick([.standard, .public, .personal, .private, .confidential, .init(rawValue: "new")])
        content.importance = pick([.low, .normal, .high])
        content.kind = pick([.standard, .focusTime, .outOfOffice])
        content.attendees = (0..<number(0...4)).map { guest($0) }
        content.guestRights = GuestRights(mayModify: coin(), mayInviteOthers: coin(), maySeeOtherGuests: coin())
        content.reminders = reminders()
        content.categories = pick([[], ["Red"]])
        content.color = pick([nil, "1", "11", "preset3", ""])
        content.attachments = pick([[], [EventAttachment(url: "https://d.example/1", title: pick(Self.texts))]])
        content.source = pick([
            nil, EventSource(url: "https://x.example", title: pick(Self.texts)), EventSource(url: "x:1"),
        ])
        for _ in 0..<number(0...3) { content.hostTags[pick(["deal", "a b", String(repeating: "k", count: 40)])] = "v" }
        return content
    }

    private mutating func time() -> EventTime {
        let date = CivilDate(year: 2026, month: number(1...12), day: number(1...28)) ?? .earliest
        guard number(0...3) > 0 else { return .day(date) }
        let civil = CivilDateTime(startOf: date).adding(seconds: Int64(number(0...95)) * 900)
        return .zoned(
            ZonedDateTime(civil: civil, zone: EventZone(pick(Self.zones)), isLaterInOverlap: coin())
        )
    }

    private mutating func end(after start: EventTime) -> EventTime {
        switch start {
        case .day(let date): .day(date.adding(days: number(1...5)))
        case .zoned(let time): .zoned(ZonedDateTime(time.date.addingTimeInterval(900), in: time.zone))
        }
    }

    private mutating func guest(_ number: Int) -> Attendee {
        Attendee(
            EventPerson("\(pick(["Ada", "bob", "eve"]))\(number)@Example.com", name: pick(Self.texts)),
            role: pick([.required, .optional, .resource]),
            response: pick([.needsAction, .accepted, .declined, .tentative, .organizer]),
            comment: pick(Self.texts),
            additionalGuests: self.number(0...2),
            isSelf: coin()
        )
    }

    private mutating func reminders() -> EventReminders? {
        guard coin() else { return coin() ? nil : EventReminders(usesDefault: true) }
        let overrides = (0..<number(0...7)).map { _ in
            EventReminders.Reminder(method: pick(["popup", "email", "sms"]), minutesBefore: number(-5...50_000))
        }
        return EventReminders(usesDefault: false, overrides: overrides)
    }

    private static let texts: [String?] = [
        nil, "", "Plan", "Ä 漢 🗓 \"x\" \\ \u{8}", "two\r\nlines  ", "<p>a &lt; b</p>", "a < b > c", " ",
    ]

    private static let zones = [
        "Europe/Vienna", "UTC", "America/St_Johns", "Asia/Calcutta", "US/Pacific", "Pacific Standard Time", "GMT+05:30",
        "Mars/Olympus", "Pacific/Kiritimati",
    ]

    private static let rules = [
        ["RRULE:FREQ=DAILY"],
        ["EXDATE;TZID=Europe/Vienna:20260511T100000", "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T000000Z"],
        ["DTSTART:20260101T000000Z", "RDATE;VALUE=DATE:20260701,20260702"],
    ]
}
