import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: requests")
struct TrafficTests {
    private let provider = GoogleCalendarProvider()

    @Test("a round of n pages costs n requests that repeat its parameters, an empty page included (R-24)")
    func pages() async throws {
        let google = ScriptedGoogle(
            json: GoogleSamples.page(GoogleSamples.row("a1aaa"), ending: #""nextPageToken":"p1""#),
            GoogleSamples.page("", ending: #""nextPageToken":"p2""#),
            GoogleSamples.page(GoogleSamples.row("b2bbb"), ending: #""nextSyncToken":"s=1""#)
        )
        var position = ChangePosition.beginning(try GoogleSamples.window())
        var cursor: SyncCursor?

        while cursor == nil {
            switch try await provider.changes(in: "cal", from: position, session: google.session).continuation {
            case .more(let point): position = .page(point)
            case .end(let end): cursor = end
            }
        }

        let fixed = "singleEvents=false&maxResults=2500&timeMin=2026-01-01T00%3A00%3A00Z&showDeleted=false"
        #expect(
            google.sent.map { $0.url.query(percentEncoded: true) } == [
                fixed, fixed + "&pageToken=p1", fixed + "&pageToken=p2",
            ]
        )
        #expect(google.sent.allSatisfy { $0.method == .get && $0.url.path() == "/calendar/v3/calendars/cal/events" })
    }

    @Test("a poll without changes costs one request, whose only restriction is the sync token (R-24)")
    func quietPoll() async throws {
        let google = ScriptedGoogle(
            json: GoogleSamples.page("", ending: #""nextSyncToken":"s=1""#),
            GoogleSamples.page("", ending: #""nextSyncToken":"s2""#)
        )
        let first = try await provider.changes(
            in: "cal",
            from: .beginning(GoogleSamples.window()),
            session: google.session
        )
        let cursor = try #require(first.cursor)

        let page = try await provider.changes(in: "cal", from: .cursor(cursor), session: google.session)

        #expect(page.changes.isEmpty)
        #expect(page.cursor != nil && page.cursor != cursor)
        #expect(google.sent.count == 2)
        let query = google.sent.last?.url.query(percentEncoded: true)
        #expect(query == "singleEvents=false&maxResults=2500&syncToken=s%3D1")
    }

    @Test("a later page of an increment repeats its sync token")
    func incrementalPages() async throws {
        let google = ScriptedGoogle(
            json: GoogleSamples.page(""),
            GoogleSamples.page("", ending: #""nextPageToken":"p1""#),
            GoogleSamples.page("", ending: #""nextSyncToken":"s2""#)
        )
        let window = try GoogleSamples.window()
        let first = try await provider.changes(in: "cal", from: .beginning(window), session: google.session)
        let cursor = try #require(first.cursor)
        let second = try await provider.changes(in: "cal", from: .cursor(cursor), session: google.session)
        guard case .more(let point) = second.continuation else {
            Issue.record("the page should not be the last")
            return
        }

        _ = try await provider.changes(in: "cal", from: .page(point), session: google.session)

        let query = google.sent.last?.url.query(percentEncoded: true)
        #expect(query == "singleEvents=false&maxResults=2500&syncToken=s1&pageToken=p1")
    }

    @Test("a calendar id with special characters is one path segment")
    func oddCalendar() async throws {
        let google = ScriptedGoogle(json: GoogleSamples.page(""))

        _ = try await provider.changes(
            in: "a#b@c/d e.usa#holiday",
            from: .beginning(GoogleSamples.window()),
            session: google.session
        )

        let path = google.sent.first?.url.path(percentEncoded: true)
        #expect(path == "/calendar/v3/calendars/a%23b%40c%2Fd%20e.usa%23holiday/events")
        #expect(google.sent.first?.url.fragment() == nil)
    }

    @Test("an empty calendar id is refused before anything is sent")
    func emptyCalendar() async throws {
        let google = ScriptedGoogle(json: "{}")

        let error = await calendarError { try await provider.event("e1", in: "", session: google.session) }

        #expect(error?.code == .invalidArgument)
        #expect(google.sent.isEmpty)
    }

    @Test("another root is used as it is, with or without a slash at its end", arguments: ["", "/"])
    func root(_ end: String) async throws {
        let root = try #require(URL(string: "http://127.0.0.1:8080/google" + end))
        let google = ScriptedGoogle(json: GoogleSamples.row("e1"))
        let provider = GoogleCalendarProvider(configuration: .init(root: root))

        _ = try await provider.event("e1", in: "cal", session: google.session)

        #expect(google.sent.first?.url.absoluteString == "http://127.0.0.1:8080/google/calendars/cal/events/e1")
    }

    @Test("every write says whether mail is sent (R-08)", arguments: [InvitationPolicy.silent, .notifyGuests])
    func mail(_ invitations: InvitationPolicy) async throws {
        let google = ScriptedGoogle.echoing()
        let base = GoogleSamples.meeting()
        let changed = GoogleSamples.meeting { $0.title = "Moved" }

        let creation = EventCreation(key: "0123456789abcdef", content: base, invitations: invitations)
        let event = try await provider.create(creation, in: "cal", session: google.session)
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: base,
            content: changed,
            invitations: invitations
        )
        _ = try await provider.update(update, in: "cal", session: google.session)
        let deletion = EventDeletion(id: event.id, etag: "\"9\"", invitations: invitations)
        try await provider.delete(deletion, in: "cal", session: google.session)

        let expected = invitations == .silent ? "none" : "all"
        #expect(google.sent.map(\.method) == [.post, .patch, .delete])
        #expect(google.sent.map { $0.query.values("sendUpdates") } == [[expected], [expected], [expected]])
        #expect(google.sent.map { $0.query["conferenceDataVersion"] } == ["1", "1", nil])
        #expect(google.sent.map { $0.headers["If-Match"] } == [nil, event.etag, "\"9\""])
        #expect(google.sent.map(\.repeatSafety) == [.onlyIfUnprocessed, .safe, .safe])
    }
}

extension ChangePage {
    /// The cursor of the last page of a round.
    var cursor: SyncCursor? {
        if case .end(let cursor) = continuation { cursor } else { nil }
    }
}
