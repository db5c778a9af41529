import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: what all requests have in common")
struct GoogleExchangeSimulationTests {
    @Test("X-HTTP-Method-Override makes another method of a POST")
    func methodOverride() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(
            .post,
            "calendars/primary",
            body: ["location": "Vienna"],
            headers: ["X-HTTP-Method-Override": "PATCH"]
        )

        #expect(answer.status == 200)
        #expect(answer.body["location"] == "Vienna")
        #expect(answer.body["summary"] == "ada@example.com")
    }

    @Test("a query that is too long for an address comes as a form with the method GET")
    func queryInBody() async throws {
        let desk = try await GoogleDesk()
        desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)

        let answer = try await desk.send(
            .post,
            "https://www.googleapis.com/calendar/v3/users/me/calendarList",
            body: Data("maxResults=1&fields=items%28id%29".utf8),
            headers: [
                "Authorization": "Bearer \(desk.token)", "X-HTTP-Method-Override": "GET",
                "Content-Type": "application/x-www-form-urlencoded",
            ]
        )

        #expect(answer.body == ["items": [["id": "ada@example.com"]]])
    }

    @Test("a read with the etag that the caller has answers 304 without a body, of a list too")
    func notModified() async throws {
        let desk = try await GoogleDesk()
        for path in ["calendars/primary", "users/me/calendarList/primary", "users/me/calendarList"] {
            let first = try await desk.call(.get, path)

            let same = try await desk.call(.get, path, headers: ["If-None-Match": first.etag ?? ""])
            let other = try await desk.call(.get, path, headers: ["If-None-Match": "\"other\""])

            #expect(same.status == 304)
            #expect(same.body.isNull)
            #expect(same.headers["ETag"] == first.etag)
            #expect(other.status == 200)
        }
    }

    @Test("the etag of a list follows what the list shows")
    func listEtag() async throws {
        let desk = try await GoogleDesk()
        let before = try await desk.call(.get, "users/me/calendarList")

        _ = try await desk.call(.patch, "calendars/primary", body: ["location": "Vienna"])
        let answer = try await desk.call(
            .get,
            "users/me/calendarList",
            headers: ["If-None-Match": before.etag ?? ""]
        )

        #expect(answer.status == 200)
    }

    @Test("single resources carry their etag as a header; reads and writes say how long they may be kept")
    func headers() async throws {
        let desk = try await GoogleDesk()

        let read = try await desk.call(.get, "calendars/primary")
        let written = try await desk.call(.post, "calendars", body: ["summary": "Team"])

        #expect(read.headers["ETag"] == read.etag)
        #expect(written.headers["ETag"] == written.etag)
        #expect(read.headers["Content-Type"] == "application/json; charset=UTF-8")
        #expect(read.headers["Cache-Control"] == "private, max-age=0, must-revalidate, no-transform")
        #expect(written.headers["Cache-Control"]?.contains("no-store") == true)
        #expect(read.headers["Vary"] == "Origin, X-Origin, Referer")
    }

    @Test(
        "a mask leaves the fields that it names",
        arguments: [
            ("kind", ["kind": "calendar#aclRule"]),
            ("id,scope/type", ["id": "user:ada@example.com", "scope": ["type": "user"]]),
            ("scope(type)", ["scope": ["type": "user"]]),
            ("*/type", ["scope": ["type": "user"]]),
            ("scope/*", ["scope": ["type": "user", "value": "ada@example.com"]]),
            ("scope,scope/type", ["scope": ["type": "user", "value": "ada@example.com"]]),
        ] as [(String, JSONNode)]
    )
    func masks(fields: String, expected: JSONNode) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(
            .get,
            "calendars/primary/acl/\(PercentEncoding.encode("user:ada@example.com"))",
            [("fields", fields)]
        )

        #expect(answer.body == expected)
    }

    @Test("a mask reaches into every row of a list, and tokens are left out unless it names them")
    func listMask() async throws {
        let desk = try await GoogleDesk()
        let team = desk.google.addCalendar("Team", to: "ada@example.com", zone: .utc)

        let rows = try await desk.call(.get, "users/me/calendarList", [("fields", "items(id,primary)")])
        let page = try await desk.call(
            .get,
            "users/me/calendarList",
            [("maxResults", "1"), ("fields", "nextPageToken,items/summary")]
        )

        #expect(
            rows.body == ["items": [["id": "ada@example.com", "primary": true], ["id": .string(team.rawValue)]]]
        )
        #expect(page.body.object?.keys == ["nextPageToken", "items"])
        #expect(page.items == [["summary": "ada@example.com"]])
    }

    @Test("a mask with a star names everything, also of the events of a page")
    func star() async throws {
        let desk = try await GoogleDesk()
        _ = try await desk.insert(GoogleDesk.meeting("Kick-off"))

        let whole = try await desk.call(.get, "calendars/primary")
        let starred = try await desk.call(.get, "calendars/primary", [("fields", "*")])
        let events = try await desk.list([("fields", "items(summary,start/dateTime)")])

        #expect(starred.body == whole.body)
        #expect(
            events.body == [
                "items": [["summary": "Kick-off", "start": ["dateTime": "2026-01-07T10:00:00+01:00"]]]
            ]
        )
    }

    @Test(
        "a mask that is none, or that names no field of the answer, is refused",
        arguments: ["*/color", "items(id", "items(id))", "id,", "/id", "items(color)", "title", "items/id/deep"]
    )
    func badMasks(fields: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.get, "users/me/calendarList", [("fields", fields)])

        #expect(answer.status == 400)
        #expect(answer.reason == "invalidParameter")
        #expect(answer.body["error"]?["errors"]?[0]["location"] == "fields")
    }

    @Test("a write with a mask that is refused writes nothing")
    func refusedWrite() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.post, "calendars", [("fields", "title")], body: ["summary": "Team"])
        let list = try await desk.call(.get, "users/me/calendarList")

        #expect(answer.status == 400)
        #expect(list.ids == ["ada@example.com"])
    }

    @Test("an error is printed whole whatever the mask says")
    func errorsAreWhole() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.call(.get, "calendars/nobody", [("fields", "id")])

        #expect(answer.status == 404)
        #expect(answer.reason == "notFound")
    }

    @Test("unknown parameters are ignored, an unknown format is refused, and white space comes on request")
    func formats() async throws {
        let desk = try await GoogleDesk()
        let path = "calendars/primary/acl/\(PercentEncoding.encode("user:ada@example.com"))"

        let ignored = try await desk.call(.get, path, [("quotaUser", "a"), ("colour", "red"), ("alt", "json")])
        let refused = try await desk.call(.get, path, [("alt", "atom")])
        let plain = try #require(URL(string: "https://www.googleapis.com/calendar/v3/\(path)?fields=scope,role"))
        let printed = try #require(URL(string: plain.absoluteString + "&prettyPrint=true"))
        let pretty = try await desk.google.send(
            HTTPRequest(.get, printed, operation: "test", headers: ["Authorization": "Bearer \(desk.token)"])
        )

        #expect(ignored.status == 200)
        #expect(refused.status == 400)
        #expect(
            String(decoding: pretty.body, as: UTF8.self) == """
                {
                 "scope": {
                  "type": "user",
                  "value": "ada@example.com"
                 },
                 "role": "owner"
                }
                """
        )
    }

    @Test("ids with special characters are one encoded segment of the path")
    func encodedIDs() async throws {
        let desk = try await GoogleDesk()
        desk.google.addAccount("a/b#c@example.com", name: "Odd", zone: .utc)
        let token = try await desk.bearer(for: "a/b#c@example.com")

        let answer = try await desk.call(.get, "calendars/a%2Fb%23c%40example.com", token: token)

        #expect(answer.status == 200)
        #expect(answer.body["id"] == "a/b#c@example.com")
    }

    @Test("an unknown path answers 404, a known one with a strange method 405, one without a token 401")
    func unknownRoutes() async throws {
        let desk = try await GoogleDesk()

        let path = try await desk.call(.get, "calendars/primary/notes")
        let method = try await desk.call(.put, "users/me/calendarList", body: ["id": "x"])
        let other = try await desk.call(.get, "users/somebody/calendarList")
        let bare = try await desk.send(.get, "https://www.googleapis.com/calendar/v3/colors")

        #expect([path, method, other, bare].map(\.status) as [Int] == [404, 405, 404, 401])
        #expect(bare.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    }

    @Test("a token may stand in the query")
    func queryToken() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.send(
            .get,
            "https://www.googleapis.com/calendar/v3/calendars/primary?access_token=\(desk.token)"
        )

        #expect(answer.status == 200)
    }

    @Test("links start at the public root once there is one")
    func publicRoot() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.insert(GoogleDesk.meeting("Before"))

        desk.google.publicRoot = URL(string: "http://127.0.0.1:8080/")
        let second = try await desk.insert(GoogleDesk.meeting("After"))

        #expect(first.body["htmlLink"]?.string?.hasPrefix("https://www.google.com/calendar/event?eid=") == true)
        #expect(second.body["htmlLink"]?.string?.hasPrefix("http://127.0.0.1:8080/calendar/event?eid=") == true)
        #expect(desk.google.publicRoot?.absoluteString == "http://127.0.0.1:8080")
    }
}
