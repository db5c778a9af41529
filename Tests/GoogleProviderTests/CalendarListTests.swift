import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: calendars")
struct CalendarListTests {
    private let provider = GoogleCalendarProvider()

    @Test(
        "all pages are read, the primary calendar comes first under its real id, hidden and deleted ones are left out"
    )
    func list() async throws {
        let google = ScriptedGoogle(
            json: #"{"items":[{"id":"en.usa#holiday@group.v.calendar.google.com","summary":"Holidays","#
                + #""accessRole":"reader"},{"id":"gone","deleted":true},"#
                + #"{"id":"hidden","summary":"H","accessRole":"owner","hidden":true}],"nextPageToken":"p/1"}"#,
            #"{"items":[],"nextPageToken":"p2"}"#,
            #"{"items":[{"id":"ada@example.com","summary":"ada@example.com","summaryOverride":"Mine","primary":true,"#
                + #""accessRole":"owner","timeZone":"Europe/Vienna","backgroundColor":"#
                + "\"#9FE1E7\"" + #"}],"nextSyncToken":"s"}"#
        )

        let calendars = try await provider.calendars(session: google.session)

        #expect(
            calendars == [
                RemoteCalendar(
                    id: "ada@example.com",
                    title: "Mine",
                    zone: EventZone("Europe/Vienna"),
                    access: .owner,
                    isPrimary: true,
                    color: "#9fe1e7"
                ),
                RemoteCalendar(id: "en.usa#holiday@group.v.calendar.google.com", title: "Holidays", access: .read),
            ]
        )
        #expect(
            google.sent.map { $0.url.query(percentEncoded: true) } == [
                "maxResults=250", "maxResults=250&pageToken=p%2F1", "maxResults=250&pageToken=p2",
            ]
        )
    }

    @Test(
        "each role allows what it says, a later one the least",
        arguments: [
            ("freeBusyReader", RemoteCalendar.Access.freeBusy), ("reader", .read),
            ("writerWithoutPrivateAccess", .write), ("writer", .write), ("owner", .owner), ("newRole", .freeBusy),
        ]
    )
    func roles(_ role: String, _ access: RemoteCalendar.Access) async throws {
        let google = ScriptedGoogle(json: #"{"items":[{"id":"c","accessRole":"\#(role)"}]}"#)

        #expect(try await provider.calendars(session: google.session).map(\.access) == [access])
    }

    @Test("a list that never ends is an invalid response")
    func endless() async throws {
        let google = ScriptedGoogle { _, _ in .json(#"{"items":[],"nextPageToken":"p"}"#) }

        let error = await calendarError { try await provider.calendars(session: google.session) }

        #expect(error?.code == .invalidResponse)
        #expect(google.sent.count == 2)
    }

    @Test("an answer that is no list is an invalid response", arguments: ["<html>", "{}", #"{"items":{}}"#])
    func noList(_ body: String) async throws {
        let google = ScriptedGoogle(json: body)

        let error = await calendarError { try await provider.calendars(session: google.session) }

        #expect(error?.code == .invalidResponse)
    }
}
