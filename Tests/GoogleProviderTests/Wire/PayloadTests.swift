import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: recorded payloads")
struct PayloadTests {
    @Test(
        "every recorded event or page decodes, and a bad event is an issue of its own (R-28)",
        .enabled(if: SharedGoogleData.isPresent, "no shared data")
    )
    func payloads() async throws {
        var events = 0
        var gone = 0
        var issues: [SyncIssue] = []
        let files = try SharedGoogleData.eventFiles()

        for file in files {
            var page: JSONNode = ["items": .array(file.rows), "nextSyncToken": "end"]
            page["timeZone"] = file.zone
            let google = ScriptedGoogle([HTTPResponse(status: 200, body: page.data)])
            let changes = try await GoogleCalendarProvider().changes(
                in: "cal",
                from: .beginning(GoogleSamples.window()),
                session: google.session
            ).changes
            #expect(changes.count == file.rows.count, "\(file.name)")
            for change in changes {
                switch change {
                case .upserted: events += 1
                case .unreadable(let issue): issues.append(issue)
                case .removed, .occurrenceCancelled, .occurrences: gone += 1
                }
            }
        }

        print("\(files.count) Google payload files read, \(events) events, \(gone) gone, \(issues.count) issues")
        #expect(files.count > 50)
        #expect(events > 100)
        #expect(issues.map(\.event) == ["20140615_60o30dr564o30c1g60o30dr4ck"])
        #expect(issues.first?.field == "start")
    }

    @Test(
        "reading a recorded event and bringing it into canonical form twice changes nothing",
        .enabled(if: SharedGoogleData.isPresent, "no shared data")
    )
    func canonicalIsIdempotent() async throws {
        let provider = GoogleCalendarProvider()
        for file in try SharedGoogleData.eventFiles() {
            let page: JSONNode = ["items": .array(file.rows), "nextSyncToken": "end"]
            let google = ScriptedGoogle([HTTPResponse(status: 200, body: page.data)])
            let position = ChangePosition.beginning(try GoogleSamples.window())
            for case .upserted(let event) in try await provider.changes(
                in: "cal",
                from: position,
                session: google.session
            ).changes {
                let canonical = provider.canonical(event.content)
                #expect(provider.canonical(canonical) == canonical, "\(file.name) \(event.id)")
            }
        }
    }

    @Test(
        "every recorded list of calendars decodes",
        .enabled(if: SharedGoogleData.isPresent, "no shared data"),
        arguments: ["gc-cal-list.json", "lg-query-all-calendars.json", "kg-calendars-fetch-page2.json"]
    )
    func calendarLists(_ name: String) async throws {
        let google = ScriptedGoogle([HTTPResponse(status: 200, body: try SharedGoogleData.body(name))])

        let calendars = try await GoogleCalendarProvider().calendars(session: google.session)

        #expect(!calendars.isEmpty)
    }
}
