import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

@Suite("CalendarProvider promises")
struct CalendarProviderConformanceTests {
    private static let address = "ada@example.com"
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)

    @Test("the in-memory provider keeps every promise (C-02, F-03)", arguments: CalendarProviderConformance.all)
    func inMemory(_ check: CalendarProviderConformance.Check) async throws {
        let outcome = try await check.run {
            let provider = InMemoryCalendarProvider(pageSize: 2)
            return ProviderUnderTest(
                provider: provider,
                session: ProviderSession(
                    connection: ConnectionKey(tenant: "acme", connection: "c1"),
                    accountAddress: Self.address,
                    accountKey: "ada",
                    http: ScriptedTransport(),
                    clock: ManualClock(now: Self.now)
                ),
                calendar: "primary-calendar",
                expireFeed: { provider.expireCursors() }
            )
        }
        #expect(outcome == .passed)
    }

    @Test("the Google adapter keeps every promise (F-03)", arguments: CalendarProviderConformance.all)
    func google(_ check: CalendarProviderConformance.Check) async throws {
        let outcome = try await check.run {
            let clock = ManualClock(now: Self.now, advancesWhenSleeping: true)
            let crypto = TransparentCryptoSuite()
            let simulator = GoogleCalendarSimulator(clock: clock, crypto: crypto)
            simulator.addAccount(Self.address, name: "Ada", zone: EventZone("Europe/Berlin"))
            simulator.pageSize = 2
            return try await Self.subject(
                .google(client: .value(simulator.client), transport: simulator),
                clock: clock,
                crypto: crypto,
                consent: { try simulator.consent(to: $0, as: Self.address) },
                expireFeed: { simulator.expireSyncTokens() }
            )
        }
        #expect(outcome == .passed)
    }

    @Test("the Microsoft adapter keeps every promise (F-03)", arguments: CalendarProviderConformance.all)
    func microsoft(_ check: CalendarProviderConformance.Check) async throws {
        let outcome = try await check.run {
            let clock = ManualClock(now: Self.now, advancesWhenSleeping: true)
            let crypto = TransparentCryptoSuite()
            let simulator = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
            simulator.addAccount(Self.address, name: "Ada", zone: EventZone("Europe/Berlin"))
            simulator.pageSize = 2
            return try await Self.subject(
                .microsoft(client: .value(simulator.client), transport: simulator),
                clock: clock,
                crypto: crypto,
                consent: { try simulator.consent(to: $0, as: Self.address) },
                expireFeed: { simulator.expireSyncTokens() }
            )
        }
        #expect(outcome == .passed)
    }

    /// Connects an account of a simulator and opens a session for it.
    private static func subject(
        _ registration: ProviderRegistration,
        clock: ManualClock,
        crypto: TransparentCryptoSuite,
        consent: (URL) throws -> URL,
        expireFeed: @escaping @Sendable () async throws -> Void
    ) async throws -> ProviderUnderTest {
        let storage = CalendarStorage.inMemory()
        let service = CalendarService(
            providers: [registration],
            storage: storage,
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        )
        let acting = service.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let start = try await acting.connect(registration.provider.descriptor.id)
        let connection = try await acting.complete(callback: try consent(start.url), of: start.cookie)
        let source = AccessTokenSource(
            tokens: storage.tokens,
            connections: storage.connections,
            clock: clock,
            random: .seeded(2)
        )
        let session = try SessionFactory(source: source, retry: .never, clock: clock, random: .seeded(3))
            .session(for: connection, using: registration)
        let calendars = try await registration.provider.calendars(session: session)
        let primary = try #require(calendars.first)
        return ProviderUnderTest(
            provider: registration.provider,
            session: session,
            calendar: primary.id,
            expireFeed: expireFeed
        )
    }
}
