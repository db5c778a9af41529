import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider

/// A host with one connection to a rendered calendar and an empty store.
package struct Mirror {
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)
    private static let key = ConnectionKey(tenant: "acme", connection: "c1")

    private let transport: RenderedTransport
    private let host: ActingCalendars

    package init(
        of calendar: RenderedCalendar,
        in events: any EventRepository = InMemoryEventRepository()
    ) async throws {
        transport = RenderedTransport(calendar: calendar)
        let memory = CalendarStorage.inMemory()
        let storage = CalendarStorage(events: events, connections: memory.connections, tokens: memory.tokens)
        let client = OAuthClient(id: "client", secret: Secret("secret"), redirectURI: "https://host.example.com/back")
        try await storage.connections.save(
            Connection(
                key: Self.key,
                owner: .user("ada"),
                provider: .google,
                account: ExternalAccount(key: "ada", address: "ada@example.com"),
                clientID: client.id,
                clientLabel: client.label,
                grantedScopes: [],
                capabilities: [.listCalendars, .readEvents, .writeEvents],
                selection: CalendarSelection(read: ["ada@example.com"], write: "ada@example.com"),
                createdAt: Self.now,
                updatedAt: Self.now
            ),
            expecting: nil
        )
        let credential = Credential(
            accessToken: Secret("token"),
            refreshToken: Secret("refresh"),
            expiresAt: .distantFuture,
            scopes: []
        )
        try await storage.tokens.save(credential, for: Self.key, expecting: nil, lease: nil)
        host = CalendarService(
            providers: [.google(client: .value(client), transport: transport)],
            storage: storage,
            crypto: TransparentCryptoSuite(seed: 1),
            clock: ManualClock(now: Self.now, advancesWhenSleeping: true),
            random: .seeded(1)
        ).acting(as: Principal(tenant: Self.key.tenant, user: "ada", permissions: .all))
    }

    /// A whole sync run.
    package func sync() async throws -> SyncReport { try await host.sync(Self.key.connection).finish() }

    /// Decodes and maps every page of a full round, and does nothing with it.
    package func decode() async throws -> Int {
        let provider = GoogleCalendarProvider()
        let session = ProviderSession(
            connection: Self.key,
            accountAddress: "ada@example.com",
            accountKey: "ada",
            http: transport,
            clock: ManualClock(now: Self.now)
        )
        let window = try SyncWindow(start: Self.now.addingTimeInterval(-86_400), end: nil)
        var position = ChangePosition.beginning(window)
        var count = 0
        while true {
            let page = try await provider.changes(in: "ada@example.com", from: position, session: session)
            count += page.changes.count
            guard case .more(let point) = page.continuation else { return count }
            position = .page(point)
        }
    }
}
