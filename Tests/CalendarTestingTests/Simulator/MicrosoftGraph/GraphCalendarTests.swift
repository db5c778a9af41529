import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: calendars and their groups")
struct GraphCalendarTests {
    private func names(_ reply: GraphReply) -> [String] { reply.values.compactMap { $0["name"]?.string } }

    @Test("F-02: a calendar is made, read, renamed, colored and deleted, and its id stays the same")
    func lifecycle() async throws {
        let desk = try GraphDesk.open()

        let made = try await desk.call(.post, "/me/calendars", ["name": "Volunteer", "color": "lightBlue"])
        let path = GraphDesk.calendar(made.id)
        let changed = try await desk.call(.patch, path, ["name": "Helpers", "color": "lightRed"])
        let read = try await desk.call(.get, path)
        let gone = try await desk.call(.delete, path)

        #expect([made.status, changed.status, read.status, gone.status] == [201, 200, 200, 204] as [Int])
        #expect(made.json["color"]?.string == "lightBlue" && made.json["hexColor"]?.string == "")
        #expect(made.json["isRemovable"]?.bool == true && made.json["isDefaultCalendar"]?.bool == false)
        #expect(made.json["owner"]?["address"]?.string == GraphDesk.nora)
        #expect(made.json["allowedOnlineMeetingProviders"]?.elements == ["teamsForBusiness"])
        #expect(read.id == made.id && read.json["name"]?.string == "Helpers")
        #expect(read.json["color"]?.string == "lightRed")
        #expect(read.json["changeKey"] != made.json["changeKey"])
        #expect(try await desk.call(.get, path).code == "ErrorItemNotFound")
    }

    @Test("F-02: a name that another calendar of the group has is ErrorFolderExists, whatever its case")
    func duplicate() async throws {
        let desk = try GraphDesk.open()
        _ = try await desk.call(.post, "/me/calendars", ["name": "Side"])
        let other = try await desk.call(.post, "/me/calendars", ["name": "Third"])

        let again = try await desk.call(.post, "/me/calendars", ["name": "side"])
        let renamed = try await desk.call(.patch, GraphDesk.calendar(other.id), ["name": "Side"])

        #expect([again.status, renamed.status] == [409, 409] as [Int])
        #expect(again.code == "ErrorFolderExists" && renamed.code == "ErrorFolderExists")
    }

    @Test("F-02: the default calendar can be changed but not deleted")
    func defaultCalendar() async throws {
        let desk = try GraphDesk.open()
        let id = try await desk.call(.get, "/me/calendar").id

        let changed = try await desk.call(.patch, "/me/calendar", ["color": "lightTeal"])
        let gone = try await desk.call(.delete, "/me/calendar")
        let byID = try await desk.call(.delete, GraphDesk.calendar(id))

        #expect(changed.json["isDefaultCalendar"]?.bool == true && changed.json["color"]?.string == "lightTeal")
        #expect(changed.json["isTallyingResponses"]?.bool == true && changed.json["isRemovable"]?.bool == false)
        #expect([gone.status, byID.status] == [400, 400] as [Int])
        #expect(try await desk.call(.get, "/me/calendar").status == 200)
    }

    @Test("F-02: another calendar can become the default, and new events go there")
    func newDefault() async throws {
        let desk = try GraphDesk.open()
        let side = try await desk.call(.post, "/me/calendars", ["name": "Side"])

        _ = try await desk.call(.patch, GraphDesk.calendar(side.id), ["isDefaultCalendar": true])
        let event = try await desk.create()

        #expect(try await desk.call(.get, "/me/calendar").id == side.id)
        let calendar = try await desk.call(.get, desk.path(event.id) + "/calendar")
        #expect(calendar.id == side.id)
    }

    @Test("F-02: the events of a deleted calendar go with it, and guests are told")
    func deletion() async throws {
        let desk = try GraphDesk.open()
        let side = try await desk.call(.post, "/me/calendars", ["name": "Side"])
        let body: JSONNode = [
            "subject": "Visit", "attendees": GraphDesk.attendees(GraphDesk.omar),
            "start": ["dateTime": "2026-03-03T09:00:00", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-03T10:00:00", "timeZone": "UTC"],
        ]
        let event = try await desk.call(.post, GraphDesk.calendar(side.id) + "/events", body)

        _ = try await desk.call(.delete, GraphDesk.calendar(side.id))

        #expect(try await desk.call(.get, desk.path(event.id)).status == 404)
        #expect(desk.graph.mail.map(\.kind) == [.invitation, .cancellation])
    }

    @Test("Trap 8: lists have ten calendars a page, with $top, $skip, $count and links to follow")
    func paging() async throws {
        let desk = try GraphDesk.open()
        for number in 1...11 { _ = try await desk.call(.post, "/me/calendars", ["name": .string("C\(number)")]) }

        let first = try await desk.call(.get, "/me/calendars?$count=true")
        let rest = try await desk.call(.get, try #require(first.json["@odata.nextLink"]?.string))
        let some = try await desk.call(.get, "/me/calendars?%24top=3&%24skip=2&%24select=name")

        #expect(first.values.count == 10 && first.json["@odata.count"]?.int == 12)
        #expect(names(rest) == ["C10", "C11"] && rest.json["@odata.nextLink"] == nil)
        #expect(names(some) == ["C2", "C3", "C4"])
        #expect(some.values.allSatisfy { $0.object?.keys == ["id", "name"] })
    }

    @Test("F-02: calendars are filtered and ordered by name")
    func filter() async throws {
        let desk = try GraphDesk.open()
        for name in ["Zebra", "Apple"] { _ = try await desk.call(.post, "/me/calendars", ["name": .string(name)]) }

        let one = try await desk.call(.get, "/me/calendars?$filter=name%20eq%20'Zebra'")
        let all = try await desk.call(.get, "/me/calendars?$orderby=name%20desc")
        let no = try await desk.call(.get, "/me/calendars?$filter=subject%20eq%20'x'")

        #expect(names(one) == ["Zebra"] && names(all) == ["Zebra", "Calendar", "Apple"])
        #expect(no.status == 400)
    }

    @Test(
        "F-02: a calendar that makes no sense is refused",
        arguments: [
            ["name": ""], ["color": "lightBlue"], ["name": "X", "color": "purple"], ["name": "X", "summary": "Y"],
            ["name": "X", "defaultOnlineMeetingProvider": "skypeForConsumer"],
        ] as [JSONNode]
    )
    func refused(body: JSONNode) async throws {
        let desk = try GraphDesk.open()

        let reply = try await desk.call(.post, "/me/calendars", body)

        #expect(reply.status == 400)
        #expect(try await desk.call(.get, "/me/calendars").values.count == 1)
    }

    @Test("F-02: groups are made, renamed, filled and, once empty, deleted; the mailbox's own ones stay")
    func groups() async throws {
        let desk = try GraphDesk.open()
        let own = try #require(try await desk.call(.get, "/me/calendarGroups").values.first)

        let made = try await desk.call(.post, "/me/calendarGroups", ["name": "Teams"])
        let path = "/me/calendarGroups/" + PercentEncoding.encode(made.id)
        let renamed = try await desk.call(.patch, path, ["name": "Squads"])
        let inside = try await desk.call(.post, path + "/calendars", ["name": "Calendar"])
        let listed = try await desk.call(.get, path + "/calendars")
        let full = try await desk.call(.delete, path)
        _ = try await desk.call(.delete, path + "/calendars/" + PercentEncoding.encode(inside.id))
        let empty = try await desk.call(.delete, path)
        let builtIn = try await desk.call(
            .delete,
            "/me/calendarGroups/" + PercentEncoding.encode(own["id"]?.string ?? "")
        )

        #expect(own["name"]?.string == "My Calendars")
        #expect(own["classId"]?.string == "0006f0b7-0000-0000-c000-000000000046")
        #expect(made.status == 201 && renamed.json["name"]?.string == "Squads")
        #expect(inside.status == 201 && names(listed) == ["Calendar"])
        #expect([full.status, empty.status, builtIn.status] == [400, 204, 400] as [Int])
        #expect(try await desk.call(.post, "/me/calendarGroups", ["name": "my calendars"]).status == 409)
        let types = try GraphServiceMetadata.isPresent ? GraphServiceMetadata() : nil
        #expect(types?.faults(in: made.json, of: "graph.calendarGroup") ?? [] == [])
    }

    @Test("F-02: calendars of holidays are the mailbox's own and cannot be written")
    func readOnly() async throws {
        let desk = try GraphDesk.open()
        let id = desk.graph.addReadOnlyCalendar("Holidays", to: GraphDesk.nora).rawValue

        let calendar = try await desk.call(.get, GraphDesk.calendar(id)).json
        let event: JSONNode = [
            "subject": "X", "start": ["dateTime": "2026-03-03T09:00:00", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-03T10:00:00", "timeZone": "UTC"],
        ]
        let written = try await desk.call(.post, GraphDesk.calendar(id) + "/events", event)

        #expect(calendar["canEdit"]?.bool == false && calendar["canShare"]?.bool == false)
        #expect(calendar["owner"]?["address"]?.string == GraphDesk.nora)
        #expect(written.status == 403)
    }

    @Test("F-02: the online meetings that a calendar allows are shown, and personal accounts have others")
    func providers() async throws {
        let desk = try GraphDesk.open()
        desk.graph.addAccount("eve@outlook.com", name: "Eve", zone: .utc)
        desk.graph.allowOnlineMeetings(["skypeForBusiness", "teamsForBusiness"], of: GraphDesk.nora)

        let work = try await desk.call(.get, "/me/calendar").json
        let personal = try await GraphDesk(desk.graph, as: "eve@outlook.com").call(.get, "/me/calendar").json

        #expect(work["defaultOnlineMeetingProvider"]?.string == "skypeForBusiness")
        #expect(work["allowedOnlineMeetingProviders"]?.elements == ["skypeForBusiness", "teamsForBusiness"])
        #expect(personal["allowedOnlineMeetingProviders"]?.elements == ["skypeForConsumer"])
    }

    @Test("F-02: an event becomes a Teams meeting only in a calendar that allows those")
    func meetings() async throws {
        let desk = try GraphDesk.open()
        let plain = try await desk.create()
        let online = try await desk.create(["isOnlineMeeting": true])
        desk.graph.allowOnlineMeetings([], of: GraphDesk.nora)

        let created = try await desk.create(["isOnlineMeeting": true])
        let changed = try await desk.call(.patch, desk.path(plain.id), ["isOnlineMeeting": true])
        let kept = try await desk.call(.patch, desk.path(online.id), ["isOnlineMeeting": true, "subject": "Kept"])

        #expect([online.status, created.status, changed.status, kept.status] == [201, 400, 400, 200] as [Int])
        #expect(try await desk.call(.get, "/me/calendar").json["defaultOnlineMeetingProvider"]?.string == "unknown")
    }
}
