import CalendarCore
import Testing

/// Contents that between them use every field, each with a name.
struct SampleContents: Sendable, CustomTestStringConvertible {
    let name: String
    let content: EventContent
    var testDescription: String { name }

    static var all: [SampleContents] {
        get throws {
            let plain = try Sample.content()
            return [
                SampleContents(name: "plain", content: plain),
                SampleContents(name: "all day", content: try Sample.allDay("2026-04-06", "2026-04-08")),
                SampleContents(name: "untitled", content: changed(plain) { $0.title = nil }),
                SampleContents(name: "text", content: changed(plain) { $0.body = EventBody("a < b & c\nnew line") }),
                SampleContents(
                    name: "formatted",
                    content: changed(plain) {
                        $0.body = EventBody("<p>one <b>two</b></p><ul><li>x &amp; y</li></ul>", isHTML: true)
                    }
                ),
                SampleContents(name: "place", content: changed(plain) { $0.location = " Room 5 " }),
                SampleContents(name: "private", content: changed(plain) { $0.visibility = .private }),
                SampleContents(name: "away", content: changed(plain) { $0.availability = .outOfOffice }),
                SampleContents(name: "elsewhere", content: changed(plain) { $0.availability = .workingElsewhere }),
                SampleContents(name: "tentative", content: changed(plain) { $0.status = .tentative }),
                SampleContents(name: "important", content: changed(plain) { $0.importance = .high }),
                SampleContents(name: "categories", content: changed(plain) { $0.categories = ["Red", "Blue"] }),
                SampleContents(name: "tags", content: changed(plain) { $0.hostTags = ["deal": "42"] }),
                SampleContents(
                    name: "no reminder",
                    content: changed(plain) { $0.reminders = EventReminders(usesDefault: false) }
                ),
                SampleContents(
                    name: "two reminders",
                    content: changed(plain) {
                        $0.reminders = EventReminders(
                            usesDefault: false,
                            overrides: [.init(minutesBefore: 5), .init(method: "email", minutesBefore: 60)]
                        )
                    }
                ),
                SampleContents(
                    name: "guests",
                    content: changed(plain) {
                        $0.attendees = [
                            Attendee("grace@example.com", role: .optional),
                            Attendee(EventPerson("Alan@example.com", name: "Alan")),
                            Attendee("room@example.com", role: .resource),
                        ]
                    }
                ),
                SampleContents(name: "Vienna", content: try Sample.content("2026-07-03T10:00:00", "Europe/Vienna")),
                SampleContents(name: "gap", content: try Sample.content("2026-03-29T02:30:00")),
                SampleContents(name: "India", content: try Sample.content("2026-03-03T10:00:00", "Asia/Kolkata")),
                SampleContents(name: "UTC", content: try Sample.content("2026-03-03T10:00:00", "UTC")),
                SampleContents(
                    name: "weekly until",
                    content: try Sample.series("FREQ=WEEKLY;UNTIL=20260630T080000Z", start: "2026-03-03T10:00:00")
                ),
                SampleContents(
                    name: "monthly count",
                    content: try Sample.series("FREQ=MONTHLY;COUNT=5;BYDAY=1TU", start: "2026-03-03T10:00:00")
                ),
                SampleContents(
                    name: "last day",
                    content: try Sample.series("FREQ=MONTHLY;BYMONTHDAY=-1", start: "2026-03-31T10:00:00")
                ),
                SampleContents(
                    name: "all-day series",
                    content: changed(try Sample.allDay("2026-03-03", "2026-03-04")) {
                        $0.recurrence = Recurrence(lines: ["RRULE:FREQ=YEARLY;UNTIL=20300303"])
                    }
                ),
            ]
        }
    }

    private static func changed(_ content: EventContent, _ change: (inout EventContent) -> Void) -> EventContent {
        var content = content
        change(&content)
        return content
    }
}
