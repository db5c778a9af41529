import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: occurrences")
struct OccurrenceTests {
    private let provider = GoogleCalendarProvider()

    /// An occurrence as the service prints it, at ten in Vienna.
    private static func row(_ id: String, _ day: String, of series: String = "s1", _ more: String = "") -> String {
        let start = #"{"dateTime":"\#(day)T10:00:00+02:00","timeZone":"Europe/Vienna"}"#
        let end = #"{"dateTime":"\#(day)T11:00:00+02:00","timeZone":"Europe/Vienna"}"#
        return #"{"id":"\#(id)","status":"confirmed","recurringEventId":"\#(series)","originalStartTime":\#(start),"#
            + #""start":\#(start),"end":\#(end)\#(more)}"#
    }

    private static func page(_ rows: [String], next: String? = nil) -> String {
        let token = next.map { #","nextPageToken":"\#($0)""# } ?? ""
        return #"{"timeZone":"Europe/Vienna","items":[\#(rows.joined(separator: ","))]\#(token)}"#
    }

    /// From 4 May, 09:00 UTC, to the end of the month.
    private func window() throws -> SyncWindow {
        try SyncWindow(
            start: Date(timeIntervalSince1970: 1_777_885_200),
            end: Date(timeIntervalSince1970: 1_780_272_000)
        )
    }

    @Test("all pages are read, ascending by start, without what only touches the window, is cancelled or is another's")
    func pages() async throws {
        let google = ScriptedGoogle(
            json: Self.page([Self.row("c", "2026-05-25"), Self.row("early", "2026-05-04")], next: "p1"),
            Self.page([], next: "p2"),
            Self.page([
                Self.row("b", "2026-05-18"), Self.row("x", "2026-05-19", of: "s2"),
                #"{"id":"gone","status":"cancelled","recurringEventId":"s1"}"#,
            ])
        )

        let found = try await provider.instances(of: "s1", in: "cal", during: window(), session: google.session)

        // "early" ends at 09:00 UTC, where the window starts: the service's bound is inclusive, the window's is not.
        #expect(found.map(\.id) == ["b", "c"])
        let fixed = "maxResults=2500&timeMin=2026-05-04T09%3A00%3A00Z&timeMax=2026-06-01T00%3A00%3A00Z"
        #expect(
            google.sent.map { $0.url.query(percentEncoded: true) } == [
                fixed, fixed + "&pageToken=p1", fixed + "&pageToken=p2",
            ]
        )
        #expect(google.sent.first?.url.path() == "/calendar/v3/calendars/cal/events/s1/instances")
    }

    @Test("a page token that repeats ends the listing with an error")
    func repeatedToken() async throws {
        let google = ScriptedGoogle(json: Self.page([], next: "p1"), Self.page([], next: "p1"))

        let error = await calendarError {
            try await provider.instances(of: "s1", in: "cal", during: window(), session: google.session)
        }

        #expect(error?.code == .invalidResponse)
    }

    @Test("one occurrence is asked for by its original start, and its id is the service's (section 5.2)")
    func one() async throws {
        let google = ScriptedGoogle(json: Self.page([Self.row("base_R20260504_20260518T080000Z", "2026-05-18")]))
        let key = OccurrenceKey(
            series: "s1",
            originalStart: .zoned(GoogleSamples.civil("2026-05-18T04:00:00"), EventZone("America/New_York"))
        )

        let event = try await provider.occurrence(key, in: "cal", session: google.session)

        #expect(event.id == "base_R20260504_20260518T080000Z")
        #expect(google.sent.first?.query["originalStart"] == "2026-05-18T08:00:00Z")
    }

    @Test("an all-day occurrence is asked for by its date")
    func allDay() async throws {
        let row =
            #"{"id":"i1","recurringEventId":"s1","originalStartTime":{"date":"2026-05-18"},"#
            + #""start":{"date":"2026-05-20"},"end":{"date":"2026-05-21"}}"#
        let google = ScriptedGoogle(json: Self.page([row]))
        let key = OccurrenceKey(series: "s1", originalStart: GoogleSamples.day("2026-05-18"))

        let event = try await provider.occurrence(key, in: "cal", session: google.session)

        #expect(event.content.start == GoogleSamples.day("2026-05-20"))
        #expect(google.sent.first?.query["originalStart"] == "2026-05-18")
    }

    @Test(
        "an occurrence that is cancelled, another one or missing is not found",
        arguments: [
            [], [#"{"id":"gone","status":"cancelled","recurringEventId":"s1"}"#], [row("b", "2026-05-19")],
            [row("b", "2026-05-18", of: "s2")],
        ]
    )
    func missing(_ rows: [String]) async throws {
        let google = ScriptedGoogle(json: Self.page(rows))
        let start = GoogleSamples.zoned("2026-05-18T10:00:00", "Europe/Vienna")

        let error = await calendarError {
            let key = OccurrenceKey(series: "s1", originalStart: start)
            return try await provider.occurrence(key, in: "cal", session: google.session)
        }

        #expect(error?.code == .notFound)
        #expect(error?.identifier == "s1")
    }

    @Test("a row that cannot be read is told with its field, and never left out in silence")
    func unreadable() async throws {
        let google = ScriptedGoogle(json: Self.page([#"{"id":"b","recurringEventId":"s1"}"#]))

        let error = await calendarError {
            try await provider.instances(of: "s1", in: "cal", during: window(), session: google.session)
        }

        #expect(error?.code == .invalidResponse)
        #expect(error?.field == "start")
    }
}
