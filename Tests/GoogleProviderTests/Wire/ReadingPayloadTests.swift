import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: reading payloads without a call")
struct ReadingPayloadTests {
    private let provider = GoogleCalendarProvider()

    private func changes(_ text: String) throws -> [RemoteChange] {
        try provider.changes(reading: Data(text.utf8))
    }

    @Test("one event, a page and an array read alike")
    func shapes() throws {
        let row = GoogleSamples.row("e1")

        let one = try changes(row)

        #expect(one.count == 1)
        #expect(try changes(#"{"items":[\#(row)]}"#) == one)
        #expect(try changes("[\(row)]") == one)
        #expect(try changes("[]").isEmpty)
    }

    @Test("the zone of a page is that of times that name none")
    func pageZone() throws {
        let row = #"{"id":"e1","start":{"dateTime":"2026-05-04T10:00:00"},"end":{"dateTime":"2026-05-04T11:00:00"}}"#

        guard case .upserted(let event) = try changes(#"{"timeZone":"Europe/Vienna","items":[\#(row)]}"#).first else {
            Issue.record("the row should be an event")
            return
        }

        #expect(event.content.start == GoogleSamples.zoned("2026-05-04T10:00:00", "Europe/Vienna"))
    }

    @Test("what is no JSON object or array is refused", arguments: ["", "7", #""x""#, "null", "{", "<html>", "[1,]"])
    func unusable(_ text: String) {
        let error = #expect(throws: CalendarError.self) { try changes(text) }

        #expect(error?.code == .invalidArgument)
    }

    @Test(
        "JSON that is no event is an issue, not a crash",
        arguments: [
            "{}", #"{"error":{"code":404}}"#, #"{"items":{}}"#, #"{"kind":"calendar#setting","id":"locale"}"#,
            #"[null]"#, #"[[]]"#, #"{"id":7}"#, #"{"id":"e1","start":"2026-05-04"}"#,
        ]
    )
    func noEvent(_ text: String) throws {
        guard case .unreadable(let issue) = try changes(text).first else {
            Issue.record("this should be an issue")
            return
        }

        #expect(issue.code == .unreadableField)
    }

    /// Odd shapes, and the field of the content each must not lose.
    static let odd: [(row: String, start: EventTime)] = [
        (#"{"id":"e1","start":{"date":"2026-05-04"}}"#, GoogleSamples.day("2026-05-04")),
        (
            #"{"id":"e1","start":{"date":"2026-05-04T00:00:00Z"},"end":{"date":"2026-05-05T00:00:00Z"}}"#,
            GoogleSamples.day("2026-05-04")
        ),
        (
            #"{"id":"e1","start":{"dateTime":"2026-05-04T10:00:00+05:30"},"end":{"dateTime":"2026-05-04T11:00:00+05:30"}}"#,
            GoogleSamples.zoned("2026-05-04T10:00:00", "GMT+05:30")
        ),
        (
            #"{"id":"e1","start":{"dateTime":"2026-05-04T10:00:00+05:30","timeZone":"GMT+05:30"},"end":{}}"#,
            GoogleSamples.zoned("2026-05-04T10:00:00", "GMT+05:30")
        ),
        (
            #"{"id":"e1","start":{"dateTime":"2026-05-04T10:00:00.123-07:00","timeZone":"US/Pacific"}}"#,
            GoogleSamples.zoned("2026-05-04T10:00:00", "US/Pacific")
        ),
        (
            #"{"id":"e1","start":{"date":null,"dateTime":"2026-05-04T10:00:00Z","timeZone":null},"end":null,"#
                + #""summary":null,"status":null,"attendees":null,"reminders":null,"recurrence":null,"#
                + #""recurringEventId":null,"originalStartTime":null,"extendedProperties":null,"source":null,"#
                + #""organizer":null,"creator":null,"conferenceData":null,"colorId":null,"eventType":null}"#,
            GoogleSamples.zoned("2026-05-04T10:00:00", "UTC")
        ),
        (
            #"{"id":"e1","start":{"date":"2026-05-04"},"summary":"","location":"","description":"","hangoutLink":"","#
                + #""colorId":"","recurringEventId":"","iCalUID":"","gadget":{"type":"html"},"sequence":"3","#
                + #""reminders":{"useDefault":false,"overrides":[{"method":"popup","minutes":"10"},{"minutes":1.5}]},"#
                + #""attendees":[{"email":""},{"displayName":"Ada"},{"email":"b@example.com","additionalGuests":"2"},7]}"#,
            GoogleSamples.day("2026-05-04")
        ),
        (
            #"{"id":"e1","start":{"date":"2026-05-04"},"end":{"date":"2026-05-05"},"#
                + #""recurrence":["RDATE;VALUE=DATE:20260506,20260508"]}"#,
            GoogleSamples.day("2026-05-04")
        ),
        (
            #"{"id":"e1","start":{"date":"2026-05-04"},"recurrence":["RRULE:FREQ=DAILY","#
                + (0..<2000).map { _ in #""EXDATE;VALUE=DATE:20260506""# }.joined(separator: ",") + "]}",
            GoogleSamples.day("2026-05-04")
        ),
    ]

    @Test("Trap 10 odd rows are events, and sending them back unchanged sends nothing", arguments: odd)
    func oddRows(_ row: String, _ start: EventTime) throws {
        let event = try GoogleSamples.event(row)

        #expect(event.content.start == start)
        #expect(try GoogleSamples.patch(from: event.content, to: event.content) == [:])
    }

    @Test("numbers written as text are read, what is no number is left out")
    func numbers() throws {
        let event = try GoogleSamples.event(Self.odd[6].row)

        #expect(event.content.reminders == EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 10)]))
        #expect(event.content.attendees == [Attendee("b@example.com", additionalGuests: 2)])
        #expect(event.content.attendeesAreIncomplete)
        #expect(event.role == .single)
    }

    @Test("a cancelled row with all its details is gone all the same")
    func cancelled() throws {
        let row = GoogleSamples.row("e1").replacingOccurrences(of: #""confirmed""#, with: #""cancelled""#)

        #expect(try changes(row) == [.removed("e1", isCertain: true)])
    }

    @Test("a patch that would send nothing is an empty object, one with a change has that change alone")
    func patch() throws {
        let base = GoogleSamples.meeting()
        let content = GoogleSamples.meeting { $0.location = "Room 2" }

        #expect(try GoogleSamples.patch(from: base, to: base) == [:])
        #expect(try GoogleSamples.patch(from: base, to: content) == ["location": "Room 2"])
    }

    @Test(
        "every recorded file is read; an unchanged event sends nothing back, also after it was stored",
        .enabled(if: SharedGoogleData.isPresent, "shared data is absent")
    )
    func recorded() throws {
        let files = try SharedGoogleData.files()
        var events = 0
        for file in files {
            for case .upserted(let event) in try provider.changes(reading: Data(contentsOf: file)) {
                events += 1
                let stored = try JSONDecoder().decode(EventContent.self, from: JSONEncoder().encode(event.content))
                #expect(stored == event.content, "\(file.lastPathComponent)")
                #expect(
                    try GoogleSamples.patch(from: event.content, to: stored) == [:],
                    "\(file.lastPathComponent) \(event.id)"
                )
            }
        }

        #expect(files.count > 90)
        #expect(events > 100)
    }

    @Test(
        "recorded answers that are no events give issues",
        .enabled(if: SharedGoogleData.isPresent, "shared data is absent"),
        arguments: ["nw-404.json", "made-settings-list.json", "gc-cal-list.json", "docs-watch-response.json"]
    )
    func recordedOthers(_ name: String) throws {
        let changes = try provider.changes(reading: SharedGoogleData.body(name))

        #expect(!changes.isEmpty)
        for change in changes {
            guard case .unreadable = change else {
                Issue.record("\(name) holds no event")
                return
            }
        }
    }
}
