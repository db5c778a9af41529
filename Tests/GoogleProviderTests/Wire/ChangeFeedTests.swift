import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: change feed")
struct ChangeFeedTests {
    private let provider = GoogleCalendarProvider()

    private func changes(_ items: String) async throws -> [RemoteChange] {
        let google = ScriptedGoogle(json: GoogleSamples.page(items))
        return try await provider.changes(
            in: "cal",
            from: .beginning(GoogleSamples.window()),
            session: google.session
        ).changes
    }

    @Test("a cancelled row without a series is a certain removal")
    func removed() async throws {
        let changes = try await changes(#"{"kind":"calendar#event","etag":"\"3\"","id":"e1","status":"cancelled"}"#)

        #expect(changes == [.removed("e1", isCertain: true)])
    }

    @Test("a cancelled row with a series is one occurrence that does not take place")
    func cancelledOccurrence() async throws {
        let changes = try await changes(
            #"{"id":"s1_20260504T080000Z","etag":"\"3\"","status":"cancelled","recurringEventId":"s1","#
                + #""originalStartTime":{"dateTime":"2026-05-04T10:00:00+02:00","timeZone":"Europe/Vienna"}}"#
        )

        let key = OccurrenceKey(
            series: "s1",
            originalStart: GoogleSamples.zoned("2026-05-04T10:00:00", "Europe/Vienna")
        )
        #expect(changes == [.occurrenceCancelled(key, id: "s1_20260504T080000Z", etag: "\"3\"")])
    }

    @Test("a changed occurrence names its series by the service's field, not by cutting its id")
    func exception() async throws {
        let more = #","recurringEventId":"base_R20260501","originalStartTime":{"date":"2026-05-04"}"#
        let changes = try await changes(GoogleSamples.row("base_20260504", more))

        guard case .upserted(let event) = changes.first else {
            Issue.record("the row should be an event")
            return
        }
        let key = OccurrenceKey(series: "base_R20260501", originalStart: GoogleSamples.day("2026-05-04"))
        #expect(event.role == .exception(key))
    }

    @Test(
        "a bad event is an issue that names it, its version and the field, and its neighbours are read (R-28)",
        arguments: [
            (#"{"id":"bad","etag":"\"8\"","start":{"date":"0000-01-01"},"end":{"date":"0000-01-02"}}"#, "start"),
            (#"{"id":"bad","etag":"\"8\"","end":{"date":"2026-01-02"}}"#, "start"),
            (#"{"id":"bad","etag":"\"8\"","start":{"date":"2026-01-02"},"end":{"date":"later"}}"#, "end"),
            (#"{"id":"bad","etag":"\"8\"","start":{"dateTime":"tomorrow"},"end":{"date":"2026-01-02"}}"#, "start"),
            (#"{"id":"bad","etag":"\"8\"","status":"cancelled","recurringEventId":"s1"}"#, "originalStartTime"),
        ]
    )
    func badEvent(_ row: String, _ field: String) async throws {
        let changes = try await changes(row + "," + GoogleSamples.row("good1"))

        #expect(changes.count == 2)
        guard case .unreadable(let issue) = changes.first, case .upserted(let event) = changes.last else {
            Issue.record("the first row should be an issue, the second an event")
            return
        }
        #expect(issue.event == "bad")
        #expect(issue.etag == "\"8\"")
        #expect(issue.code == .unreadableField)
        #expect(issue.field == field)
        #expect(event.id == "good1")
    }

    @Test("a row that is no object is an issue without an id")
    func noObject() async throws {
        let changes = try await changes("7")

        guard case .unreadable(let issue) = changes.first else {
            Issue.record("the row should be an issue")
            return
        }
        #expect(issue.event == nil)
        #expect(issue.field == "id")
    }

    @Test(
        "a page that is not what the service documents is an invalid response and no change",
        arguments: [
            "<html>busy</html>", "", "[]", #"{"items":[]}"#, #"{"nextSyncToken":"s"}"#, #"{"items":[],"nextSyncTok"#,
        ]
    )
    func badPage(_ body: String) async throws {
        let google = ScriptedGoogle(json: body)

        let error = await calendarError {
            try await provider.changes(in: "cal", from: .beginning(GoogleSamples.window()), session: google.session)
        }

        #expect(error?.code == .invalidResponse)
        #expect(error?.provider == .google)
        #expect(error?.operation == "events.list")
        #expect(error?.isOutcomeUnknown == false)
    }

    @Test(
        "a position that this version did not write needs a full round and costs no request",
        arguments: ["", "CAES", #"{"version":2,"syncToken":"s"}"#, #"{"version":1}"#]
    )
    func foreignPosition(_ text: String) async throws {
        let google = ScriptedGoogle(json: GoogleSamples.page(""))

        let byCursor = await calendarError {
            try await provider.changes(in: "cal", from: .cursor(SyncCursor(text)), session: google.session)
        }
        let byPage = await calendarError {
            try await provider.changes(in: "cal", from: .page(ResumePoint(text)), session: google.session)
        }

        #expect(byCursor?.code == .cursorExpired)
        #expect(byPage?.code == .cursorExpired)
        #expect(google.sent.isEmpty)
    }

    @Test(
        "an expired position is told as such, on the first page of an increment and in the middle of a round",
        arguments: [(410, "fullSyncRequired"), (410, "updatedMinTooLongAgo"), (410, "gone"), (400, "invalid")],
        [true, false]
    )
    func expired(_ failure: (Int, String), onCursor: Bool) async throws {
        let google = ScriptedGoogle([
            .json(GoogleSamples.page("", ending: onCursor ? #""nextSyncToken":"s1""# : #""nextPageToken":"p1""#)),
            .googleError(failure.0, failure.1),
        ])
        let window = try GoogleSamples.window()
        let first = try await provider.changes(in: "cal", from: .beginning(window), session: google.session)
        let position: ChangePosition =
            switch first.continuation {
            case .more(let point): .page(point)
            case .end(let cursor): .cursor(cursor)
            }

        let error = await calendarError {
            try await provider.changes(in: "cal", from: position, session: google.session)
        }

        #expect(error?.code == .cursorExpired)
        #expect(error?.failureClass == .resync)
    }

    @Test("a bad request at the beginning of a round is not an expired position")
    func refusedBeginning() async throws {
        let google = ScriptedGoogle([.googleError(400, "invalid")])

        let error = await calendarError {
            try await provider.changes(in: "cal", from: .beginning(GoogleSamples.window()), session: google.session)
        }

        #expect(error?.code == .rejected)
    }
}
