import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: shared calendars")
struct GraphPermissionTests {
    private static func permission(_ role: String, _ address: String = GraphDesk.omar) -> JSONNode {
        ["emailAddress": ["address": .string(address), "name": "Omar Said"], "role": .string(role)]
    }

    private func shared(_ desk: GraphDesk) async throws -> JSONNode {
        try #require(
            try await desk.call(.get, "/me/calendars").values.first {
                $0["owner"]?["address"]?.string == GraphDesk.nora
            }
        )
    }

    private func path(_ calendar: JSONNode) -> String { GraphDesk.calendar(calendar["id"]?.string ?? "") }

    @Test("F-02: a permission is listed with what it may become, changed and taken away")
    func lifecycle() async throws {
        let desk = try GraphDesk.open()
        let path = "/me/calendar/calendarPermissions"

        let made = try await desk.call(.post, path, Self.permission("read"))
        let own = path + "/" + PercentEncoding.encode(made.id)
        let again = try await desk.call(.post, path, Self.permission("write"))
        let changed = try await desk.call(.patch, own, ["role": "delegateWithPrivateEventAccess"])
        let list = try await desk.call(.get, path)
        let gone = try await desk.call(.delete, own)

        #expect(made.status == 201 && again.status == 409)
        #expect(made.json["isInsideOrganization"]?.bool == true && made.json["isRemovable"]?.bool == true)
        #expect(
            made.json["allowedRoles"]?.elements == [
                "freeBusyRead", "limitedRead", "read", "write", "delegateWithoutPrivateEventAccess",
                "delegateWithPrivateEventAccess",
            ]
        )
        #expect(changed.json["role"]?.string == "delegateWithPrivateEventAccess")
        #expect(list.values.map { $0["emailAddress"]?["name"]?.string } == ["Omar Said", "My Organization"])
        #expect(list.values.last?["role"]?.string == "freeBusyRead")
        #expect(gone.status == 204)
        #expect(try await desk.call(.get, own).status == 404)
    }

    @Test("F-02: everybody's permission can be changed but not removed, and delegates are for default calendars")
    func limits() async throws {
        let desk = try GraphDesk.open()
        let everybody = "/me/calendar/calendarPermissions/RGVmYXVsdA%3D%3D"
        let side = try await desk.call(.post, "/me/calendars", ["name": "Side"])

        let opened = try await desk.call(.patch, everybody, ["role": "limitedRead"])
        let removed = try await desk.call(.delete, everybody)
        let delegate = try await desk.call(
            .post,
            GraphDesk.calendar(side.id) + "/calendarPermissions",
            Self.permission("delegateWithPrivateEventAccess")
        )
        let outside = try await desk.call(
            .post,
            "/me/calendar/calendarPermissions",
            Self.permission("write", "x@elsewhere.example")
        )

        #expect(opened.json["role"]?.string == "limitedRead")
        #expect([removed.status, delegate.status, outside.status] == [400, 400, 400] as [Int])
    }

    @Test(
        "F-02: a shared calendar stands in the other list under an id of its own, with what may be done there",
        arguments: [("read", false, false), ("write", true, false), ("delegateWithPrivateEventAccess", true, true)]
    )
    func list(role: String, canEdit: Bool, seesPrivate: Bool) async throws {
        let desk = try GraphDesk.open()
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        _ = try await desk.call(.post, "/me/calendar/calendarPermissions", Self.permission(role))

        let calendar = try await shared(omar)

        #expect(calendar["id"]?.string != (try await desk.call(.get, "/me/calendar").id))
        #expect(calendar["name"]?.string == "Nora Lind")
        #expect(calendar["canEdit"]?.bool == canEdit && calendar["canViewPrivateItems"]?.bool == seesPrivate)
        #expect(calendar["canShare"]?.bool == false && calendar["isRemovable"]?.bool == true)
        #expect(calendar["isDefaultCalendar"]?.bool == false)
        #expect(calendar["owner"] == ["name": "Nora Lind", "address": .string(GraphDesk.nora)])
    }

    @Test("F-02: an event of a shared calendar has an id of its own in each view, and each view opens it by its own")
    func ids() async throws {
        let desk = try GraphDesk.open()
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        let event = try await desk.create(["recurrence": GraphDesk.weekly(count: 2)])
        desk.graph.share(of: GraphDesk.nora, with: GraphDesk.omar)
        let path = path(try await shared(omar))

        let listed = try #require(try await omar.call(.get, path + "/events").values.first)
        let id = listed["id"]?.string ?? ""
        let window = "?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-30T00:00:00Z"
        let view = try await omar.call(.get, path + "/calendarView" + window).values
        let feed = try await omar.round(path + "/calendarView/delta" + window)

        #expect(id != event.id && listed["iCalUId"] == event.json["iCalUId"])
        #expect(try await omar.call(.get, omar.path(id)).json["subject"]?.string == "Planning")
        #expect(try await omar.call(.get, path + "/events/" + PercentEncoding.encode(id)).id == id)
        #expect(try await omar.call(.get, omar.path(event.id)).status == 404)
        #expect(view.count == 2 && view.allSatisfy { $0["seriesMasterId"]?.string == id })
        #expect(feed.items.first?["id"]?.string == id && feed.items.count == 3)
    }

    @Test("F-02: without permission to write nothing can be written")
    func reader() async throws {
        let desk = try GraphDesk.open()
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        _ = try await desk.create()
        desk.graph.share(of: GraphDesk.nora, with: GraphDesk.omar, role: "read")
        let path = path(try await shared(omar))
        let id = try await omar.call(.get, path + "/events").values.first?["id"]?.string ?? ""

        let changed = try await omar.call(.patch, omar.path(id), ["subject": "Mine"])
        let gone = try await omar.call(.delete, path + "/events/" + PercentEncoding.encode(id))

        #expect(changed.code == "ErrorAccessDenied" && gone.code == "ErrorAccessDenied")
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.title) == ["Planning"])
    }

    @Test("F-02: a delegate's invitation comes from the owner, who is the organizer")
    func delegate() async throws {
        let desk = try GraphDesk.open()
        desk.graph.addAccount("zoe@example.com", name: "Zoe", zone: .utc)
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        desk.graph.share(of: GraphDesk.nora, with: GraphDesk.omar, role: "delegateWithoutPrivateEventAccess")
        let body: JSONNode = [
            "subject": "Visit", "attendees": GraphDesk.attendees("zoe@example.com"),
            "start": ["dateTime": "2026-03-03T09:00:00", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-03T10:00:00", "timeZone": "UTC"],
        ]

        let made = try await omar.call(.post, path(try await shared(omar)) + "/events", body)

        #expect(made.status == 201 && made.json["isOrganizer"]?.bool == true)
        #expect(made.json["organizer"]?["emailAddress"]?["address"]?.string == GraphDesk.nora)
        #expect(desk.graph.mail.map(\.from) == [GraphDesk.nora])
        #expect(desk.graph.events(of: GraphDesk.nora).map(\.title) == ["Visit"])
    }

    @Test(
        "F-02: what a guest sees of a private and of a plain event depends on the role",
        arguments: [
            ("freeBusyRead", ["Busy", "Busy"]), ("limitedRead", ["Planning", "Private Appointment"]),
            ("read", ["Planning", "Private Appointment"]),
            ("delegateWithPrivateEventAccess", ["Planning", "Doctor"]),
        ]
    )
    func privacy(role: String, subjects: [String]) async throws {
        let desk = try GraphDesk.open()
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        _ = try await desk.create(["body": ["contentType": "text", "content": "secret plan"]])
        _ = try await desk.create(["subject": "Doctor", "sensitivity": "private"])
        desk.graph.share(of: GraphDesk.nora, with: GraphDesk.omar, role: role)

        let events = try await omar.call(.get, path(try await shared(omar)) + "/events").values

        #expect(events.map { $0["subject"]?.string } == subjects)
        let isShown = events.first?["bodyPreview"]?.string?.contains("secret plan") == true
        #expect(isShown == ["read", "delegateWithPrivateEventAccess"].contains(role))
    }

    @Test("F-02: the owner's path opens a shared calendar too, by the owner's ids and with a Shared permission only")
    func ownersPath() async throws {
        let desk = try GraphDesk.open()
        let event = try await desk.create()
        let path = "/users/\(GraphDesk.nora)"
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        let narrow = try GraphDesk(desk.graph, as: GraphDesk.omar, scopes: ["Calendars.ReadWrite"])

        let before = try await omar.call(.get, path + "/calendar/events")
        desk.graph.share(of: GraphDesk.nora, with: GraphDesk.omar, role: "write")
        let after = try await omar.call(.get, path + "/calendar/events")
        let listed = try await omar.call(.get, path + "/calendars")
        let changed = try await omar.call(
            .patch,
            path + "/events/" + PercentEncoding.encode(event.id),
            ["subject": "Changed"]
        )

        #expect(before.code == "ErrorAccessDenied")
        #expect(after.values.map { $0["id"]?.string } == [event.id])
        #expect(listed.values.map { $0["canEdit"]?.bool } == [true])
        #expect(changed.json["subject"]?.string == "Changed")
        #expect(try await narrow.call(.get, path + "/calendar/events").code == "ErrorAccessDenied")
        #expect(try await omar.call(.get, path + "/mailboxSettings").code == "ErrorAccessDenied")
    }

    @Test("F-02: a calendar that is shared no more, or deleted, leaves the other list")
    func unshared() async throws {
        let desk = try GraphDesk.open()
        let omar = try GraphDesk(desk.graph, as: GraphDesk.omar)
        let side = try await desk.call(.post, "/me/calendars", ["name": "Side"])
        let made = try await desk.call(.post, "/me/calendar/calendarPermissions", Self.permission("read"))
        desk.graph.share(CalendarID(side.id), of: GraphDesk.nora, with: GraphDesk.omar)

        let both = try await omar.call(.get, "/me/calendars").values.count
        _ = try await desk.call(.delete, "/me/calendar/calendarPermissions/" + PercentEncoding.encode(made.id))
        _ = try await desk.call(.delete, GraphDesk.calendar(side.id))

        #expect(both == 3)
        #expect(try await omar.call(.get, "/me/calendars").values.count == 1)
    }

    @Test("F-02: the roles that a calendar can be shared in depend on the organisation")
    func roles() async throws {
        let desk = try GraphDesk.open()

        let inside = try await desk.call(
            .get,
            "/me/calendar/allowedCalendarSharingRoles(User='\(GraphDesk.omar)')"
        ).values
        let outside = try await desk.call(
            .get,
            "/me/calendar/allowedCalendarSharingRoles(User='x@elsewhere.example')"
        ).values

        #expect(inside.count == 6 && inside.last == "delegateWithPrivateEventAccess")
        #expect(outside == ["freeBusyRead", "limitedRead", "read"])
    }
}
