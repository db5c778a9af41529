import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// One user with an account at each service: one holds the meetings, the other the copies.
struct BothServices {
    let world = World()
    let host: ActingCalendars
    let service: Service
    let copy: Service
    let meeting: ConnectionID
    let copyConnection: ConnectionID

    init(meeting service: Service) async throws {
        self.service = service
        copy = service == .google ? .microsoft : .google
        host = world.service.acting(as: World.principal("ada"))
        meeting = try await world.connect(service, for: "ada").key.connection
        copyConnection = try await world.connect(copy, for: "ada").key.connection
        try await sync()
    }

    /// Two runs of each connection: what one brings, the next one sends.
    func sync() async throws {
        for _ in 0..<2 {
            for connection in [meeting, copyConnection] { try await host.sync(connection).finish() }
        }
    }

    /// Creates an event without guests in both, and sends it.
    func create(_ title: String) async throws -> RecordID {
        let content = try World.event(title, on: "2026-03-18")
        let record = try await host.create(content, meetingIn: meeting, invitations: .silent).record
        try await sync()
        return record
    }

    /// Creates an event whose copy's creation gets no answer, before or after the copy is made.
    func createUnanswered(_ title: String, copyIsMade: Bool = true) async throws {
        let tap = world.tap(copy)
        tap.crash(afterCreating: copyIsMade)
        _ = try await host.create(
            try World.event(title, on: "2026-03-18"),
            meetingIn: meeting,
            invitations: .silent
        )
        try? await sync()
        tap.intercept(nil)
    }

    var meetingSide: [SimulatedEvent] { Self.events(world.simulator(service), service.address) }

    var copySide: [SimulatedEvent] { Self.events(world.simulator(copy), copy.address) }

    var mail: [SimulatedMail] { world.google.mail + world.microsoft.mail }

    func agenda() async throws -> [AgendaEntry] {
        let start = world.clock.now.addingTimeInterval(-7 * 86_400)
        return try await host.agenda(from: start, to: start.addingTimeInterval(35 * 86_400), in: World.vienna)
    }

    func titles() async throws -> [String] { try await agenda().compactMap(\.content.title) }

    /// The calendar that holds the copies.
    func copyCalendar() async throws -> CalendarKey {
        let connections = try await host.connections()
        let selection = try #require(connections.first { $0.key.connection == copyConnection }?.selection)
        return CalendarKey(
            tenant: World.tenant,
            connection: copyConnection,
            calendar: try #require(selection.write)
        )
    }

    /// Expects that a further sync writes nothing and stores nothing.
    func expectQuiet(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await sync()
        let before = try await StoredState(world).records
        world.google.clearRequests()
        world.microsoft.clearRequests()
        try await sync()
        let writes = (world.google.requests + world.microsoft.requests).filter { request in
            request.isWrite && !request.path.hasSuffix("/token")
        }
        #expect(writes.map(\.path) == [], sourceLocation: sourceLocation)
        #expect(try await StoredState(world).records == before, sourceLocation: sourceLocation)
    }

    private static func events(_ simulator: any SimulatedService, _ address: String) -> [SimulatedEvent] {
        simulator.events(of: address).filter { !$0.isCancelled }
    }
}
