import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: the calendar list")
struct GoogleCalendarListSimulationTests {
    private static let list = "users/me/calendarList"

    private static func entry(_ id: CalendarID) -> String { "\(list)/\(PercentEncoding.encode(id.rawValue))" }

    @Test("the account's own entry has its reminders, notifications and colours, and nothing that is false")
    func primary() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.get, Self.list + "/primary")

        let kinds = ["eventCreation", "eventChange", "eventCancellation", "eventResponse"]
        #expect(answer.body["primary"] == true)
        #expect(answer.body["selected"] == true)
        #expect(
            answer.keys == [
                "kind", "etag", "id", "summary", "timeZone", "colorId", "backgroundColor", "foregroundColor",
                "selected", "accessRole", "defaultReminders", "notificationSettings", "primary",
                "conferenceProperties",
            ]
        )
        #expect(answer.body["defaultReminders"] == [["method": "popup", "minutes": 30]])
        #expect(
            answer.body["notificationSettings"]?["notifications"]
                == .array(kinds.map { ["type": .string($0), "method": "email"] })
        )
        #expect(answer.body["colorId"] == "14")
        #expect(answer.body["backgroundColor"] == "#9fe1e7")
    }

    @Test("pages hold what maxResults says and at most 250; only the last one has the sync token")
    func pages() async throws {
        let desk = try await GoogleDesk()
        for number in 1...252 { desk.google.addCalendar("\(number)", to: "ada@example.com", zone: .utc) }

        let standard = try await desk.call(.get, Self.list)
        let most = try await desk.call(.get, Self.list, [("maxResults", "1000")])
        let last = try await desk.call(
            .get,
            Self.list,
            [("maxResults", "1000"), ("pageToken", most.pageToken ?? "")]
        )
        let none = try await desk.call(.get, Self.list, [("maxResults", "0")])

        #expect(standard.items.count == 100)
        #expect(standard.syncToken == nil)
        #expect(most.items.count == 250)
        #expect(last.items.count == 3)
        #expect(last.pageToken == nil)
        #expect(last.syncToken?.count == 20)
        #expect(Set(most.ids + last.ids).count == 253)
        #expect(none.status == 400)
        #expect(none.reason == "invalidParameter")
    }

    @Test("hidden entries are listed on request and marked, deleted ones are stubs on request")
    func hiddenAndDeleted() async throws {
        let desk = try await GoogleDesk()
        let hidden = desk.google.addCalendar("Hidden", to: "ada@example.com", zone: .utc)
        let left = desk.google.addCalendar("Left", to: "ada@example.com", zone: .utc, access: .read)
        _ = try await desk.call(.patch, Self.entry(hidden), body: ["hidden": true])
        let removal = try await desk.call(.delete, Self.entry(left))

        let plain = try await desk.call(.get, Self.list)
        let all = try await desk.call(.get, Self.list, [("showHidden", "true"), ("showDeleted", "true")])

        #expect(removal.status == 204)
        #expect(plain.items.map { $0["id"]?.string } == ["ada@example.com"])
        #expect(all.ids == ["ada@example.com", hidden.rawValue, left.rawValue])
        #expect(all.items[1]["hidden"] == true)
        let etag = try #require(all.items[2]["etag"])
        #expect(
            all.items[2] == [
                "kind": "calendar#calendarListEntry", "etag": etag, "id": .string(left.rawValue), "deleted": true,
                "defaultReminders": [],
            ]
        )
    }

    @Test("minAccessRole leaves out lesser roles")
    func leastRole() async throws {
        let desk = try await GoogleDesk()
        let reader = desk.google.addCalendar("R", to: "ada@example.com", zone: .utc, access: .read)
        let writer = desk.google.addCalendar("W", to: "ada@example.com", zone: .utc, access: .write)
        desk.google.addCalendar("F", to: "ada@example.com", zone: .utc, access: .freeBusy)

        let readers = try await desk.call(.get, Self.list, [("minAccessRole", "reader")])
        let writers = try await desk.call(.get, Self.list, [("minAccessRole", "writer")])
        let unknown = try await desk.call(.get, Self.list, [("minAccessRole", "king")])

        #expect(readers.items.count == 3)
        #expect(readers.ids == ["ada@example.com", reader.rawValue, writer.rawValue])
        #expect(writers.ids == ["ada@example.com", writer.rawValue])
        #expect(unknown.status == 400)
    }

    @Test("an increment brings what the account changed, hid or removed, and not what only the calendar changed")
    func increments() async throws {
        let desk = try await GoogleDesk()
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)
        let other = desk.google.addCalendar("Other", to: "ada@example.com", zone: .utc, access: .read)
        let first = try await desk.call(.get, Self.list)

        let calendar = "calendars/\(PercentEncoding.encode(team.rawValue))"
        _ = try await desk.call(.patch, calendar, body: ["summary": "Crew"])
        let quiet = try await desk.call(.get, Self.list, [("syncToken", first.syncToken ?? "")])
        _ = try await desk.call(.patch, Self.entry(team), body: ["hidden": true])
        _ = try await desk.call(.delete, Self.entry(other))
        let busy = try await desk.call(.get, Self.list, [("syncToken", quiet.syncToken ?? "")])

        #expect(quiet.items.isEmpty)
        #expect(busy.ids == [team.rawValue, other.rawValue])
        #expect(busy.items.map { $0["deleted"] } == [nil, true])
        #expect(busy.items[0]["summary"] == "Crew")
    }

    @Test("an expired token answers 410, a malformed one 400")
    func badTokens() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.call(.get, Self.list)

        let malformed = try await desk.call(.get, Self.list, [("syncToken", "nonsense")])
        desk.google.expireSyncTokens()
        let expired = try await desk.call(.get, Self.list, [("syncToken", first.syncToken ?? "")])

        #expect(malformed.status == 400)
        #expect(malformed.reason == "invalid")
        #expect(expired.status == 410)
        #expect(expired.reason == "fullSyncRequired")
    }

    @Test(
        "a token goes with no restriction",
        arguments: [
            ("minAccessRole", "reader"), ("showOwnOrganizationOnly", "true"), ("showDeleted", "false"),
            ("showHidden", "false"),
        ]
    )
    func restrictions(name: String, value: String) async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.call(.get, Self.list)

        let answer = try await desk.call(.get, Self.list, [("syncToken", first.syncToken ?? ""), (name, value)])

        #expect(answer.status == 400)
    }

    @Test("a patch changes what it names and null clears; an update clears what it does not name")
    func writes() async throws {
        let desk = try await GoogleDesk()
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)
        let body: JSONNode = [
            "summaryOverride": "Mine", "selected": false, "colorId": "9",
            "defaultReminders": [["method": "email", "minutes": 10]],
            "notificationSettings": ["notifications": [["type": "agenda", "method": "email"]]],
        ]

        let patched = try await desk.call(.patch, Self.entry(team), body: body)
        let cleared = try await desk.call(.patch, Self.entry(team), body: ["summaryOverride": nil])
        let updated = try await desk.call(.put, Self.entry(team), body: ["selected": true])

        #expect(patched.body["summary"] == "Team")
        #expect(patched.body["summaryOverride"] == "Mine")
        #expect(!patched.keys.contains("selected"))
        #expect(patched.body["backgroundColor"] == "#7bd148")
        #expect(!cleared.keys.contains("summaryOverride"))
        #expect(cleared.body["defaultReminders"] == [["method": "email", "minutes": 10]])
        #expect(updated.body["selected"] == true)
        #expect(updated.body["defaultReminders"] == [])
        #expect(!updated.keys.contains("notificationSettings"))
    }

    @Test("a listing of events tells the reader's own default reminders")
    func defaultReminders() async throws {
        let desk = try await GoogleDesk()
        let before = try await desk.list()

        _ = try await desk.call(
            .patch,
            Self.list + "/primary",
            body: ["defaultReminders": [["method": "email", "minutes": 10]]]
        )
        let after = try await desk.call(
            .get,
            "calendars/primary/events",
            headers: ["If-None-Match": before.etag ?? ""]
        )

        #expect(before.body["defaultReminders"] == [["method": "popup", "minutes": 30]])
        #expect(after.body["defaultReminders"] == [["method": "email", "minutes": 10]])
    }

    @Test("colours of one's own need colorRgbFormat and are ignored without it")
    func colours() async throws {
        let desk = try await GoogleDesk()
        let body: JSONNode = ["backgroundColor": "#0088AA", "foregroundColor": "#ffffff"]

        let ignored = try await desk.call(.patch, Self.list + "/primary", body: body)
        let taken = try await desk.call(.patch, Self.list + "/primary", [("colorRgbFormat", "true")], body: body)
        let unknown = try await desk.call(.patch, Self.list + "/primary", body: ["colorId": "25"])

        #expect(ignored.body["backgroundColor"] == "#9fe1e7")
        #expect(taken.body["backgroundColor"] == "#0088aa")
        #expect(taken.body["foregroundColor"] == "#ffffff")
        #expect(unknown.status == 400)
    }

    @Test(
        "reminders and notifications that do not exist are refused",
        arguments: [
            ["defaultReminders": [["method": "pigeon", "minutes": 5]]] as JSONNode,
            ["defaultReminders": [["method": "popup", "minutes": 40_321]]],
            ["defaultReminders": [["method": "popup"]]],
            ["notificationSettings": ["notifications": [["type": "gossip", "method": "email"]]]],
            ["hidden": "yes"],
        ]
    )
    func badInput(body: JSONNode) async throws {
        let desk = try await GoogleDesk()
        let before = try await desk.call(.get, Self.list + "/primary")

        let answer = try await desk.call(.patch, Self.list + "/primary", body: body)
        let after = try await desk.call(.get, Self.list + "/primary")

        #expect(answer.status == 400)
        #expect(after.body == before.body)
    }

    @Test("subscribing takes an id that one has access to, and a calendar already there stays as it is")
    func insert() async throws {
        let desk = try await GoogleDesk()
        let shared = desk.google.addCalendar("Shared", to: "ada@example.com", zone: .utc, access: .read)
        _ = try await desk.call(.delete, Self.entry(shared))

        let back = try await desk.call(.post, Self.list, body: ["id": .string(shared.rawValue), "colorId": "1"])
        let again = try await desk.call(.post, Self.list, body: ["id": .string(shared.rawValue)])
        let foreign = try await desk.call(.post, Self.list, body: ["id": "grace@example.com"])
        let missing = try await desk.call(.post, Self.list, body: ["selected": true])

        #expect(back.status == 200)
        #expect(back.body["accessRole"] == "reader")
        #expect(!back.keys.contains("selected"))
        #expect(back.body["colorId"] == "1")
        #expect(again.body == back.body)
        #expect(foreign.status == 404)
        #expect(missing.status == 400)
        #expect(missing.reason == "required")
    }

    @Test("the data owner cannot leave a calendar; what was left is not in the list but can still be read")
    func leave() async throws {
        let desk = try await GoogleDesk()
        let shared = desk.google.addCalendar("Shared", to: "ada@example.com", zone: .utc, access: .read)

        let own = try await desk.call(.delete, Self.list + "/primary")
        _ = try await desk.call(.delete, Self.entry(shared))
        let entry = try await desk.call(.get, Self.entry(shared))
        let calendar = try await desk.call(.get, "calendars/\(PercentEncoding.encode(shared.rawValue))")

        #expect(own.status == 403)
        #expect(entry.status == 404)
        #expect(calendar.status == 200)
    }

    @Test("If-Match guards an entry, and a patch that changes nothing leaves its etag")
    func conditions() async throws {
        let desk = try await GoogleDesk()
        let before = try await desk.call(.get, Self.list + "/primary")

        let same = try await desk.call(.patch, Self.list + "/primary", body: ["selected": true])
        let right = try await desk.call(
            .patch,
            Self.list + "/primary",
            body: ["summaryOverride": "Me"],
            headers: ["If-Match": before.etag ?? ""]
        )
        let stale = try await desk.call(
            .put,
            Self.list + "/primary",
            body: ["summaryOverride": "I"],
            headers: ["If-Match": before.etag ?? ""]
        )

        #expect(same.etag == before.etag)
        #expect(right.status == 200)
        #expect(right.etag != before.etag)
        #expect(stale.status == 412)
    }
}
