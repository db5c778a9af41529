import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: scopes")
struct GoogleScopeSimulationTests {
    /// A request, and the scopes of the reference's table that open it or do not, without their common prefix.
    struct Case: Sendable, CustomTestStringConvertible {
        let method: HTTPMethod
        let path: String
        var body: JSONNode?
        let opened: [String]
        let closed: [String]

        var testDescription: String { "\(method) \(path)" }
    }

    static let cases: [Case] = [
        Case(
            method: .get,
            path: "users/me/calendarList",
            opened: ["calendar.calendarlist.readonly", "calendar.calendarlist", "calendar.readonly", "calendar"],
            closed: ["calendar.events", "calendar.freebusy", "calendar.app.created", "calendar.calendars"]
        ),
        Case(
            method: .get,
            path: "users/me/calendarList/primary",
            opened: ["calendar.app.created", "calendar.calendarlist.readonly"],
            closed: ["calendar.events"]
        ),
        Case(
            method: .patch,
            path: "users/me/calendarList/primary",
            body: ["summaryOverride": "Me"],
            opened: ["calendar.calendarlist", "calendar.app.created", "calendar"],
            closed: ["calendar.calendarlist.readonly", "calendar.readonly"]
        ),
        Case(
            method: .post,
            path: "users/me/calendarList",
            body: ["id": "ada@example.com"],
            opened: ["calendar.calendarlist", "calendar"],
            closed: ["calendar.app.created", "calendar.calendars"]
        ),
        Case(
            method: .get,
            path: "calendars/primary",
            opened: ["calendar.calendars.readonly", "calendar.calendars", "calendar.app.created", "calendar.readonly"],
            closed: ["calendar.calendarlist", "calendar.events"]
        ),
        Case(
            method: .post,
            path: "calendars",
            body: ["summary": "Team"],
            opened: ["calendar.app.created", "calendar.calendars", "calendar"],
            closed: ["calendar.calendars.readonly", "calendar.events", "calendar.readonly"]
        ),
        Case(
            method: .get,
            path: "calendars/primary/acl",
            opened: ["calendar.acls.readonly", "calendar.acls", "calendar"],
            closed: ["calendar.readonly", "calendar.events"]
        ),
        Case(
            method: .get,
            path: "calendars/primary/acl/user%3Aada%40example.com",
            opened: ["calendar.readonly", "calendar.acls.readonly"],
            closed: ["calendar.calendars"]
        ),
        Case(
            method: .get,
            path: "users/me/settings",
            opened: ["calendar.settings.readonly", "calendar.settings", "calendar.readonly", "calendar"],
            closed: ["calendar.events", "calendar.calendarlist"]
        ),
        Case(
            method: .get,
            path: "colors",
            opened: ["calendar.calendarlist.readonly", "calendar.events.owned", "calendar.app.created"],
            closed: ["calendar.events", "calendar.settings"]
        ),
        Case(
            method: .post,
            path: "freeBusy",
            body: ["timeMin": "2026-01-07T00:00:00Z", "timeMax": "2026-01-08T00:00:00Z"],
            opened: ["calendar.freebusy", "calendar.events.freebusy", "calendar.readonly", "calendar"],
            closed: ["calendar.events"]
        ),
        Case(
            method: .post,
            path: "calendars/primary/clear",
            opened: ["calendar.calendars", "calendar"],
            closed: ["calendar.app.created", "calendar.events"]
        ),
    ]

    @Test("each method is opened by the scopes of its page and by no other", arguments: cases)
    func table(_ row: Case) async throws {
        let desk = try await GoogleDesk()
        for (scopes, isOpen) in [(row.opened, true), (row.closed, false)] {
            for scope in scopes {
                let full = "https://www.googleapis.com/auth/\(scope)"
                let token = try await desk.bearer(for: "ada@example.com", scopes: full)

                let answer = try await desk.call(row.method, row.path, body: row.body, token: token)

                #expect((200..<300).contains(answer.status) == isOpen, "\(scope): \(answer.status)")
                if !isOpen { #expect(answer.reason == "insufficientPermissions") }
            }
        }
    }
}
