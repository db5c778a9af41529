import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: access rules")
struct GoogleAccessRuleSimulationTests {
    /// Ada with a calendar of hers, and Grace.
    private struct Office {
        let desk: GoogleDesk
        let calendar: String
        let grace: String
        var rules: String { "calendars/\(PercentEncoding.encode(calendar))/acl" }
        var events: String { "calendars/\(PercentEncoding.encode(calendar))/events" }
        static let rule = PercentEncoding.encode("user:grace@example.com")

        init() async throws {
            desk = try await GoogleDesk()
            calendar = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc).rawValue
            grace = try await desk.bearer(for: "grace@example.com")
        }

        func share(_ role: String, with scope: JSONNode = ["type": "user", "value": "grace@example.com"]) async throws
            -> GoogleDesk.Answer
        {
            try await desk.call(.post, rules, body: ["role": .string(role), "scope": scope])
        }

        func graceList() async throws -> GoogleDesk.Answer {
            try await desk.call(.get, "users/me/calendarList", token: grace)
        }
    }

    @Test("a rule is named by its scope and read by that name")
    func insert() async throws {
        let office = try await Office()

        let answer = try await office.share("reader")
        let read = try await office.desk.call(.get, office.rules + "/" + Office.rule)
        let list = try await office.desk.call(.get, office.rules)

        let etag = try #require(answer.etag)
        #expect(
            answer.body == [
                "kind": "calendar#aclRule", "etag": .string(etag), "id": "user:grace@example.com",
                "scope": ["type": "user", "value": "grace@example.com"], "role": "reader",
            ]
        )
        #expect(read.body == answer.body)
        #expect(list.body["kind"] == "calendar#acl")
        #expect(list.ids == ["user:ada@example.com", "user:grace@example.com"])
    }

    @Test("who is granted a role finds the calendar in the list with that role and may do what it says")
    func grant() async throws {
        let office = try await Office()
        let body = GoogleDesk.meeting("Kick-off")

        let before = try await office.desk.call(.get, office.events, token: office.grace)
        _ = try await office.share("reader")
        let read = try await office.desk.call(.get, office.events, token: office.grace)
        let refused = try await office.desk.call(.post, office.events, body: body, token: office.grace)
        _ = try await office.share("writer")
        let written = try await office.desk.call(.post, office.events, body: body, token: office.grace)
        let list = try await office.graceList()

        #expect([before, read, refused, written].map(\.status) as [Int] == [404, 200, 403, 200])
        #expect(list.ids == ["grace@example.com", office.calendar])
        #expect(list.items[1]["accessRole"] == "writer")
    }

    @Test("who loses the rule gets 404, and the list tells so", arguments: ["delete", "none"])
    func withdraw(way: String) async throws {
        let office = try await Office()
        _ = try await office.share("writer")
        let before = try await office.graceList()

        let answer =
            way == "delete"
            ? try await office.desk.call(.delete, office.rules + "/" + Office.rule)
            : try await office.desk.call(.patch, office.rules + "/" + Office.rule, body: ["role": "none"])
        let events = try await office.desk.call(.get, office.events, token: office.grace)
        let increment = try await office.desk.call(
            .get,
            "users/me/calendarList",
            [("syncToken", before.syncToken ?? "")],
            token: office.grace
        )
        let rule = try await office.desk.call(.get, office.rules + "/" + Office.rule)

        #expect(answer.status == (way == "delete" ? 204 : 200))
        #expect(events.status == 404)
        #expect(increment.items.map { $0["deleted"] } == [true])
        #expect(rule.status == 404)
    }

    @Test("a change of access ends the sync tokens of the calendar's events, and of no other calendar's")
    func tokens() async throws {
        let office = try await Office()
        let team = try await office.desk.call(.get, office.events)
        let own = try await office.desk.list()

        _ = try await office.share("reader")
        let expired = try await office.desk.call(.get, office.events, [("syncToken", team.syncToken ?? "")])
        let fresh = try await office.desk.call(.get, office.events)
        let next = try await office.desk.call(.get, office.events, [("syncToken", fresh.syncToken ?? "")])
        let other = try await office.desk.list([("syncToken", own.syncToken ?? "")])

        #expect(expired.status == 410)
        #expect(expired.reason == "fullSyncRequired")
        #expect(next.status == 200)
        #expect(other.status == 200)
    }

    @Test("increments of the rules bring changed ones, and deleted ones with the role none")
    func increments() async throws {
        let office = try await Office()
        let first = try await office.desk.call(.get, office.rules)
        _ = try await office.share("reader")
        let second = try await office.desk.call(.get, office.rules, [("syncToken", first.syncToken ?? "")])
        _ = try await office.desk.call(.delete, office.rules + "/" + Office.rule)
        let third = try await office.desk.call(.get, office.rules, [("syncToken", second.syncToken ?? "")])
        let plain = try await office.desk.call(.get, office.rules)
        let whole = try await office.desk.call(.get, office.rules, [("showDeleted", "true")])
        let forbidden = try await office.desk.call(
            .get,
            office.rules,
            [("syncToken", second.syncToken ?? ""), ("showDeleted", "false")]
        )

        #expect(second.items.map { $0["role"]?.string } == ["reader"])
        #expect(third.items.map { $0["role"]?.string } == ["none"])
        #expect(plain.items.map { $0["id"]?.string } == ["user:ada@example.com"])
        #expect(whole.items.map { $0["role"]?.string } == ["owner", "none"])
        #expect(forbidden.status == 400)
    }

    @Test("a second rule for a scope replaces the first, and the same role again leaves the etag")
    func replace() async throws {
        let office = try await Office()

        let first = try await office.share("reader")
        let same = try await office.share("reader")
        let second = try await office.share("writerWithoutPrivateAccess")
        let list = try await office.desk.call(.get, office.rules)

        #expect(same.etag == first.etag)
        #expect(second.etag != first.etag)
        #expect(list.items.map { $0["role"]?.string } == ["owner", "writerWithoutPrivateAccess"])
    }

    @Test(
        "rules for everybody and for a domain open a calendar without putting it into lists",
        arguments: [
            ["type": "default"] as JSONNode,
            ["type": "domain", "value": "example.com"],
        ]
    )
    func openScopes(scope: JSONNode) async throws {
        let office = try await Office()

        let answer = try await office.share("reader", with: scope)
        let events = try await office.desk.call(.get, office.events, token: office.grace)
        let list = try await office.graceList()
        let subscribed = try await office.desk.call(
            .post,
            "users/me/calendarList",
            body: ["id": .string(office.calendar)],
            token: office.grace
        )

        #expect(answer.body["id"] == (scope["value"] == nil ? "default" : "domain:example.com"))
        #expect(answer.body["scope"] == scope)
        #expect(events.status == 200)
        #expect(list.ids == ["grace@example.com"])
        #expect(subscribed.status == 200)
    }

    @Test("a rule for an address waits for the account")
    func laterAccount() async throws {
        let office = try await Office()
        _ = try await office.share("reader", with: ["type": "user", "value": "Zoe@example.org"])

        office.desk.google.addAccount("zoe@example.org", name: "Zoe", zone: .utc)
        let zoe = try await office.desk.bearer(for: "zoe@example.org")
        let list = try await office.desk.call(.get, "users/me/calendarList", token: zoe)

        #expect(list.ids == ["zoe@example.org", office.calendar])
    }

    @Test("a group's rule reaches its members")
    func group() async throws {
        let office = try await Office()
        office.desk.google.addGroup("team@example.com", members: ["grace@example.com"])

        _ = try await office.share("reader", with: ["type": "group", "value": "team@example.com"])
        let list = try await office.graceList()

        #expect(list.ids == ["grace@example.com", office.calendar])
    }

    @Test(
        "a rule that is none is refused",
        arguments: [
            (["role": "reader"], "required"),
            (["scope": ["type": "user", "value": "grace@example.com"]], "required"),
            (["role": "reader", "scope": ["type": "user"]], "required"),
            (["role": "reader", "scope": ["type": "planet", "value": "x@example.com"]], "invalid"),
            (["role": "king", "scope": ["type": "user", "value": "x@example.com"]], "invalid"),
        ] as [(JSONNode, String)]
    )
    func badInput(body: JSONNode, reason: String) async throws {
        let office = try await Office()

        let answer = try await office.desk.call(.post, office.rules, body: body)

        #expect(answer.status == 400)
        #expect(answer.reason == reason)
    }

    @Test("who writes without private access writes, and sees of private events only when they are")
    func withoutPrivateAccess() async throws {
        let office = try await Office()
        let body = GoogleDesk.meeting("Secret", ["visibility": "private"])
        _ = try await office.desk.call(.post, office.events, body: body)
        _ = try await office.share("writerWithoutPrivateAccess")

        let list = try await office.desk.call(.get, office.events, token: office.grace)
        let written = try await office.desk.call(
            .post,
            office.events,
            body: GoogleDesk.meeting("Open"),
            token: office.grace
        )

        #expect(list.body["accessRole"] == "writerWithoutPrivateAccess")
        #expect(list.items.count == 1)
        #expect(list.items.allSatisfy { $0["summary"] == nil && $0["start"] != nil })
        #expect(written.status == 200)
    }

    @Test("writers read the rules, only owners change them, and nobody changes their own")
    func rights() async throws {
        let office = try await Office()
        _ = try await office.share("reader")
        let asReader = try await office.desk.call(.get, office.rules, token: office.grace)
        _ = try await office.share("writer")
        let asWriter = try await office.desk.call(.get, office.rules, token: office.grace)
        let change = try await office.desk.call(
            .delete,
            office.rules + "/" + Office.rule,
            token: office.grace
        )
        let own = try await office.desk.call(
            .patch,
            office.rules + "/" + PercentEncoding.encode("user:ada@example.com"),
            body: ["role": "reader"]
        )

        #expect([asReader.status, asWriter.status, change.status, own.status] as [Int] == [403, 200, 403, 403])
        #expect(own.reason == "cannotChangeOwnAcl")
    }

    @Test("an update needs the scope, and If-Match guards a rule")
    func update() async throws {
        let office = try await Office()
        let rule = try await office.share("reader")
        let path = office.rules + "/" + Office.rule
        let body: JSONNode = ["role": "writer", "scope": ["type": "user", "value": "grace@example.com"]]

        let bare = try await office.desk.call(.put, path, body: ["role": "writer"])
        let right = try await office.desk.call(.put, path, body: body, headers: ["If-Match": rule.etag ?? ""])
        let stale = try await office.desk.call(.delete, path, headers: ["If-Match": rule.etag ?? ""])

        #expect([bare.status, right.status, stale.status] as [Int] == [400, 200, 412])
        #expect(right.body["role"] == "writer")
    }
}
