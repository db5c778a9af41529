import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: calendars")
struct GoogleCalendarsSimulationTests {
    private static func path(_ id: String) -> String { "calendars/\(PercentEncoding.encode(id))" }

    /// A new calendar of Ada's.
    private static func make(_ desk: GoogleDesk, _ more: JSONNode = .object(JSONObject())) async throws -> String {
        let answer = try await desk.call(.post, "calendars", body: (["summary": "Team"] as JSONNode).merging(more))
        return try #require(answer.body["id"]?.string)
    }

    @Test("a new calendar is printed with its fields, and its creator owns it and finds it in the list")
    func insert() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(
            .post,
            "calendars",
            body: [
                "summary": "Team", "description": "Who is where", "location": "Vienna", "timeZone": "Europe/Vienna",
                "unheardOf": 1, "id": "mine@example.com", "etag": "\"x\"",
            ]
        )

        let id = try #require(answer.body["id"]?.string)
        #expect(answer.status == 200)
        #expect(id.hasSuffix("@group.calendar.google.com"))
        #expect(
            answer.body == [
                "kind": "calendar#calendar", "etag": .string(answer.headers["ETag"] ?? ""), "id": .string(id),
                "summary": "Team", "description": "Who is where", "location": "Vienna", "timeZone": "Europe/Vienna",
                "conferenceProperties": ["allowedConferenceSolutionTypes": ["hangoutsMeet"]],
                "dataOwner": "ada@example.com",
            ]
        )
        let list = try await desk.call(.get, "users/me/calendarList")
        #expect(list.ids == ["ada@example.com", id])
        #expect(list.items[1]["accessRole"] == "owner")
        #expect(list.items[1]["description"] == "Who is where")
    }

    @Test("a calendar that names no zone is in UTC")
    func standardZone() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.post, "calendars", body: ["summary": "Team"])

        #expect(answer.body["timeZone"] == "UTC")
        #expect(!answer.keys.contains("description"))
    }

    @Test(
        "a calendar without a title, with an unknown zone or with a value of the wrong type is refused",
        arguments: [
            (["timeZone": "UTC"], "required"),
            (["summary": "Team", "timeZone": "Mars/Base"], "invalid"),
            (["summary": 5], "invalid"),
            (["summary": "Team", "labelProperties": ["eventLabels": [["name": "Plain"]]]], "required"),
        ] as [(JSONNode, String)]
    )
    func badInput(body: JSONNode, reason: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.post, "calendars", body: body)
        let list = try await desk.call(.get, "users/me/calendarList")

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
        #expect(list.ids == ["ada@example.com"])
    }

    @Test("a patch merges and null takes away, an update replaces, and the zone stays unless it is named")
    func writes() async throws {
        let desk = try await GoogleDesk()
        let id = try await Self.make(desk, ["description": "Old", "location": "Graz", "timeZone": "Europe/Vienna"])

        let patched = try await desk.call(.patch, Self.path(id), body: ["summary": "Crew", "location": nil])
        let updated = try await desk.call(.put, Self.path(id), body: ["summary": "Squad"])

        #expect(patched.body["summary"] == "Crew")
        #expect(patched.body["description"] == "Old")
        #expect(!patched.keys.contains("location"))
        #expect(updated.body["summary"] == "Squad")
        #expect(!updated.keys.contains("description"))
        #expect(updated.body["timeZone"] == "Europe/Vienna")
        #expect(updated.etag != patched.etag)
    }

    @Test("a patch that changes nothing leaves the calendar's etag; the list entry has an etag of its own")
    func etags() async throws {
        let desk = try await GoogleDesk()
        let id = try await Self.make(desk)
        let entry = "users/me/calendarList/\(PercentEncoding.encode(id))"
        let before = try await desk.call(.get, Self.path(id))
        let listed = try await desk.call(.get, entry)

        let same = try await desk.call(.patch, Self.path(id), body: ["summary": "Team"])
        let changed = try await desk.call(.patch, Self.path(id), body: ["summary": "Crew"])
        let relisted = try await desk.call(.get, entry)

        #expect(same.etag == before.etag)
        #expect(changed.etag != before.etag)
        #expect(listed.etag != before.etag)
        #expect(relisted.etag == listed.etag)
        #expect(relisted.body["summary"] == "Crew")
    }

    @Test("labels and working hours are replaced whole, and stay where the body does not name them")
    func labels() async throws {
        let desk = try await GoogleDesk()
        let hours: JSONNode = [
            "workingHoursEnabled": true,
            "availableTimes": [["dayOfWeek": "monday", "periodStart": 540, "periodEnd": 1020]],
        ]

        let first = try await desk.call(
            .patch,
            "calendars/primary",
            body: [
                "workingHours": hours,
                "labelProperties": ["eventLabels": [["name": "Deep work", "backgroundColor": "#039be5"]]],
            ]
        )
        let second = try await desk.call(.patch, "calendars/primary", body: ["location": "Vienna"])

        let label = try #require(second.body["labelProperties"]?["eventLabels"]?[0])
        #expect(first.body["workingHours"] == hours)
        #expect(second.body["workingHours"] == hours)
        #expect(label["name"] == "Deep work")
        #expect(UUID(uuidString: label["id"]?.string ?? "") != nil)
    }

    @Test("a deleted calendar answers 404, is gone from the list and is told by the next increment")
    func delete() async throws {
        let desk = try await GoogleDesk()
        let id = try await Self.make(desk)
        let before = try await desk.call(.get, "users/me/calendarList")

        let answer = try await desk.call(.delete, Self.path(id))
        let read = try await desk.call(.get, Self.path(id))
        let events = try await desk.call(.get, Self.path(id) + "/events")
        let list = try await desk.call(.get, "users/me/calendarList")
        let increment = try await desk.call(.get, "users/me/calendarList", [("syncToken", before.syncToken ?? "")])

        #expect(answer.status == 204)
        #expect(answer.body.isNull)
        #expect([read.status, events.status] as [Int] == [404, 404])
        #expect(list.ids == ["ada@example.com"])
        #expect(increment.ids == [id])
        #expect(increment.items[0]["deleted"] == true)
    }

    @Test("a primary calendar cannot be deleted, a secondary one cannot be cleared")
    func wrongKind() async throws {
        let desk = try await GoogleDesk()
        let id = try await Self.make(desk)

        let deleted = try await desk.call(.delete, "calendars/primary")
        let cleared = try await desk.call(.post, Self.path(id) + "/clear")

        #expect(deleted.status == 403)
        #expect(deleted.reason == "cannotDeletePrimaryCalendar")
        #expect(cleared.status == 400)
    }

    @Test("clearing the primary calendar deletes every event, tells the increment and nobody by mail")
    func clear() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily.merging(["id": "series"])))
        _ = try await desk.patch("series_20260108T090000Z", ["summary": "Moved"])
        _ = try await desk.insert(
            GoogleDesk.meeting("Kick-off", ["id": "event", "attendees": [["email": "bo@example.org"]]])
        )
        let before = try await desk.list()

        let answer = try await desk.call(.post, "calendars/primary/clear")
        let after = try await desk.list()
        let increment = try await desk.list([("syncToken", before.syncToken ?? "")])

        #expect(answer.status == 204)
        #expect(after.items.isEmpty)
        #expect(Set(increment.ids) == ["series", "event"])
        #expect(increment.items.allSatisfy { $0["status"] == "cancelled" })
        #expect(desk.google.mail.isEmpty)
    }

    @Test("only an owner changes a calendar, and an unknown one answers 404")
    func roles() async throws {
        let desk = try await GoogleDesk()
        let shared = desk.google.addCalendar("Shared", to: "ada@example.com", zone: .utc, access: .write)

        let patched = try await desk.call(.patch, Self.path(shared.rawValue), body: ["summary": "Mine"])
        let deleted = try await desk.call(.delete, Self.path(shared.rawValue))
        let unknown = try await desk.call(.get, Self.path("nobody@example.org"))

        #expect([patched.status, deleted.status, unknown.status] as [Int] == [403, 403, 404])
        #expect(patched.reason == "requiredAccessLevel")
        #expect(unknown.reason == "notFound")
    }

    @Test("only administrators hand a calendar over, and there are none")
    func transfer() async throws {
        let desk = try await GoogleDesk()
        let id = try await Self.make(desk)

        let answer = try await desk.call(
            .post,
            Self.path(id) + "/transferOwnership",
            [("newDataOwner", "grace@example.com"), ("useAdminAccess", "true")]
        )

        #expect(answer.status == 403)
    }

    @Test("If-Match guards a calendar; the etag of its list entry is another one")
    func conditions() async throws {
        let desk = try await GoogleDesk()
        let id = try await Self.make(desk)
        let calendar = try await desk.call(.get, Self.path(id))
        let entry = try await desk.call(.get, "users/me/calendarList/\(PercentEncoding.encode(id))")

        let wrong = try await desk.call(
            .patch,
            Self.path(id),
            body: ["summary": "A"],
            headers: ["If-Match": entry.etag ?? ""]
        )
        let right = try await desk.call(
            .patch,
            Self.path(id),
            body: ["summary": "B"],
            headers: ["If-Match": calendar.etag ?? ""]
        )
        let stale = try await desk.call(.delete, Self.path(id), headers: ["If-Match": calendar.etag ?? ""])
        let forced = try await desk.call(.delete, Self.path(id), headers: ["If-Match": "*"])

        #expect([wrong.status, right.status, stale.status, forced.status] as [Int] == [412, 200, 412, 204])
        #expect(wrong.reason == "conditionNotMet")
        #expect(wrong.body["error"]?["errors"]?[0]["location"] == "If-Match")
    }
}
