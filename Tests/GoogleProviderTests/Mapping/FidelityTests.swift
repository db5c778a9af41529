import CalendarCore
import GoogleProvider
import Testing

@Suite("Google: fidelity")
struct FidelityTests {
    @Test("an ordinary event loses nothing")
    func nothing() {
        let content = GoogleSamples.meeting {
            $0.body = EventBody("Agenda")
            $0.attendees = [Attendee("ada@example.com")]
            $0.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 5)])
            $0.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY"])
            $0.visibility = .private
            $0.availability = .free
            $0.hostTags = ["deal": "7"]
            $0.color = "5"
        }

        #expect(GoogleCalendarProvider().losses(writing: content).isEmpty)
    }

    @Test("what the service cannot express is declared for its field, once")
    func losses() {
        let content = GoogleSamples.meeting {
            $0.importance = .high
            $0.categories = ["Red"]
            $0.visibility = .personal
            $0.availability = .outOfOffice
            $0.color = "preset3"
            $0.attachments = [EventAttachment(url: "file:///x")]
            $0.conference = EventConference(solution: "teamsForBusiness", joinURL: "https://t.example", state: .ready)
            $0.hostTags = [String(repeating: "k", count: 60): "x"]
            $0.reminders = EventReminders(usesDefault: false, overrides: (1...6).map { .init(minutesBefore: $0) })
            $0.body = EventBody("a <b> c")
            $0.start = GoogleSamples.zoned("2026-05-04T10:00:00", "Mars/Olympus")
        }

        let fields = GoogleCalendarProvider().losses(writing: content).map(\.field)

        #expect(
            fields == [
                .attachments, .availability, .body, .categories, .color, .conference, .hostTags, .importance,
                .reminders, .time, .visibility,
            ]
        )
    }

    @Test(
        "a field whose canonical form differs from what was asked declares a loss",
        arguments: [Availability.tentative, .outOfOffice, .workingElsewhere, Availability(rawValue: "new")]
    )
    func availability(_ value: Availability) {
        let content = GoogleSamples.meeting { $0.availability = value }

        #expect(GoogleCalendarProvider().losses(writing: content).map(\.field) == [.availability])
    }
}
