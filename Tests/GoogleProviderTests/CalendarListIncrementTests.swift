import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: the list of calendars since an earlier look")
struct CalendarListIncrementTests {
    private let provider = GoogleCalendarProvider()

    private static let entry = #"{"id":"team","summary":"Team","accessRole":"writer"}"#

    private static func page(_ items: String, _ ending: String = #""nextSyncToken":"s=1""#) -> String {
        #"{"kind":"calendar#calendarList","items":[\#(items)],\#(ending)}"#
    }

    @Test("a whole look gives a cursor, and the next look names what came, changed and went")
    func increment() async throws {
        let google = ScriptedGoogle(
            json: Self.page(Self.entry),
            Self.page(#"{"id":"team","summary":"Crew","accessRole":"reader"}"#, #""nextPageToken":"p1""#),
            Self.page(
                #"{"id":"gone","deleted":true},{"id":"hidden","accessRole":"owner","hidden":true},"#
                    + #"{"id":"closed","accessRole":"none"},{"summary":"no id"}"#,
                #""nextSyncToken":"s2""#
            )
        )

        let whole = try await provider.calendars(since: nil, session: google.session)
        let cursor = try #require(whole.cursor)
        let since = try await provider.calendars(since: cursor, session: google.session)

        #expect(whole.isComplete)
        #expect(whole.calendars.map(\.title) == ["Team"])
        #expect(!since.isComplete)
        #expect(since.calendars == [RemoteCalendar(id: "team", title: "Crew", access: .read)])
        #expect(since.removed == ["gone", "hidden", "closed"])
        #expect(since.cursor != nil && since.cursor != cursor)
        #expect(
            google.sent.map { $0.url.query(percentEncoded: true) } == [
                "maxResults=250", "maxResults=250&syncToken=s%3D1", "maxResults=250&syncToken=s%3D1&pageToken=p1",
            ]
        )
    }

    @Test("in a whole list hidden and deleted entries are left out and are not news")
    func hidden() async throws {
        let google = ScriptedGoogle(
            json: Self.page(Self.entry + #",{"id":"h","hidden":true,"accessRole":"owner"},{"id":"d","deleted":true}"#)
        )

        let listing = try await provider.calendars(since: nil, session: google.session)

        #expect(listing.calendars.map(\.id) == ["team"])
        #expect(listing.removed.isEmpty)
    }

    @Test("a calendar that two pages name counts once, as the later page says")
    func repeated() async throws {
        let google = ScriptedGoogle(
            json: Self.page(Self.entry, #""nextPageToken":"p1""#),
            Self.page(#"{"id":"team","summary":"Crew","accessRole":"owner"}"#)
        )

        let listing = try await provider.calendars(since: nil, session: google.session)

        #expect(listing.calendars.map(\.title) == ["Crew"])
    }

    @Test(
        "an expired cursor is told as such",
        arguments: [(410, "fullSyncRequired"), (410, "updatedMinTooLongAgo"), (400, "invalid")]
    )
    func expired(_ status: Int, _ reason: String) async throws {
        let google = ScriptedGoogle([.json(Self.page("")), .googleError(status, reason)])
        let cursor = try await provider.calendars(since: nil, session: google.session).cursor

        let error = await calendarError { try await provider.calendars(since: cursor, session: google.session) }

        #expect(error?.code == .cursorExpired)
    }

    @Test(
        "a cursor that is none of this list's is expired and costs no request",
        arguments: ["", "CAES", "{}", #"{"version":2,"calendarListToken":"s"}"#, #"{"version":1,"syncToken":"s"}"#]
    )
    func malformed(_ text: String) async {
        let google = ScriptedGoogle(json: Self.page(""))

        let error = await calendarError {
            try await provider.calendars(since: SyncCursor(text), session: google.session)
        }

        #expect(error?.code == .cursorExpired)
        #expect(google.sent.isEmpty)
    }

    @Test("a list without a token for the next look has no cursor")
    func noToken() async throws {
        let google = ScriptedGoogle(json: Self.page(Self.entry, #""nextSyncToken":"""#))

        #expect(try await provider.calendars(since: nil, session: google.session).cursor == nil)
    }

    @Test("a calendar says its zone, its reminders and which conferences it allows")
    func parts() async throws {
        let google = ScriptedGoogle(
            json: Self.page(
                #"{"id":"c","summary":"C","accessRole":"owner","timeZone":"Asia/Calcutta","#
                    + #""defaultReminders":[{"method":"popup","minutes":30},{"method":"email","minutes":"60"},{}],"#
                    + #""conferenceProperties":{"allowedConferenceSolutionTypes":["hangoutsMeet","new"]}}"#
            )
        )

        let calendar = try #require(try await provider.calendars(session: google.session).first)

        #expect(calendar.zone == EventZone("Asia/Calcutta"))
        #expect(
            calendar.defaultReminders == [.init(minutesBefore: 30), .init(method: "email", minutesBefore: 60)]
        )
        #expect(calendar.conferenceSolutions == ["hangoutsMeet", "new"])
    }

    @Test("the palette is read in one request, and an entry without a background is left out")
    func colors() async throws {
        let google = ScriptedGoogle(
            json: ##"{"kind":"calendar#colors","calendar":{"1":{"background":"#AC725E","foreground":"#1d1d1d"}},"##
                + ##""event":{"5":{"background":"#fbd75b"},"6":{"foreground":"#1d1d1d"},"7":null}}"##
        )

        let palette = try await provider.colors(session: google.session)

        #expect(palette.calendars == ["1": "#ac725e"])
        #expect(palette.events == ["5": "#fbd75b"])
        #expect(google.sent.map { $0.url.path() } == ["/calendar/v3/colors"])
    }
}
