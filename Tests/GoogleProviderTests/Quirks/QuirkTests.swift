import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: quirks")
struct QuirkTests {
    private func read(_ row: String, in page: String = "") async throws -> RemoteEvent {
        let zone = page.isEmpty ? "" : #""timeZone":"\#(page)","#
        let google = ScriptedGoogle(json: #"{\#(zone)"items":[\#(row)],"nextSyncToken":"s"}"#)
        let changes = try await GoogleCalendarProvider().changes(
            in: "cal",
            from: .beginning(GoogleSamples.window()),
            session: google.session
        ).changes
        guard case .upserted(let event) = changes.first else { throw ScriptedGoogle.UnplannedRequest() }
        return event
    }

    @Test(
        "an event without an end lasts its day, or no time",
        arguments: ["", #","endTimeUnspecified":true"#, #","end":null"#, #","end":{}"#, #","end":{"date":null}"#]
    )
    func unspecifiedEnd(_ end: String) async throws {
        let day = try await read(#"{"id":"e1","start":{"date":"2026-05-04"}\#(end)}"#)
        let time = try await read(
            #"{"id":"e1","start":{"dateTime":"2026-05-04T10:00:00Z","timeZone":"UTC"}\#(end)}"#
        )

        #expect(day.content.end == GoogleSamples.day("2026-05-05"))
        #expect(time.content.end == time.content.start)
    }

    @Test("an all-day event whose end is its start lasts that day")
    func emptyDay() async throws {
        let event = try await read(#"{"id":"e1","start":{"date":"2026-12-31"},"end":{"date":"2026-12-31"}}"#)

        #expect(event.content.end == GoogleSamples.day("2027-01-01"))
    }

    @Test("a day written as a time is that day")
    func dateWithTime() async throws {
        let event = try await read(
            #"{"id":"e1","start":{"date":"2008-09-24T10:30:00-07:00"},"end":{"date":"2008-09-24T11:00:00-07:00"}}"#
        )

        #expect(event.content.start == GoogleSamples.day("2008-09-24"))
        #expect(event.content.end == GoogleSamples.day("2008-09-25"))
    }

    @Test("the calendar's reminders win over the event's own beside them")
    func defaultWithOverrides() async throws {
        let event = try await read(
            GoogleSamples.row(
                "e1",
                #","reminders":{"useDefault":true,"overrides":[{"method":"email","minutes":20}]}"#
            )
        )

        #expect(event.content.reminders == EventReminders(usesDefault: true))
    }

    @Test("a list with a guest without an address is incomplete")
    func guestWithoutAddress() async throws {
        let event = try await read(
            GoogleSamples.row("e1", #","attendees":[{"id":"7","displayName":"Ada"},{"email":"bob@example.com"}]"#)
        )

        #expect(event.content.attendees.map(\.person.address) == ["bob@example.com"])
        #expect(event.content.attendeesAreIncomplete)
    }

    @Test(
        "a time without a zone takes the calendar's where the offset fits, else keeps the offset",
        arguments: [
            ("2026-05-04T10:00:00+02:00", "Europe/Vienna", "Europe/Vienna"),
            ("2026-05-04T10:00:00+05:30", "Europe/Vienna", "GMT+05:30"),
            ("2026-05-04T10:00:00-03:30", "", "GMT-03:30"),
            ("2026-05-04T10:00:00Z", "", "UTC"),
            ("2026-05-04T10:00:00", "Europe/Vienna", "Europe/Vienna"),
        ]
    )
    func missingZone(_ text: String, _ calendar: String, _ zone: String) async throws {
        let row = #"{"id":"e1","start":{"dateTime":"\#(text)"},"end":{"dateTime":"\#(text)"}}"#

        let event = try await read(row, in: calendar)

        #expect(event.content.start.zone?.identifier == zone)
        #expect(event.content.start.civil == GoogleSamples.civil("2026-05-04T10:00:00"))
    }

    @Test("a time rendered in another zone than the event's is the same instant on the event's clock")
    func renderedElsewhere() async throws {
        let event = try await read(
            #"{"id":"e1","start":{"dateTime":"2026-05-04T04:00:00-04:00","timeZone":"Asia/Calcutta"},"#
                + #""end":{"dateTime":"2026-05-04T05:00:00-04:00","timeZone":"Asia/Calcutta"}}"#,
            in: "America/New_York"
        )

        #expect(event.content.start == GoogleSamples.zoned("2026-05-04T13:30:00", "Asia/Calcutta"))
    }

    @Test("the second reading of an hour that occurs twice is told by the offset")
    func overlap() async throws {
        let event = try await read(
            #"{"id":"e1","start":{"dateTime":"2026-10-25T02:30:00+01:00","timeZone":"Europe/Vienna"},"#
                + #""end":{"dateTime":"2026-10-25T03:30:00+01:00","timeZone":"Europe/Vienna"}}"#
        )

        #expect(event.content.start.date(floatingIn: .utc) == Date(timeIntervalSince1970: 1_792_891_800))
        #expect(event.content.start.civil == GoogleSamples.civil("2026-10-25T02:30:00"))
    }
}
