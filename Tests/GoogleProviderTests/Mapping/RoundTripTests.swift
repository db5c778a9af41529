import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: round trips")
struct RoundTripTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let content: EventContent

        init(_ name: String, _ change: (inout EventContent) -> Void = { _ in }) {
            self.name = name
            content = GoogleSamples.meeting(change)
        }

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case("plain"),
        Case("without a title") { $0.title = nil },
        Case("with an empty title and place") { ($0.title, $0.location) = ("", "") },
        Case("all-day over the change of the year") {
            ($0.start, $0.end) = (GoogleSamples.day("2026-12-31"), GoogleSamples.day("2027-01-02"))
        },
        Case("leap day") {
            ($0.start, $0.end) = (GoogleSamples.day("2028-02-29"), GoogleSamples.day("2028-03-01"))
        },
        Case("the second reading of an hour that occurs twice") {
            let start = GoogleSamples.civil("2026-10-25T02:30:00")
            let zone = EventZone("Europe/Vienna")
            $0.start = .zoned(ZonedDateTime(civil: start, zone: zone, isLaterInOverlap: true))
            $0.end = GoogleSamples.zoned("2026-10-25T03:30:00", "Europe/Vienna")
        },
        Case("a reading that clocks skip") {
            $0.start = GoogleSamples.zoned("2026-03-29T02:30:00", "Europe/Vienna")
            $0.end = GoogleSamples.zoned("2026-03-29T04:30:00", "Europe/Vienna")
        },
        Case("two zones") { $0.end = GoogleSamples.zoned("2026-05-04T17:00:00", "Asia/Kolkata") },
        Case("a half-hour zone") {
            $0.start = GoogleSamples.zoned("2026-05-04T10:00:00", "Asia/Kathmandu")
            $0.end = GoogleSamples.zoned("2026-05-04T11:00:00", "Asia/Kathmandu")
        },
        Case("UTC") {
            $0.start = GoogleSamples.zoned("2026-05-04T10:00:00", "UTC")
            $0.end = GoogleSamples.zoned("2026-05-04T11:00:00", "UTC")
        },
        Case("west of Greenwich") {
            $0.start = GoogleSamples.zoned("2026-05-04T10:00:00", "America/St_Johns")
            $0.end = GoogleSamples.zoned("2026-05-04T11:00:00", "America/St_Johns")
        },
        Case("a zone with a Windows name") {
            $0.start = GoogleSamples.zoned("2026-05-04T10:00:00", "Pacific Standard Time")
            $0.end = GoogleSamples.zoned("2026-05-04T11:00:00", "Pacific Standard Time")
        },
        Case("HTML") { $0.body = EventBody("<p>Agenda: <b>a &lt; b</b></p>", isHTML: true) },
        Case("text with other line ends and blanks at its end") { $0.body = EventBody("one\r\ntwo \n\n") },
        Case("the calendar's reminders") { $0.reminders = EventReminders(usesDefault: true) },
        Case("no reminders") { $0.reminders = EventReminders(usesDefault: false) },
        Case("reminders in any order") {
            $0.reminders = EventReminders(
                usesDefault: false,
                overrides: [.init(method: "email", minutesBefore: 60), .init(minutesBefore: 10)]
            )
        },
        Case("more reminders than the service keeps, of unknown kinds and far away") {
            $0.reminders = EventReminders(
                usesDefault: false,
                overrides: (1...7).map { .init(method: "sms", minutesBefore: $0 * 9_999) }
            )
        },
        Case("guests") {
            $0.attendees = [
                Attendee(EventPerson("Eve@Example.com", name: "Eve"), role: .optional, response: .tentative),
                Attendee("ada@example.com", response: .organizer, comment: "Gladly", additionalGuests: 2, isSelf: true),
                Attendee("room@example.com", role: .resource, response: .accepted),
            ]
            $0.organizer = EventPerson("ada@example.com")
        },
        Case("private") { $0.visibility = .private },
        Case("personal") { $0.visibility = .personal },
        Case("confidential") { $0.visibility = .confidential },
        Case("public and free") { ($0.visibility, $0.availability) = (.public, .free) },
        Case("out of office") { $0.availability = .outOfOffice },
        Case("elsewhere") { $0.availability = .workingElsewhere },
        Case("tentative") { ($0.status, $0.availability) = (.tentative, .tentative) },
        Case("series with an excluded date") {
            $0.recurrence = Recurrence(lines: [
                "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260630T080000Z", "EXDATE;TZID=Europe/Vienna:20260511T100000",
                "DTSTART;TZID=Europe/Vienna:20260504T100000",
            ])
        },
        Case("important, with categories and a colour by name") {
            ($0.importance, $0.categories, $0.color) = (.high, ["Red"], "preset3")
        },
        Case("colour") { $0.color = "11" },
        Case("attachments") {
            $0.attachments = [
                EventAttachment(url: "https://drive.example/1", title: "Plan", mediaType: "text/plain"),
                EventAttachment(url: "file:///secret", title: "Local"),
            ]
        },
        Case("host tags, one of them too long") {
            $0.hostTags = [
                "deal": "42", String(repeating: "k", count: 60): "x", "long": String(repeating: "v", count: 2000),
            ]
        },
        Case("a conference of another service") {
            $0.conference = EventConference(solution: "teamsForBusiness", joinURL: "https://t.example/1", state: .ready)
        },
        Case("a special kind") { $0.kind = .focusTime },
    ]

    @Test("what was written reads as its canonical form", arguments: cases)
    func created(_ sample: Case) async throws {
        let provider = GoogleCalendarProvider()
        let google = ScriptedGoogle.echoing()
        let creation = EventCreation(key: "0123456789abcdef", content: sample.content, invitations: .silent)

        let event = try await provider.create(creation, in: "cal", session: google.session)

        #expect(provider.canonical(event.content) == provider.canonical(sample.content))
    }

    @Test("what was patched onto another event reads as its canonical form", arguments: cases)
    func patched(_ sample: Case) async throws {
        let provider = GoogleCalendarProvider()
        let google = ScriptedGoogle.echoing()
        let base = GoogleSamples.meeting {
            ($0.start, $0.end) = (GoogleSamples.day("2026-01-01"), GoogleSamples.day("2026-01-02"))
            $0.body = EventBody("old")
            $0.location = "old"
            $0.color = "3"
            $0.visibility = .public
            $0.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 7)])
            $0.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY"])
            $0.hostTags = ["old": "1"]
            $0.attendees = [Attendee("old@example.com")]
        }
        let creation = EventCreation(key: "0123456789abcdef", content: base, invitations: .silent)
        let first = try await provider.create(creation, in: "cal", session: google.session)

        let update = EventUpdate(
            id: first.id,
            etag: first.etag,
            base: first.content,
            content: sample.content,
            invitations: .silent
        )
        let event = try await provider.update(update, in: "cal", session: google.session)

        #expect(provider.canonical(event.content) == provider.canonical(sample.content))
    }

    @Test("the canonical form of a canonical form is itself", arguments: cases)
    func idempotent(_ sample: Case) {
        let provider = GoogleCalendarProvider()
        let canonical = provider.canonical(sample.content)

        #expect(provider.canonical(canonical) == canonical)
    }

    @Test("a wish for a conference is one request of the operation's id, and its link is read back")
    func conference() async throws {
        let provider = GoogleCalendarProvider()
        let google = ScriptedGoogle.echoing()
        let content = GoogleSamples.meeting {
            $0.conference = EventConference(solution: nil, joinURL: nil, state: .pending)
        }
        let creation = EventCreation(key: "0123456789abcdef", content: content, invitations: .silent)

        _ = try await provider.create(creation, in: "cal", session: google.session)

        let expected: JSONNode = [
            "createRequest": [
                "requestId": "0123456789abcdef", "conferenceSolutionKey": ["type": "hangoutsMeet"],
            ]
        ]
        #expect(google.sent.first?.json?["conferenceData"] == expected)
    }
}
