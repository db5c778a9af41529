import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: settings and colours")
struct GoogleSettingsSimulationTests {
    @Test("settings are texts in the order of their names, the zone being that of the account")
    func list() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.get, "users/me/settings")
        let zone = try await desk.call(.get, "users/me/settings/timezone")
        let unknown = try await desk.call(.get, "users/me/settings/favouriteColour")

        #expect(answer.body["kind"] == "calendar#settings")
        #expect(
            answer.ids == [
                "autoAddHangouts", "dateFieldOrder", "defaultEventLength", "format24HourTime", "hideInvitations",
                "hideWeekends", "locale", "remindOnRespondedEventsOnly", "showDeclinedEvents", "timezone",
                "useKeyboardShortcuts", "weekStart",
            ]
        )
        #expect(answer.items.allSatisfy { $0["value"]?.string != nil && $0["kind"] == "calendar#setting" })
        #expect(zone.body["value"] == "Europe/Vienna")
        #expect(unknown.status == 404)
    }

    @Test("an increment brings the settings changed in the app")
    func increments() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.call(.get, "users/me/settings")
        let before = try await desk.call(.get, "users/me/settings/weekStart")

        desk.google.changeSetting("weekStart", of: "ada@example.com", to: "1")
        let second = try await desk.call(.get, "users/me/settings", [("syncToken", first.syncToken ?? "")])
        let third = try await desk.call(.get, "users/me/settings", [("syncToken", second.syncToken ?? "")])
        let after = try await desk.call(.get, "users/me/settings/weekStart")

        #expect(second.ids == ["weekStart"])
        #expect(second.items[0]["value"] == "1")
        #expect(third.items.isEmpty)
        #expect(after.etag != before.etag)
    }

    @Test("pages of settings join to the whole list")
    func pages() async throws {
        let desk = try await GoogleDesk()

        let first = try await desk.call(.get, "users/me/settings", [("maxResults", "7")])
        let second = try await desk.call(
            .get,
            "users/me/settings",
            [("maxResults", "7"), ("pageToken", first.pageToken ?? "")]
        )
        let other = try await desk.call(
            .get,
            "users/me/calendarList",
            [("pageToken", first.pageToken ?? "")]
        )

        #expect([first.items.count, second.items.count] as [Int] == [7, 5])
        #expect(first.syncToken == nil)
        #expect(second.syncToken != nil)
        #expect(other.status == 400)
    }

    @Test("the palette has 24 colours of calendars and 11 of events")
    func colours() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.get, "colors")

        #expect(answer.body["kind"] == "calendar#colors")
        #expect(answer.body["calendar"]?.object?.keys == (1...24).map { String($0) })
        #expect(answer.body["event"]?.object?.keys == (1...11).map { String($0) })
        #expect(answer.body["calendar"]?["9"] == ["background": "#7bd148", "foreground": "#1d1d1d"])
    }
}
