import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: the shape of answers")
struct GoogleShapeSimulationTests {
    @Test(
        "every answer has only fields that the service describes, and these have its types",
        .enabled(if: DiscoverySchemas.isPresent, DiscoverySchemas.absence)
    )
    func shapes() async throws {
        let schemas = try DiscoverySchemas()
        let desk = try await GoogleDesk()
        let left = desk.google.addCalendar("Left", to: "ada@example.com", zone: .utc, access: .read).rawValue
        desk.google.addGroup("team@example.com", members: ["ada@example.com", "grace@example.com"])
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily))
        _ = try await desk.call(.delete, "users/me/calendarList/\(PercentEncoding.encode(left))")
        let labels: JSONNode = ["eventLabels": [["name": "Deep work", "backgroundColor": "#039be5"]]]
        let hours: JSONNode = [
            "workingHoursEnabled": true,
            "availableTimes": [["dayOfWeek": "friday", "periodStart": 540, "periodEnd": 720]],
        ]

        let requests: [(HTTPMethod, String, JSONNode?, String)] = [
            (.post, "calendars", ["summary": "Team", "location": "Vienna", "labelProperties": labels], "Calendar"),
            (.patch, "calendars/primary", ["description": "Mine", "workingHours": hours], "Calendar"),
            (.get, "calendars/primary", nil, "Calendar"),
            (.get, "users/me/calendarList", nil, "CalendarList"),
            (.get, "users/me/calendarList?showDeleted=true", nil, "CalendarList"),
            (.patch, "users/me/calendarList/primary", ["summaryOverride": "Me", "hidden": true], "CalendarListEntry"),
            (.post, "users/me/calendarList", ["id": .string(left)], "CalendarListEntry"),
            (
                .post, "calendars/primary/acl",
                ["role": "reader", "scope": ["type": "user", "value": "grace@example.com"]], "AclRule"
            ),
            (.post, "calendars/primary/acl", ["role": "freeBusyReader", "scope": ["type": "default"]], "AclRule"),
            (.get, "calendars/primary/acl", nil, "Acl"),
            (.get, "users/me/settings", nil, "Settings"),
            (.get, "users/me/settings/locale", nil, "Setting"),
            (.get, "colors", nil, "Colors"),
            (
                .post, "freeBusy",
                [
                    "timeMin": "2026-01-07T00:00:00Z", "timeMax": "2026-01-10T00:00:00Z",
                    "items": [["id": "primary"], ["id": "team@example.com"], ["id": "nobody@example.org"]],
                ], "FreeBusyResponse"
            ),
            (.get, "calendars/primary/events", nil, "Events"),
        ]
        for (method, path, body, schema) in requests {
            let answer = try await desk.call(method, path, body: body)

            #expect(answer.status == 200, "\(path)")
            #expect(schemas.faults(in: answer.body, of: schema) == [], "\(path)")
        }
    }
}
