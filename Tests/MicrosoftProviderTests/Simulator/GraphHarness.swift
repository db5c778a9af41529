import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing
import TrafficSchemas

/// Ada's account at a simulated service, connected, with a session for calls.
struct GraphHarness {
    let simulator: MicrosoftGraphSimulator
    let clock = ManualClock(advancesWhenSleeping: true)
    let service: CalendarService
    let principal = Principal(tenant: "acme", user: "ada", permissions: .all)
    let connection: Connection
    let provider: any CalendarProvider
    let session: ProviderSession
    let calendar: CalendarID

    static let ada = "ada@example.com"

    init(
        pageSize: Int = 100,
        receivers: (any HTTPTransport)? = nil,
        over wrap: (any HTTPTransport) -> any HTTPTransport = { $0 }
    ) async throws {
        let crypto = TransparentCryptoSuite()
        let clock = clock
        simulator = MicrosoftGraphSimulator(clock: clock, crypto: crypto, receivers: receivers)
        simulator.addAccount(Self.ada, name: "Ada", zone: EventZone("Europe/Berlin"))
        simulator.addAccount("grace@example.com", name: "Grace", zone: EventZone("America/New_York"))
        let registration = ProviderRegistration.microsoft(
            client: .value(simulator.client),
            transport: wrap(
                ValidatingTransport(simulator, schema: SharedDescriptions.microsoft) { Issue.record("\($0)") }
            ),
            configuration: .init(pageSize: pageSize, allDayZone: EventZone("Europe/Berlin"))
        )
        let storage = CalendarStorage.inMemory()
        service = CalendarService(
            providers: [registration],
            storage: storage,
            crypto: crypto,
            clock: clock,
            random: .seeded(7)
        )
        let acting = service.acting(as: principal)
        let start = try await acting.connect(.microsoft)
        let callback = try simulator.consent(to: start.url, as: Self.ada)
        connection = try await acting.complete(callback: callback, of: start.cookie)
        let source = AccessTokenSource(
            tokens: storage.tokens,
            connections: storage.connections,
            clock: clock,
            random: .seeded(8)
        )
        let factory = SessionFactory(source: source, retry: .never, clock: clock, random: .seeded(9))
        provider = registration.provider
        session = try factory.session(for: connection, using: registration)
        let calendars = try await provider.calendars(session: session)
        guard let first = calendars.first else { throw CalendarError(.notFound, "no calendar") }
        calendar = first.id
        simulator.clearRequests()
    }

    func create(
        _ content: EventContent,
        key: OperationID = "0123456789abcdef0123456789abcdef",
        _ invitations: InvitationPolicy = .notifyGuests
    ) async throws -> RemoteEvent {
        let creation = EventCreation(key: key, content: content, invitations: invitations)
        return try await provider.create(creation, in: calendar, session: session)
    }

    /// Changes what an event says.
    func update(
        _ event: RemoteEvent,
        _ invitations: InvitationPolicy = .notifyGuests,
        _ change: (inout EventContent) -> Void
    ) async throws -> RemoteEvent {
        var content = event.content
        change(&content)
        let update = EventUpdate(
            id: event.id,
            etag: event.etag,
            base: event.content,
            content: content,
            invitations: invitations
        )
        return try await provider.update(update, in: calendar, session: session)
    }

    func event(_ id: RemoteEventID) async throws -> RemoteEvent {
        try await provider.event(id, in: calendar, session: session)
    }

    /// The same session over another transport.
    func session(over http: any HTTPTransport) -> ProviderSession {
        ProviderSession(
            connection: session.connection,
            accountAddress: session.accountAddress,
            accountKey: session.accountKey,
            http: http,
            clock: clock
        )
    }

    /// The starts of a series that take place in 2026, as day and hour on their own clock.
    func starts(of series: RemoteEventID) async throws -> [String] {
        let window = try SyncWindow(
            start: Date(timeIntervalSince1970: 1_767_225_600),
            end: Date(timeIntervalSince1970: 1_798_761_600)
        )
        let found = try await provider.instances(of: series, in: calendar, during: window, session: session)
        return found.map { "\($0.content.start.civil)" }
    }

    /// A whole round of the feed.
    func round(from position: ChangePosition? = nil) async throws -> (changes: [RemoteChange], cursor: SyncCursor) {
        var next =
            try position
            ?? .beginning(
                SyncWindow(start: Date(timeIntervalSince1970: 1_767_225_600), end: nil)
            )
        var changes: [RemoteChange] = []
        while true {
            let page = try await provider.changes(in: calendar, from: next, session: session)
            changes += page.changes
            switch page.continuation {
            case .more(let point): next = .page(point)
            case .end(let cursor): return (changes, cursor)
            }
        }
    }
}
