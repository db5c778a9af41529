import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: users and mailboxes")
struct GraphMailboxTests {
    @Test("F-02: a user is found as me, by id and by name, and others only with a permission to see them")
    func users() async throws {
        let desk = try GraphDesk.open()
        let wide = try GraphDesk(desk.graph, scopes: ["User.Read", "User.ReadBasic.All"])

        let me = try await desk.call(.get, "/me")
        let byID = try await desk.call(.get, "/users/" + me.id)
        let some = try await desk.call(.get, "/users/\(GraphDesk.nora)?$select=mail")
        let other = try await wide.call(.get, "/users/\(GraphDesk.omar)")

        #expect(me.json["userPrincipalName"]?.string == GraphDesk.nora && me.json["mail"]?.string == GraphDesk.nora)
        #expect(me.json["displayName"]?.string == "Nora Lind")
        #expect(byID.json == me.json)
        #expect(some.json["mail"]?.string == GraphDesk.nora && some.json["displayName"] == nil)
        #expect(other.json["displayName"]?.string == "Omar Said")
        #expect(try await desk.call(.get, "/users/\(GraphDesk.omar)").code == "Authorization_RequestDenied")
        #expect(try await wide.call(.get, "/users/nobody@example.com").code == "Request_ResourceNotFound")
    }

    @Test("F-02: settings are read whole or one by one, and changed one by one")
    func settings() async throws {
        let desk = try GraphDesk.open()
        let path = "/me/mailboxSettings"

        let before = try await desk.call(.get, path).json
        let changed = try await desk.call(
            .patch,
            path,
            ["timeZone": "America/New_York", "workingHours": ["startTime": "07:30:00", "daysOfWeek": ["monday"]]]
        )
        let hours = try await desk.call(.get, path + "/workingHours").json
        let zone = try await desk.call(.get, path + "/timeZone").json

        #expect(before["timeZone"]?.string == "W. Europe Standard Time")
        #expect(before["dateFormat"]?.string == "M/d/yyyy")
        #expect(changed.json["timeZone"]?.string == "America/New_York")
        #expect(zone["value"]?.string == "America/New_York")
        #expect(hours["startTime"]?.string == "07:30:00.0000000")
        #expect(hours["endTime"]?.string == "17:00:00.0000000")
        #expect(hours["daysOfWeek"]?.elements == ["monday"])
        #expect(try await desk.call(.get, path).json["dateFormat"]?.string == "M/d/yyyy")
    }

    @Test(
        "F-02: settings that make no sense are refused and change nothing",
        arguments: [
            (["timeZone": "Middle Earth Time"], "TimeZoneNotSupportedException"),
            (["workingHours": ["startTime": "25:00"]], "ErrorPropertyValidationFailure"),
            (["workingHours": ["daysOfWeek": ["someday"]]], "ErrorPropertyValidationFailure"),
            (["color": "red"], "RequestBodyRead"),
        ] as [(JSONNode, String)]
    )
    func refused(body: JSONNode, code: String) async throws {
        let desk = try GraphDesk.open()
        let before = try await desk.call(.get, "/me/mailboxSettings").json

        let reply = try await desk.call(.patch, "/me/mailboxSettings", body)

        #expect(reply.status == 400 && reply.code == code)
        #expect(try await desk.call(.get, "/me/mailboxSettings").json == before)
    }

    @Test("F-02: a zone of somebody's own making is shown as such, in settings and schedules")
    func customZone() async throws {
        let desk = try GraphDesk.open()
        desk.graph.changeMailboxSettings(
            of: GraphDesk.nora,
            with: ##"{"timeZone":"Customized Time Zone","workingHours":{"timeZone":{"@odata.type":"##
                + ##""#microsoft.graph.customTimeZone","name":"Customized Time Zone","bias":-60}}}"##
        )

        let settings = try await desk.call(.get, "/me/mailboxSettings").json
        let schedule = try await GraphScheduleTests.ask(desk, .string(GraphDesk.nora)).values

        #expect(settings["timeZone"]?.string == "Customized Time Zone")
        #expect(schedule.first?["workingHours"]?["timeZone"]?["bias"]?.int == -60)
    }

    @Test("F-02: reading settings does not allow changing them")
    func scopes() async throws {
        let reader = try GraphDesk.open(scopes: ["MailboxSettings.Read"])
        let basic = try GraphDesk.open(scopes: ["Calendars.ReadWrite"])

        #expect(try await reader.call(.get, "/me/mailboxSettings").status == 200)
        #expect(try await reader.call(.patch, "/me/mailboxSettings", ["timeZone": "UTC"]).status == 403)
        #expect(try await basic.call(.get, "/me/mailboxSettings").status == 403)
    }

    @Test("Trap 25: zones are listed by their Windows or IANA names, and the literal must be written in full")
    func zones() async throws {
        let desk = try GraphDesk.open()
        let path = "/me/outlook/supportedTimeZones"
        let full = "(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')"

        let windows = try await desk.call(.get, path).values
        let iana = try await desk.call(.get, path + full).values
        let quoted = try await desk.call(.get, path + "(TimeZoneStandard='Iana')").values
        let bare = try await desk.call(.get, path + "(TimeZoneStandard=Iana)")

        let berlin = windows.first { $0["alias"]?.string == "W. Europe Standard Time" }
        #expect(berlin?["displayName"]?.string?.hasPrefix("(UTC+01:00)") == true)
        #expect(iana.contains { $0["alias"]?.string == "America/New_York" })
        #expect(!windows.contains { $0["alias"]?.string == "America/New_York" })
        #expect(quoted == iana)
        #expect(bare.status == 400)
    }

    @Test("F-02: categories are made, colored and deleted, and keep their names")
    func categories() async throws {
        let desk = try GraphDesk.open()
        let path = "/me/outlook/masterCategories"

        let made = try await desk.call(.post, path, ["displayName": "Red team", "color": "preset9"])
        let own = path + "/" + made.id
        let again = try await desk.call(.post, path, ["displayName": "red team"])
        let odd = try await desk.call(.post, path, ["displayName": "Odd", "color": "preset25"])
        let renamed = try await desk.call(.patch, own, ["displayName": "Blue team"])
        let colored = try await desk.call(.patch, own, ["color": "preset24"])
        let listed = try await desk.call(.get, path).values
        let gone = try await desk.call(.delete, own)

        #expect(made.status == 201 && made.json["color"]?.string == "preset9")
        #expect([again.status, odd.status, renamed.status] == [409, 400, 400] as [Int])
        #expect(colored.json["color"]?.string == "preset24")
        #expect(listed.map { $0["displayName"]?.string } == ["Red team"])
        #expect(gone.status == 204)
        #expect(try await desk.call(.get, own).status == 404)
    }

    @Test("F-02: ids are translated between the default and the immutable form, and unknown ones fail alone")
    func translation() async throws {
        let desk = try GraphDesk.open()
        let id = try await desk.create().id
        let immutable = try await desk.call(.get, desk.path(id), prefer: GraphDesk.immutable).id
        func translate(_ text: String, _ source: String, _ target: String) async throws -> JSONNode? {
            let body: JSONNode = [
                "inputIds": [.string(text)], "sourceIdType": .string(source), "targetIdType": .string(target),
            ]
            return try await desk.call(.post, "/me/translateExchangeIds", body).values.first
        }

        let there = try await translate(id, "restId", "restImmutableEntryId")
        let back = try await translate(immutable, "restImmutableEntryId", "restId")
        let exchange = try await translate(id, "restId", "ewsId")?["targetId"]?.string ?? ""
        let unknown = try await translate("x", "restId", "restImmutableEntryId")
        let many: JSONNode = .array(Array(repeating: .string(id), count: 1001))
        let tooMany = try await desk.call(
            .post,
            "/me/translateExchangeIds",
            ["inputIds": many, "sourceIdType": "restId", "targetIdType": "ewsId"]
        )

        #expect(there?["targetId"]?.string == immutable && there?["sourceId"]?.string == id)
        #expect(back?["targetId"]?.string == id)
        #expect(!exchange.contains("-") && !exchange.contains("_"))
        #expect(try await translate(exchange, "ewsId", "restId")?["targetId"]?.string == id)
        #expect(unknown?["errorDetails"]?["code"]?.string == "ErrorInvalidIdMalformed")
        #expect(tooMany.status == 400)
    }

    @Test("Trap 30: a mailbox without a licence answers 404 with its own code, and its user is there all the same")
    func closed() async throws {
        let desk = try GraphDesk.open()
        desk.graph.closeMailbox(of: GraphDesk.nora, with: "MailboxNotEnabledForRESTAPI")

        let calendars = try await desk.call(.get, "/me/calendars")
        let me = try await desk.call(.get, "/me")
        desk.graph.closeMailbox(of: GraphDesk.nora, with: nil)

        #expect(calendars.status == 404 && calendars.code == "MailboxNotEnabledForRESTAPI")
        #expect(me.status == 200)
        #expect(try await desk.call(.get, "/me/calendars").status == 200)
    }
}
