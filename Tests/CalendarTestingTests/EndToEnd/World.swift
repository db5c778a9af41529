import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing
import TrafficSchemas

/// Two simulated services with Ada (Google) and Grace (Microsoft), and a host of the SDK in front of them.
///
/// It is Monday, 2026-03-16, 09:00 UTC: a fortnight before Europe changes its clocks.
struct World {
    static let vienna = EventZone("Europe/Vienna")
    static let tenant: TenantID = "acme"

    let clock = ManualClock(now: Date(timeIntervalSince1970: 1_773_651_600), advancesWhenSleeping: true)
    let crypto = TransparentCryptoSuite(seed: 7)
    let google: GoogleCalendarSimulator
    let microsoft: MicrosoftGraphSimulator
    let googleTap: Tap
    let microsoftTap: Tap
    let storage = CalendarStorage.inMemory()
    let service: CalendarService

    /// - Parameters:
    ///   - zone: Where everybody lives.
    ///   - isBroken: Whether a service will answer nonsense on purpose, so that its answers are not checked.
    ///   - conflicts: Which side's value stands where both changed a field differently.
    init(zone: EventZone = World.vienna, isBroken: Bool = false, conflicts: ConflictPolicy = .remoteWins) {
        google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
        googleTap = Tap(isBroken ? google : Self.validating(google, .google))
        microsoftTap = Tap(isBroken ? microsoft : Self.validating(microsoft, .microsoft))
        for address in ["ada@example.com", "alan@example.com"] {
            google.addAccount(address, name: "Person", zone: zone)
        }
        for address in ["grace@example.org", "edsger@example.org"] {
            microsoft.addAccount(address, name: "Person", zone: zone)
        }
        service = CalendarService(
            providers: [
                .google(client: .value(google.client), transport: googleTap),
                .microsoft(
                    client: .value(microsoft.client),
                    transport: microsoftTap,
                    configuration: .init(allDayZone: zone)
                ),
            ],
            storage: storage,
            crypto: crypto,
            conflicts: conflicts,
            clock: clock,
            random: .seeded(3)
        )
    }

    /// Holds the traffic with a simulator against the service's own description, where that is there.
    static func validating(_ simulator: any HTTPTransport, _ service: Service) -> ValidatingTransport {
        let schema: (any TrafficSchema)? =
            switch service {
            case .google: SharedDescriptions.google
            case .microsoft: SharedDescriptions.microsoft
            }
        return ValidatingTransport(simulator, schema: schema) { Issue.record("\($0)") }
    }

    /// A second process of the host on the same storage.
    func restarted() -> CalendarService { service(mirroring: .owner) }

    /// A host on the same storage that sends its users' events to these connections.
    func service(mirroring: MirroringPolicy) -> CalendarService {
        CalendarService(
            providers: [
                .google(client: .value(google.client), transport: Self.validating(google, .google)),
                .microsoft(
                    client: .value(microsoft.client),
                    transport: Self.validating(microsoft, .microsoft)
                ),
            ],
            storage: storage,
            crypto: crypto,
            mirroring: mirroring,
            clock: clock,
            random: .seeded(4)
        )
    }

    /// A host on some storage, in front of the same services.
    func host(
        _ service: Service,
        on storage: CalendarStorage,
        seed: UInt64 = 5,
        through transport: (any HTTPTransport)? = nil
    ) -> ActingCalendars {
        CalendarService(
            providers: [
                .google(client: .value(google.client), transport: transport ?? google),
                .microsoft(client: .value(microsoft.client), transport: transport ?? microsoft),
            ],
            storage: storage,
            crypto: crypto,
            clock: clock,
            random: .seeded(seed)
        ).acting(as: World.principal(service.user))
    }

    func simulator(_ service: Service) -> any SimulatedService {
        switch service {
        case .google: google
        case .microsoft: microsoft
        }
    }

    func tap(_ service: Service) -> Tap {
        switch service {
        case .google: googleTap
        case .microsoft: microsoftTap
        }
    }

    static func principal(_ user: UserID, tenant: TenantID = World.tenant) -> Principal {
        Principal(tenant: tenant, user: user, permissions: .all)
    }

    func host(_ service: Service) -> ActingCalendars { self.service.acting(as: World.principal(service.user)) }

    /// Connects the service's account for its user.
    func connect(_ service: Service, as address: String? = nil, for user: UserID? = nil) async throws -> Connection {
        let host = self.service.acting(as: World.principal(user ?? service.user))
        let start = try await host.connect(service.id)
        let callback = try simulator(service)
            .consent(to: start.url, as: address ?? service.address, granting: nil)
        return try await host.complete(callback: callback, of: start.cookie)
    }

    /// Connects, syncs once, and forgets the traffic so far.
    func connectAndSync(_ service: Service) async throws -> ConnectionID {
        let id = try await connect(service).key.connection
        try await sync(service, id)
        simulator(service).clearRequests()
        return id
    }

    @discardableResult
    func sync(_ service: Service, _ connection: ConnectionID) async throws -> SyncReport {
        try await host(service).sync(connection).finish()
    }

    /// The entries of four weeks from the clock's day on.
    func agenda(_ service: Service, in zone: EventZone = World.vienna) async throws -> [AgendaEntry] {
        let start = clock.now.addingTimeInterval(-7 * 86_400)
        return try await host(service).agenda(from: start, to: start.addingTimeInterval(35 * 86_400), in: zone)
    }

    /// The titles in the agenda, in its order.
    func titles(_ service: Service) async throws -> [String] {
        try await agenda(service).compactMap(\.content.title)
    }

    /// An hour's event at ten o'clock on a day of March or April 2026, such as `2026-03-18`.
    static func event(_ title: String, on day: String, at hour: Int = 10, zone: EventZone = vienna) throws
        -> EventContent
    {
        let time = hour < 10 ? "0\(hour)" : "\(hour)"
        let start = try #require(CivilDateTime("\(day)T\(time):00:00"))
        return EventContent(
            title: title,
            start: .zoned(start, zone),
            end: .zoned(start.adding(seconds: 3600), zone)
        )
    }

    /// A time in Vienna.
    static func time(_ text: String) throws -> EventTime { .zoned(try #require(CivilDateTime(text)), vienna) }

    /// An instant such as `2026-03-18T09:00:00Z`.
    static func instant(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }
}

/// What the host has stored, for comparing before and after.
struct StoredState: Equatable {
    let connections: [Connection]
    let credentials: [StoredCredential?]
    let records: [EventRecord]
    let states: [CalendarSyncState?]
    let counts: String

    init(_ world: World) async throws {
        let storage = world.storage
        var found: [Connection] = []
        for tenant in [World.tenant, "other"] { found += try await storage.connections.connections(of: tenant) }
        var credentials: [StoredCredential?] = []
        var states: [CalendarSyncState?] = []
        for connection in found {
            credentials.append(try await storage.tokens.credential(for: connection.key))
            for calendar in connection.selection.read ?? [] {
                let key = CalendarKey(
                    tenant: connection.key.tenant,
                    connection: connection.key.connection,
                    calendar: calendar
                )
                states.append(try await storage.events.snapshot(SnapshotRequest(calendar: key)).state)
            }
        }
        let query = try RecordQuery(tenant: World.tenant, start: .distantPast, end: .distantFuture)
        connections = found
        records = try await storage.events.records(query)
        counts = String(describing: storage.tokens)
        self.credentials = credentials
        self.states = states
    }
}

/// Runs something that has to fail, and gives its error.
func failure(of work: () async throws -> Void) async throws -> CalendarError {
    try #require(await #expect(throws: CalendarError.self) { try await work() })
}
