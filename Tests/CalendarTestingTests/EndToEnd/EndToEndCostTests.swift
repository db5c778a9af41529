import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("End to end: what a sync costs its store")
struct EndToEndCostTests {
    /// What an incremental pull of 10 changed events has to touch: the state before the request and with the page,
    /// and each event's link and record; all of them are written once, and the host is told ten changes.
    static let tenChanges = [
        Call("operations"),
        Call("snapshot", read: Rows(states: 1)),
        Call("issues"),
        Call("snapshot", read: Rows(states: 1, links: 10, records: 10)),
        Call("commit", written: Rows(states: 1, links: 10, records: 10, changes: 10)),
        Call("operations"),
    ]

    /// What a poll without changes has to touch.
    static let noChange = [
        Call("operations"),
        Call("snapshot", read: Rows(states: 1)),
        Call("snapshot", read: Rows(states: 1)),
        Call("commit", written: Rows(states: 1)),
        Call("operations"),
    ]

    @Test(
        "an incremental pull of 10 changes touches the same rows in one request, whatever the store holds",
        arguments: Service.allCases,
        [100, 1_000]
    )
    func incremental(service: Service, stored: Int) async throws {
        let mirror = try await CountedMirror(service, events: stored)
        for event in mirror.events.prefix(10) {
            mirror.world.simulator(service).change(event, of: service.address, calendar: nil) { $0.title = "Moved" }
        }

        let report = try await mirror.sync()

        #expect(report.updated == 10)
        #expect(mirror.counting.takeCalls() == Self.tenChanges)
        #expect(mirror.world.simulator(service).requests.count == 1)
    }

    @Test(
        "an incremental pull of 10 changes touches the same rows in a store of 10,000 events (in-memory service)",
        arguments: [100, 10_000]
    )
    func incrementalInMemory(stored: Int) async throws {
        let provider = InMemoryCalendarProvider(pageSize: 2_500)
        let events = try (0..<stored).map { number in
            let content = try World.event("Event \(number)", on: "2026-03-18")
            return provider.put(
                RemoteEvent(
                    id: RemoteEventID("e\(number)"),
                    etag: nil,
                    iCalUID: "e\(number)@example.com",
                    role: .single,
                    content: content,
                    isOrganizer: true
                )
            )
        }
        let host = try await CountedHost(provider)
        try await host.sync()
        _ = host.counting.takeCalls()
        let calls = provider.calls.count
        for var event in events.prefix(10) {
            event.content.title = "Moved"
            provider.put(event)
        }

        let report = try await host.sync()

        #expect(report.updated == 10)
        #expect(host.counting.takeCalls() == Self.tenChanges)
        #expect(provider.calls.count == calls + 1)
    }

    @Test(
        "a poll without changes costs one request and writes nothing but the run's stamp",
        arguments: Service.allCases
    )
    func quiet(service: Service) async throws {
        let mirror = try await CountedMirror(service, events: 100)
        let revision = try await mirror.connectionRevision()

        let report = try await mirror.sync()

        #expect(report.seen == 0)
        #expect(mirror.counting.takeCalls() == Self.noChange)
        #expect(mirror.world.simulator(service).requests.count == 1)
        #expect(try await mirror.connectionRevision() == revision + 1)
    }

    typealias Rows = CountingEventRepository.Rows
    typealias Call = CountingEventRepository.Call
}

/// A simulated service's calendar in a mirror whose store counts, after the first sync.
private struct CountedMirror {
    let world = World()
    let counting = CountingEventRepository(InMemoryEventRepository())
    let events: [RemoteEventID]
    private let storage: CalendarStorage
    private let host: ActingCalendars
    private let connection: ConnectionKey

    init(_ service: Service, events count: Int) async throws {
        let simulator = world.simulator(service)
        events = try (0..<count).map { number in
            simulator.add(
                try World.event("Event \(number)", on: "2026-03-\(10 + number % 20)", at: 8 + number % 9),
                to: service.address
            )
        }
        storage = CalendarStorage(
            events: counting,
            connections: InMemoryConnectionRepository(),
            tokens: InMemoryTokenStore()
        )
        host = world.host(service, on: storage, seed: 5)
        let start = try await host.connect(service.id)
        let callback = try simulator.consent(to: start.url, as: service.address, granting: nil)
        connection = try await host.complete(callback: callback, of: start.cookie).key
        let first = try await sync()
        #expect(first.created == count)
        simulator.clearRequests()
        _ = counting.takeCalls()
    }

    @discardableResult
    func sync() async throws -> SyncReport { try await host.sync(connection.connection).finish() }

    func connectionRevision() async throws -> Int {
        try #require(try await storage.connections.connection(connection)).revision
    }
}

/// A host of the SDK in front of a service in memory, with a store that counts.
private struct CountedHost {
    let counting = CountingEventRepository(InMemoryEventRepository())
    private let host: ActingCalendars

    init(_ provider: InMemoryCalendarProvider) async throws {
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1_773_651_600), advancesWhenSleeping: true)
        let connections = InMemoryConnectionRepository()
        try await connections.save(
            Connection(
                key: ConnectionKey(tenant: World.tenant, connection: "c1"),
                owner: .user("ada"),
                provider: provider.descriptor.id,
                account: ExternalAccount(key: "ada", address: "ada@example.com"),
                clientID: "client",
                clientLabel: "client",
                grantedScopes: [],
                capabilities: [.listCalendars, .readEvents, .writeEvents],
                createdAt: clock.now,
                updatedAt: clock.now
            ),
            expecting: nil
        )
        let service = CalendarService(
            providers: [
                ProviderRegistration(
                    provider: provider,
                    client: .value(OAuthClient(id: "client", secret: nil, redirectURI: "https://example.com/back")),
                    transport: ScriptedTransport()
                )
            ],
            storage: CalendarStorage(events: counting, connections: connections, tokens: InMemoryTokenStore()),
            crypto: TransparentCryptoSuite(seed: 7),
            clock: clock,
            random: .seeded(6)
        )
        host = service.acting(as: World.principal("ada"))
    }

    @discardableResult
    func sync() async throws -> SyncReport { try await host.sync("c1").finish() }
}
