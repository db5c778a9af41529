import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: edits that tell guests and edits that do not")
struct EndToEndInvitedEditsTests {
    private static func invite(_ address: String) -> (inout EventContent) -> Void {
        { $0.attendees.append(Attendee(EventPerson(address))) }
    }

    @Test("F-08 an edit that tells guests is not swallowed by a silent one before it", arguments: Service.allCases)
    func toldAfterSilence(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)

        let content = try World.event("Review", on: "2026-03-18")
        let record = try await host.create(content, in: connection, invitations: .silent)
        try await host.update(record, invitations: .notifyGuests, Self.invite("guest@example.net"))
        try await world.sync(service, connection)

        #expect(simulator.mail.map(\.to) == ["guest@example.net"])
        #expect(simulator.events(of: service.address, calendar: nil).map(\.attendees) == [["guest@example.net"]])
        #expect(try await host.issues(of: connection).isEmpty)
    }

    @Test("F-08 a silent invitation stays silent behind an edit that tells guests")
    func silentAfterTold() async throws {
        let world = World()
        let connection = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let record = try await host.create(
            try World.event("Review", on: "2026-03-18"),
            in: connection,
            invitations: .silent
        )
        try await world.sync(.google, connection)

        try await host.update(record, invitations: .notifyGuests, Self.invite("first@example.net"))
        try await host.update(record, invitations: .silent, Self.invite("second@example.net"))
        try await world.sync(.google, connection)

        #expect(world.google.mail.map(\.to) == ["first@example.net"])
        let event = try #require(world.google.events(of: Service.google.address).first)
        #expect(event.attendees.sorted() == ["first@example.net", "second@example.net"])
    }

    @Test("an edit that takes back the one before it is sent, whatever the service changed meanwhile")
    func takenBack() async throws {
        let world = World()
        let connection = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let id = world.google.add(try World.event("Review", on: "2026-03-18"), to: Service.google.address)
        try await world.sync(.google, connection)
        let record = try #require(try await world.agenda(.google).first?.record)

        try await host.update(record, invitations: .notifyGuests, Self.invite("guest@example.net"))
        try await host.update(record, invitations: .silent) { $0.attendees = [] }
        world.google.change(id, of: Service.google.address) { $0.location = "Room 3" }
        try await world.sync(.google, connection)

        #expect(world.google.events(of: Service.google.address).map(\.attendees) == [[]])
        #expect(try await world.agenda(.google).map(\.content.attendees.count) == [0])
        #expect(try await world.agenda(.google).map(\.content.location) == ["Room 3"])
    }

    @Test("an edit is not lost to the one before it, whose answer never came", arguments: Service.allCases)
    func unanswered(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        simulator.add(try World.event("Review", on: "2026-03-18"), to: service.address)
        try await world.sync(service, connection)
        let record = try #require(try await world.agenda(service).first?.record)

        try await host.update(record, invitations: .silent) { $0.title = "First" }
        world.tap(service).intercept { request, next in
            let answer = try await next.send(request)
            guard request.method == .patch else { return answer }
            throw CancellationError()
        }
        _ = try? await host.sync(connection).finish()
        world.tap(service).intercept(nil)
        #expect(simulator.events(of: service.address).map(\.title) == ["First"])
        try await host.update(record, invitations: .silent) { $0.title = "Second" }
        for _ in 0..<2 { try await world.sync(service, connection) }

        #expect(simulator.events(of: service.address).map(\.title) == ["Second"])
        #expect(try await world.titles(service) == ["Second"])
    }

    @Test(
        "R-04 an occurrence that the user's other account shows first writes nothing to this one",
        arguments: Service.allCases
    )
    func viewed(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let other = service == .google ? "alan@example.com" : "edsger@example.org"
        let connection = try await world.connectAndSync(service)
        let further = try await world.connect(service, as: other).key.connection
        var content = try World.event("Stand-up", on: "2026-03-18")
        content.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY;COUNT=5"])
        content.attendees = [Attendee(EventPerson(service.address))]
        let series = simulator.add(content, to: other)
        try await world.sync(service, connection)

        simulator.editOccurrence(of: series, at: try World.time("2026-03-20T10:00:00"), of: other) { content in
            content.start = content.start.advanced(bySeconds: 3600)
            content.end = content.end.advanced(bySeconds: 3600)
        }
        simulator.clearRequests()
        for id in [further, connection, further] { try await world.sync(service, id) }

        let writes = simulator.requests.filter { $0.isWrite && !$0.path.hasSuffix("/token") }
        #expect(writes.map(\.path) == [])
        #expect(try await world.host(service).issues(of: connection).isEmpty)
    }
}
