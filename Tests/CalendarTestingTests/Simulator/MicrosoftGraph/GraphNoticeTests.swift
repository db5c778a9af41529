import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: notifications of changes")
struct GraphNoticeTests {
    private func kinds(_ notifications: [JSONNode]) -> [String?] { notifications.map { $0["changeType"]?.string } }

    @Test("F-02: a creation, an edit and a deletion are reported, with the secret and the kind of id asked for")
    func changes() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let subscription = try await desk.subscribe(prefer: GraphDesk.immutable)
        let user = try #require(try await desk.call(.get, "/me").json["id"]?.string)

        let event = try await desk.create()
        let created = try desk.notifications()
        let edited = try await desk.call(.patch, desk.path(event.id), ["subject": "Other"])
        let updated = try desk.notifications()
        _ = try await desk.call(.delete, desk.path(event.id))
        let deleted = try desk.notifications()

        #expect(kinds(created + updated + deleted) == ["created", "updated", "deleted"])
        let read = desk.graph.events(of: GraphDesk.nora)
        #expect(read.isEmpty)
        let first = try #require(created.first)
        #expect(first["subscriptionId"]?.string == subscription.id)
        #expect(first["clientState"] == "s3cret")
        #expect(first["subscriptionExpirationDateTime"] == "2026-01-08T07:00:00Z")
        #expect(first["tenantId"]?.string.flatMap { UUID(uuidString: $0) } != nil)
        let id = try #require(first["resourceData"]?["id"]?.string)
        #expect(id.hasPrefix("AAkALgA") && id != event.id)
        #expect(first["resource"]?.string == "Users/\(user)/Events/\(id)")
        #expect(first["resourceData"]?["@odata.id"] == first["resource"])
        #expect(first["resourceData"]?["@odata.type"] == "#Microsoft.Graph.Event")
        #expect(first["resourceData"]?["@odata.etag"]?.string == event.etag)
        #expect(updated.first?["resourceData"]?["@odata.etag"]?.string == edited.etag)
        #expect(deleted.first?["resourceData"]?["id"]?.string == id)
    }

    @Test(
        "F-02: notifications have the properties of the service's description",
        .enabled(if: GraphServiceMetadata.isPresent, "shared data is absent: the service's metadata")
    )
    func shape() async throws {
        let metadata = try GraphServiceMetadata()
        let desk = try await GraphDesk(host: NotificationHost())
        _ = try await desk.subscribe()
        _ = try await desk.create()
        for event in GraphLifecycleEvent.allCases { desk.graph.apply(event) }

        for delivery in desk.graph.takeDeliveries() {
            let faults = metadata.faults(
                in: try JSONNode([UInt8](delivery.body)),
                of: "graph.changeNotificationCollection"
            )
            // Resource data is an open type, whose members are not described.
            #expect(faults.filter { !$0.contains("/resourceData/id ") } == [])
        }
    }

    @Test("F-02, Trap 18: the mailbox's events are those of the default calendar, unless a test says all")
    func scope() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let other = desk.graph.addCalendar("Other", to: GraphDesk.nora, zone: .utc)
        let path = "me/calendars/\(PercentEncoding.encode(other.rawValue))/events"
        let mailbox = try await desk.subscribe("me/events").id
        let calendar = try await desk.subscribe(path).id

        desk.graph.add(try GraphControlTests.content(nil), to: GraphDesk.nora, calendar: other)
        let inOther = try desk.notifications()
        _ = try await desk.create()
        let inDefault = try desk.notifications()
        desk.graph.reportsAllCalendars = true
        desk.graph.add(try GraphControlTests.content(nil), to: GraphDesk.nora, calendar: other)
        let documented = try desk.notifications()

        #expect(inOther.map { $0["subscriptionId"]?.string } == [calendar])
        #expect(inDefault.map { $0["subscriptionId"]?.string } == [mailbox])
        #expect(documented.map { $0["subscriptionId"]?.string } == [mailbox, calendar])
    }

    @Test("only the kinds of changes that were asked for are reported")
    func kindsAskedFor() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        _ = try await desk.subscribe("me/events", ["changeType": "deleted"])

        let event = try await desk.create()
        _ = try await desk.call(.delete, desk.path(event.id))

        #expect(kinds(try desk.notifications()) == ["deleted"])
    }

    @Test("F-02: a cancelled occurrence is an update of its series; a move is a deletion here and a creation there")
    func seriesAndMoves() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let other = desk.graph.addCalendar("Other", to: GraphDesk.nora, zone: .utc)
        let series = desk.graph.add(try GraphControlTests.content("FREQ=WEEKLY;COUNT=3"), to: GraphDesk.nora)
        _ = try await desk.subscribe("me/calendar/events", prefer: GraphDesk.immutable)
        let path = "me/calendars/\(PercentEncoding.encode(other.rawValue))/events"
        _ = try await desk.subscribe(path, prefer: GraphDesk.immutable)
        let second = try #require(CivilDateTime("2026-03-10T09:00:00"))

        desk.graph.cancelOccurrence(
            of: series,
            startingAt: .zoned(second, EventZone("Europe/Berlin")),
            of: GraphDesk.nora
        )
        let cancelled = try desk.notifications()
        desk.graph.move(series, of: GraphDesk.nora, to: other)
        let moved = try desk.notifications()

        #expect(kinds(cancelled) == ["updated"])
        #expect(kinds(moved) == ["deleted", "created"])
        let ids = (cancelled + moved).map { $0["resourceData"]?["id"]?.string }
        #expect(ids == [series.rawValue, series.rawValue, series.rawValue])
    }

    @Test("what others do is reported: a guest's answer to the organizer, an invitation to the guest")
    func others() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        let omar = try await GraphDesk(desk, as: GraphDesk.omar)
        let organizers = try await desk.subscribe().id
        let guests = try await omar.subscribe().id

        _ = try await desk.create(["attendees": GraphDesk.attendees(GraphDesk.omar)])
        let invited = try desk.notifications()
        let copy = try #require(try await omar.ids().first)
        _ = try await omar.call(.post, omar.path(copy) + "/accept", ["sendResponse": true])
        let answered = try desk.notifications()

        #expect(Set(invited.map { $0["subscriptionId"]?.string }) == [organizers, guests])
        #expect(Set(answered.map { $0["subscriptionId"]?.string }) == [organizers, guests])
        #expect(kinds(answered) == ["updated", "updated"])
    }

    @Test("what changed before the opening, after the end or while nobody watched is not reported")
    func boundaries() async throws {
        let desk = try await GraphDesk(host: NotificationHost())
        _ = try await desk.create()
        let first = try await desk.subscribe()
        let atFirst = try desk.notifications()
        _ = try await desk.call(.delete, "/subscriptions/\(first.id)")
        _ = try await desk.create()
        let second = try await desk.subscribe("me/events", ["expirationDateTime": desk.instant(minutes: 60)])
        let between = try desk.notifications()
        let watched = try await desk.create()
        let reported = try desk.notifications()
        desk.clock.advance(by: 3601)
        _ = try await desk.create()

        #expect(second.status == 201)
        #expect(atFirst.isEmpty && between.isEmpty)
        #expect(reported.map { $0["resourceData"]?["id"]?.string } == [watched.id])
        #expect(try desk.notifications().isEmpty)
    }
}
