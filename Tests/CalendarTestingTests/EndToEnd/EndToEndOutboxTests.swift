import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: the outbox in a host's hands")
struct EndToEndOutboxTests {
    private let refusal = SimulatedFault(.status(400, reason: "invalid"), pathContains: "/events")

    private func refusing(_ method: HTTPMethod) -> SimulatedFault {
        var fault = refusal
        fault.method = method
        return fault
    }

    /// A world with one event that both sides know.
    private func known(_ service: Service) async throws -> (world: World, connection: ConnectionID, record: RecordID) {
        let world = World()
        world.simulator(service).add(try World.event("Review", on: "2026-03-18"), to: service.address)
        let connection = try await world.connectAndSync(service)
        return (world, connection, try #require(try await world.agenda(service).first?.record))
    }

    @Test("M-43 the outbox lists what waits, without what events say", arguments: Service.allCases)
    func list(service: Service) async throws {
        let (world, connection, record) = try await known(service)
        let host = world.host(service)
        try await host.update(record, invitations: .silent) { $0.title = "Secret" }
        world.clock.advance(by: 1)
        let secret = try World.event("Secret", on: "2026-03-19")
        let new = try await host.create(secret, in: connection, invitations: .silent)

        let entries = try await host.outbox(of: connection)

        #expect(entries.map(\.record) == [record, new])
        #expect(entries.map(\.action) == [.update, .create])
        #expect(entries.map(\.attempts) == [0, 0])
        #expect(entries.allSatisfy { $0.isCancellable && $0.rejection == nil })
        #expect(!"\(entries)".contains("Secret"))
        try await world.sync(service, connection)
        #expect(try await host.outbox(of: connection).isEmpty)
    }

    @Test(
        "M-43 a cancelled create leaves nothing, a cancelled update what the service has",
        arguments: Service.allCases
    )
    func cancelUnsent(service: Service) async throws {
        let (world, connection, record) = try await known(service)
        let host = world.host(service)
        try await host.update(record, invitations: .silent) { $0.title = "Mine" }
        world.clock.advance(by: 1)
        try await host.create(try World.event("New", on: "2026-03-19"), in: connection, invitations: .silent)

        for entry in try await host.outbox(of: connection) { try await host.cancel(entry.id, of: connection) }

        #expect(try await host.outbox(of: connection).isEmpty)
        #expect(try await world.titles(service) == ["Review"])
        try await world.sync(service, connection)
        #expect(world.simulator(service).writes.isEmpty)
        // The event is as if it had never been edited: what the app makes of it is simply taken over.
        let event = try #require(world.simulator(service).events(of: service.address).first?.id)
        world.simulator(service).change(event, of: service.address, calendar: nil) { $0.title = "Theirs" }
        try await world.sync(service, connection)
        #expect(try await world.titles(service) == ["Theirs"])
        #expect(try await host.conflicts(of: connection).isEmpty)
    }

    @Test(
        "M-43 a cancelled deletion brings the event back with its activity, as it is in the service now",
        arguments: Service.allCases
    )
    func cancelDeletion(service: Service) async throws {
        let world = World()
        let connection = try await world.connectAndSync(service)
        let host = world.host(service)
        let content = try World.event("Review", on: "2026-03-18")
        let record = try await host.create(content, in: connection, activity: "deal-7", invitations: .silent)
        try await world.sync(service, connection)
        let event = try #require(world.simulator(service).events(of: service.address).first?.id)
        try await host.delete(record, invitations: .silent)
        world.simulator(service).change(event, of: service.address, calendar: nil) { $0.title = "Review, moved" }
        world.clock.advance(by: 60)
        let deletion = try #require(try await host.outbox(of: connection).first)

        try await host.cancel(deletion.id, of: connection)
        try await world.sync(service, connection)
        try await world.sync(service, connection)

        let back = try #require(try await world.storage.events.record(record, tenant: World.tenant))
        #expect(back.content.title == "Review, moved")
        #expect(back.activity == "deal-7")
        #expect(world.simulator(service).events(of: service.address).map(\.title) == ["Review, moved"])
        #expect(try await host.conflicts(of: connection).isEmpty)
        #expect(try await host.outbox(of: connection).isEmpty)
    }

    @Test(
        "M-43 a refused write is shown with its reason, and retried or cancelled",
        arguments: Service.allCases,
        [true, false]
    )
    func refused(service: Service, isRetried: Bool) async throws {
        let (world, connection, record) = try await known(service)
        let host = world.host(service)
        try await host.update(record, invitations: .silent) { $0.title = "Mine" }
        world.simulator(service).add(refusing(.patch))
        try await world.sync(service, connection)
        let entry = try #require(try await host.outbox(of: connection).first)
        #expect(entry.rejection != nil)
        #expect(entry.attempts == 1)
        #expect(try await host.issues(of: connection).map(\.code) == [.writeRejected])

        if isRetried {
            try await host.retry(entry.id, of: connection)
        } else {
            try await host.cancel(entry.id, of: connection)
        }

        #expect(try await host.issues(of: connection).isEmpty)
        try await world.sync(service, connection)
        let title = isRetried ? "Mine" : "Review"
        #expect(world.simulator(service).events(of: service.address).map(\.title) == [title])
        #expect(try await world.titles(service) == [title])
        #expect(try await host.outbox(of: connection).isEmpty)
    }

    @Test("M-43 edits are taken back one by one, the newest first", arguments: Service.allCases)
    func oneByOne(service: Service) async throws {
        let (world, connection, record) = try await known(service)
        let host = world.host(service)
        try await host.update(record, invitations: .silent) { $0.title = "Mine" }
        world.simulator(service).add(refusing(.patch))
        try await world.sync(service, connection)
        world.clock.advance(by: 60)
        try await host.update(record, invitations: .silent) { $0.location = "Room 5" }
        let entries = try await host.outbox(of: connection)
        #expect(entries.map(\.action) == [.update, .update])

        try await host.cancel(try #require(entries.last).id, of: connection)
        let older = try #require(try await world.agenda(service).first?.content)
        try await host.cancel(try #require(entries.first).id, of: connection)
        let none = try #require(try await world.agenda(service).first?.content)

        #expect(older.title == "Mine")
        #expect(older.location == nil)
        #expect(none.title == "Review")
        #expect(try await world.sync(service, connection).pushed == 0)
    }

    @Test("M-43 a refused create is an issue under its operation, and gone with it when it is cancelled")
    func refusedCreate() async throws {
        let world = World()
        let connection = try await world.connectAndSync(.google)
        let host = world.host(.google)
        for day in 18...19 {
            try await host.create(try World.event("New", on: "2026-03-\(day)"), in: connection, invitations: .silent)
            world.google.add(refusing(.post))
        }
        try await world.sync(.google, connection)
        let entries = try await host.outbox(of: connection)
        let issues = try await host.issues(of: connection)
        #expect(entries.count == 2)
        #expect(issues.count == 2)

        try await host.retryIssue(try #require(issues.first), of: connection)
        try await world.sync(.google, connection)
        let left = try #require(try await host.outbox(of: connection).first)
        try await host.cancel(left.id, of: connection)

        #expect(try await host.issues(of: connection).isEmpty)
        #expect(try await world.titles(.google) == ["New"])
        #expect(world.google.events(of: "ada@example.com").count == 1)
    }

    @Test("M-43 a write that may have reached the service is not cancelled, and neither is a stranger's")
    func refusals() async throws {
        let (world, connection, record) = try await known(.google)
        let host = world.host(.google)
        try await host.update(record, invitations: .silent) { $0.title = "Mine" }
        let waiting = try #require(try await host.outbox(of: connection).first)
        let stranger = world.service.acting(as: World.principal("ada", tenant: "other"))
        let eve = world.service.acting(as: World.principal("eve"))
        let foreign = try await failure { try await stranger.cancel(waiting.id, of: connection) }
        let denied = try await failure { try await eve.cancel(waiting.id, of: connection) }
        let unknown = try await failure { try await host.cancel("nothing", of: connection) }
        world.googleTap.intercept { request, next in
            guard request.method == .patch else { return try await next.send(request) }
            throw CancellationError()
        }
        _ = try? await world.sync(.google, connection)

        let sent = try await failure { try await host.cancel(waiting.id, of: connection) }

        #expect(foreign.code == .notFound)
        #expect(denied.code == .permissionDenied)
        #expect(unknown.code == .notFound)
        #expect(sent.code == .rejected)
        #expect(sent.field == "operation")
        #expect(try await host.outbox(of: connection).map(\.state) == [.sent])
    }
}
