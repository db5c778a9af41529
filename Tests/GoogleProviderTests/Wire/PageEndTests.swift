import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: where a round ends")
struct PageEndTests {
    private let provider = GoogleCalendarProvider()

    private func page(_ ending: String) async throws -> ChangePage {
        let google = ScriptedGoogle(json: GoogleSamples.page("", ending: ending))
        return try await provider.changes(
            in: "cal",
            from: .beginning(GoogleSamples.window()),
            session: google.session
        )
    }

    @Test("R-24 a page that names a next page gives no cursor, even beside a sync token")
    func bothTokens() async throws {
        let page = try await page(#""nextPageToken":"p1","nextSyncToken":"s1""#)

        #expect(page.cursor == nil)
    }

    @Test("R-24 an empty page token is none, so the page is the last", arguments: [#""""#, "null"])
    func emptyPageToken(_ token: String) async throws {
        let page = try await page(#""nextPageToken":\#(token),"nextSyncToken":"s1""#)

        #expect(page.cursor != nil)
    }

    @Test(
        "a page that names neither a next page nor the end is no answer",
        arguments: [#""kind":"x""#, #""nextSyncToken":"""#, #""nextSyncToken":7"#, #""nextPageToken":"""#]
    )
    func neither(_ ending: String) async {
        let error = await calendarError { try await page(ending) }

        #expect(error?.code == .invalidResponse)
        #expect(error?.field == "nextSyncToken")
    }

    @Test("R-24 no request of a round carries both a token and a filter, whatever position it starts from")
    func filters() async throws {
        let google = ScriptedGoogle(
            json: GoogleSamples.page("", ending: #""nextPageToken":"p1""#),
            GoogleSamples.page("", ending: #""nextSyncToken":"s1""#),
            GoogleSamples.page("", ending: #""nextPageToken":"p2""#),
            GoogleSamples.page("", ending: #""nextSyncToken":"s2""#)
        )
        var position = ChangePosition.beginning(try GoogleSamples.window())
        for _ in 0..<4 {
            switch try await provider.changes(in: "cal", from: position, session: google.session).continuation {
            case .more(let point): position = .page(point)
            case .end(let cursor): position = .cursor(cursor)
            }
        }

        let filters = ["timeMin", "timeMax", "q", "orderBy", "iCalUID", "updatedMin", "showDeleted"]
        let filtered = google.sent.map { request in filters.filter { request.query[$0] != nil } }
        let expected: [[String]] = [["timeMin", "showDeleted"], ["timeMin", "showDeleted"], [], []]
        #expect(filtered == expected)
        let tokens: [String?] = google.sent.map { $0.query["syncToken"] }
        #expect(tokens == [nil, nil, "s1", "s1"])
    }
}
