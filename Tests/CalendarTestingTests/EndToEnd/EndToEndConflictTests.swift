import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: conflicts")
struct EndToEndConflictTests {
    /// A world in which the host and a person in the app gave one event different places since both knew it.
    struct Meeting {
        let world: World
        let service: Service
        let connection: ConnectionID
        let record: RecordID

        var host: ActingCalendars { world.host(service) }
        var remote: [SimulatedEvent] { world.simulator(service).events(of: service.address) }

        func local() async throws -> [EventContent] { try await world.agenda(service).map(\.content) }

        func conflict() async throws -> SyncConflict {
            let found = try await host.conflicts(of: connection)
            #expect(found.count == 1)
            return try #require(found.first)
        }

        func sync() async throws { try await world.sync(service, connection) }

        init(_ service: Service, _ policy: ConflictPolicy) async throws {
            self.service = service
            world = World(conflicts: policy)
            let event = world.simulator(service).add(try World.event("Review", on: "2026-03-18"), to: service.address)
            connection = try await world.connectAndSync(service)
            record = try #require(try await world.agenda(service).first?.record)
            try await world.host(service).update(record, invitations: .silent) { $0.location = "Host's room" }
            world.clock.advance(by: 60)
            world.simulator(service).change(event, of: service.address, calendar: nil) { $0.location = "App's room" }
            try await world.sync(service, connection)
        }
    }

    private static let places: [ConflictPolicy: String] = [
        .remoteWins: "App's room", .localWins: "Host's room", .newest: "App's room", .ask: "App's room",
    ]

    @Test(
        "F-06 both sides end with the place that the policy keeps, and the other one is on record",
        arguments: Service.allCases,
        ConflictPolicy.allCases
    )
    func policies(service: Service, policy: ConflictPolicy) async throws {
        let meeting = try await Meeting(service, policy)
        try await meeting.sync()

        let place = Self.places[policy]
        let conflict = try await meeting.conflict()
        #expect(try await meeting.local().map(\.location) == [place])
        #expect(try await meeting.world.storedAtService(service).map(\.location) == [place])
        #expect(conflict.fields == [.location])
        #expect(conflict.local?.location == "Host's room")
        #expect(conflict.remote?.location == "App's room")
        #expect(conflict.base?.location == nil)
        #expect(conflict.isOpen == (policy == .ask))
        #expect(conflict.explanation.contains("- location: was nothing; the host said “Host's room”"))
        #expect(meeting.world.simulator(service).mail.isEmpty)
    }

    @Test("M-43 an open conflict is answered for the host's side, and the answer is sent", arguments: Service.allCases)
    func answerForTheHost(service: Service) async throws {
        let meeting = try await Meeting(service, .ask)
        let conflict = try await meeting.conflict()

        try await meeting.host.resolve(conflict.id, of: meeting.connection, keeping: .local)
        try await meeting.sync()

        #expect(try await meeting.local().map(\.location) == ["Host's room"])
        #expect(try await meeting.world.storedAtService(service).map(\.location) == ["Host's room"])
        #expect(try await meeting.conflict().isOpen == false)
        #expect(try await meeting.conflict().kept == .local)
    }

    @Test("M-43 the side that stands is confirmed without a write, and a closed conflict is dismissed")
    func confirmation() async throws {
        let meeting = try await Meeting(.google, .ask)
        let host = meeting.host
        let conflict = try await meeting.conflict()
        let early = try await failure { try await host.dismiss(conflict.id, of: meeting.connection) }
        meeting.world.google.clearRequests()

        try await host.resolve(conflict.id, of: meeting.connection, keeping: .remote)
        try await host.resolve(conflict.id, of: meeting.connection, keeping: .remote)
        try await meeting.sync()
        #expect(try await meeting.conflict().isOpen == false)
        try await host.dismiss(conflict.id, of: meeting.connection)

        #expect(early.code == .invalidArgument)
        #expect(early.field == "conflict")
        #expect(meeting.world.google.writes.isEmpty)
        #expect(try await host.conflicts(of: meeting.connection).isEmpty)
        let late = try await failure { try await host.dismiss(conflict.id, of: meeting.connection) }
        #expect(late.code == .notFound)
    }

    @Test("M-43 F-07 a conflict of another tenant or another user's connection cannot be seen or answered")
    func strangers() async throws {
        let meeting = try await Meeting(.google, .ask)
        let conflict = try await meeting.conflict()
        let other = meeting.world.service.acting(as: World.principal("ada", tenant: "other"))
        let eve = meeting.world.service.acting(as: World.principal("eve"))

        func answer(_ id: ConflictID, by host: ActingCalendars) async throws -> CalendarError {
            try await failure { try await host.resolve(id, of: meeting.connection, keeping: .local) }
        }

        let foreign = try await answer(conflict.id, by: other)
        let denied = try await answer(conflict.id, by: eve)
        let unseen = try await failure { _ = try await eve.conflicts(of: meeting.connection) }
        let unknown = try await answer("nothing", by: meeting.host)

        #expect(foreign.code == .notFound)
        #expect(denied.code == .permissionDenied)
        #expect(unseen.code == .permissionDenied)
        #expect(unknown.code == .notFound)
        #expect(try await meeting.conflict() == conflict)
    }

    @Test(
        "M-43 an event deleted in the app while the host edited it is made anew when its user asks for it",
        arguments: Service.allCases
    )
    func deletedRemotely(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let event = simulator.add(try World.event("Review", on: "2026-03-18"), to: service.address)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let record = try #require(try await world.agenda(service).first?.record)
        try await host.update(record, invitations: .silent) { $0.title = "Review of the year" }
        simulator.remove(event, of: service.address, calendar: nil)
        try await world.sync(service, connection)
        let conflict = try #require(try await host.conflicts(of: connection).first)
        #expect(try await world.titles(service).isEmpty)

        try await host.resolve(conflict.id, of: connection, keeping: .local)
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        #expect(conflict.kind == .deletedRemotely)
        #expect(simulator.events(of: service.address).map(\.title) == ["Review of the year"])
        #expect(try await world.titles(service) == ["Review of the year"])
        #expect(simulator.mail.isEmpty)

        // The answer may be taken back.
        try await host.resolve(conflict.id, of: connection, keeping: .remote)
        try await world.sync(service, connection)
        #expect(simulator.events(of: service.address).isEmpty)
    }

    @Test(
        "F-06 the organizer's deletion wins over an edit in the app; the edit can be made anew",
        arguments: [true, false]
    )
    func deletedLocally(feedFirst: Bool) async throws {
        let world = World()
        let event = world.google.add(try World.event("Review", on: "2026-03-18"), to: "ada@example.com")
        let connection = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let record = try #require(try await world.agenda(.google).first?.record)
        try await host.delete(record, invitations: .silent)
        let google = world.google
        if feedFirst {
            google.change(event, of: "ada@example.com") { $0.title = "Review, moved" }
        } else {
            world.googleTap.intercept { request, next in
                if request.method == .delete, google.events(of: "ada@example.com").map(\.title) == ["Review"] {
                    google.change(event, of: "ada@example.com") { $0.title = "Review, moved" }
                }
                return try await next.send(request)
            }
        }

        try await world.sync(.google, connection)
        try await world.sync(.google, connection)

        let conflict = try #require(try await host.conflicts(of: connection).first)
        #expect(google.events(of: "ada@example.com").isEmpty)
        #expect(try await world.titles(.google).isEmpty)
        #expect(conflict.kind == .deletedLocally)
        #expect(conflict.kept == .local)
        #expect(conflict.explanation.contains("- title: was “Review”; the service said “Review, moved”"))

        try await host.resolve(conflict.id, of: connection, keeping: .remote)
        try await world.sync(.google, connection)
        #expect(google.events(of: "ada@example.com").map(\.title) == ["Review, moved"])
        #expect(try await world.titles(.google) == ["Review, moved"])
    }

    @Test("F-06 a process that dies within a deletion has the conflict on record once, and answers wait")
    func deathWithinDeletion() async throws {
        let world = World()
        let event = world.google.add(try World.event("Review", on: "2026-03-18"), to: "ada@example.com")
        let connection = try await world.connectAndSync(.google)
        let host = world.host(.google)
        let record = try #require(try await world.agenda(.google).first?.record)
        try await host.delete(record, invitations: .silent)
        let google = world.google
        world.googleTap.intercept { request, next in
            guard request.method == .delete else { return try await next.send(request) }
            let isFirst = google.events(of: "ada@example.com").map(\.title) == ["Review"]
            guard isFirst else { throw CancellationError() }
            google.change(event, of: "ada@example.com") { $0.title = "Review, moved" }
            return try await next.send(request)
        }
        await #expect(throws: CancellationError.self) { try await world.sync(.google, connection) }
        let early = try #require(try await host.conflicts(of: connection).first)
        let tooEarly = try await failure {
            try await host.resolve(early.id, of: connection, keeping: .remote)
        }
        world.googleTap.intercept(nil)

        try await world.sync(.google, connection)

        #expect(tooEarly.code == .revisionConflict)
        #expect(google.events(of: "ada@example.com").isEmpty)
        #expect(try await host.conflicts(of: connection) == [early])
        #expect(early.remote?.title == "Review, moved")
    }

    @Test("F-06 a guest's deletion gives way to the organizer's edit", arguments: Service.allCases)
    func guest(service: Service) async throws {
        let world = World()
        let simulator = world.simulator(service)
        let organizer = service == .google ? "alan@example.com" : "edsger@example.org"
        var content = try World.event("Review", on: "2026-03-18")
        content.attendees = [Attendee(EventPerson(service.address))]
        let event = simulator.add(content, to: organizer)
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let record = try #require(try await world.agenda(service).first?.record)

        try await host.delete(record, invitations: .silent)
        simulator.change(event, of: organizer, calendar: nil) { $0.title = "Review, moved" }
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        let conflict = try #require(try await host.conflicts(of: connection).first)
        #expect(conflict.kind == .deletedLocally)
        #expect(conflict.kept == .remote)
        #expect(try await world.titles(service) == ["Review, moved"])
        #expect(simulator.events(of: service.address).map(\.title) == ["Review, moved"])

        try await host.resolve(conflict.id, of: connection, keeping: .local)
        try await world.sync(service, connection)
        #expect(try await world.titles(service).isEmpty)
        #expect(simulator.events(of: service.address).isEmpty)
    }
}

extension World {
    /// What a host that was never there before finds at the service.
    func storedAtService(_ service: Service) async throws -> [EventContent] {
        let host = host(service, on: .inMemory(), seed: 99)
        let start = try await host.connect(service.id)
        let callback = try simulator(service).consent(to: start.url, as: service.address, granting: nil)
        let connection = try await host.complete(callback: callback, of: start.cookie)
        try await host.sync(connection.key.connection).finish()
        let first = clock.now.addingTimeInterval(-7 * 86_400)
        return try await host.agenda(from: first, to: first.addingTimeInterval(35 * 86_400), in: Self.vienna)
            .map(\.content)
    }
}
