import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

/// Subjects for the kit of provider promises: the fake, and the two adapters in front of their simulators.
enum ProviderSubjects {
    static let address = "ada@example.com"
    private static let now = Date(timeIntervalSince1970: 1_772_442_000)

    /// The fake; `broken` may put something between it and the kit.
    static func inMemory(
        broken: (any CalendarProvider) -> any CalendarProvider = { $0 }
    ) -> ProviderUnderTest {
        let provider = InMemoryCalendarProvider(pageSize: 2)
        let session = ProviderSession(
            connection: ConnectionKey(tenant: "acme", connection: "c1"),
            accountAddress: address,
            accountKey: "ada",
            http: ScriptedTransport(),
            clock: ManualClock(now: now)
        )
        var subject = ProviderUnderTest(
            provider: broken(provider),
            session: session,
            calendar: "primary-calendar",
            expireFeed: { provider.expireCursors() }
        )
        subject.makeCalendar = {
            provider.add(RemoteCalendar(id: "second-calendar", title: "Second", access: .owner))
            return "second-calendar"
        }
        subject.loseNextReply = {
            let lost = CalendarError(.connectionFailed, "The reply is lost.", isOutcomeUnknown: true)
            provider.fail(.create, with: lost, afterTakingEffect: true)
        }
        subject.makeUnreadable = { provider.putUnreadable($0) }
        subject.mailCount = { provider.mailCount }
        subject.guest = .init(address: "grace@example.com") { event in
            var answered = try await provider.event(event.id, in: "primary-calendar", session: session)
            answered.content.attendees[0].response = .accepted
            provider.put(answered)
        }
        subject.invitation = {
            var content = invitation()
            content.attendees = [Attendee(EventPerson(address), isSelf: true), Attendee("alan@example.com")]
            let event = RemoteEvent(
                id: "invitation",
                etag: nil,
                iCalUID: "uid-1",
                role: .single,
                content: content,
                isOrganizer: false
            )
            return provider.put(event).id
        }
        subject.deliveries = { provider.takeDeliveries() }
        return subject
    }

    static func google(zone: EventZone = EventZone("Europe/Berlin")) async throws -> ProviderUnderTest {
        let clock = ManualClock(now: now, advancesWhenSleeping: true)
        let crypto = TransparentCryptoSuite()
        let simulator = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        let tap = Tap(World.validating(simulator, .google))
        simulator.addAccount(address, name: "Ada", zone: zone)
        simulator.pageSize = 2
        var subject = try await subject(
            .google(client: .value(simulator.client), transport: tap),
            simulator,
            tap,
            clock: clock,
            zone: zone
        )
        subject.deliveries = {
            simulator.takeDeliveries().map { WebhookRequest(method: $0.method, headers: $0.headers, body: $0.body) }
        }
        return subject
    }

    static func microsoft(zone: EventZone = EventZone("Europe/Berlin")) async throws -> ProviderUnderTest {
        let clock = ManualClock(now: now, advancesWhenSleeping: true)
        let crypto = TransparentCryptoSuite()
        let simulator = MicrosoftGraphSimulator(clock: clock, crypto: crypto, receivers: NotificationHost())
        let tap = Tap(World.validating(simulator, .microsoft))
        simulator.addAccount(address, name: "Ada", zone: zone)
        simulator.pageSize = 2
        var subject = try await subject(
            .microsoft(
                client: .value(simulator.client),
                transport: tap,
                configuration: .init(allDayZone: zone)
            ),
            simulator,
            tap,
            clock: clock,
            zone: zone
        )
        subject.deliveries = {
            simulator.takeDeliveries().map { WebhookRequest(method: $0.method, headers: $0.headers, body: $0.body) }
        }
        return subject
    }

    /// Connects an account of a simulator and opens a session for it.
    private static func subject(
        _ registration: ProviderRegistration,
        _ simulator: any SimulatedService,
        _ tap: Tap,
        clock: ManualClock,
        zone: EventZone
    ) async throws -> ProviderUnderTest {
        let storage = CalendarStorage.inMemory()
        let service = CalendarService(
            providers: [registration],
            storage: storage,
            crypto: TransparentCryptoSuite(),
            clock: clock,
            random: .seeded(1)
        )
        let acting = service.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let start = try await acting.connect(registration.provider.descriptor.id)
        let callback = try simulator.consent(to: start.url, as: address, granting: nil)
        let connection = try await acting.complete(callback: callback, of: start.cookie)
        let source = AccessTokenSource(
            tokens: storage.tokens,
            connections: storage.connections,
            clock: clock,
            random: .seeded(2)
        )
        let session = try SessionFactory(source: source, retry: .never, clock: clock, random: .seeded(3))
            .session(for: connection, using: registration)
        let primary = try #require(try await registration.provider.calendars(session: session).first)
        var subject = ProviderUnderTest(
            provider: registration.provider,
            session: session,
            calendar: primary.id,
            expireFeed: { simulator.expireSyncTokens() }
        )
        subject.makeCalendar = { simulator.addCalendar("Second", to: address, zone: zone, access: .owner) }
        subject.loseNextReply = {
            simulator.add(SimulatedFault(.loseReply, method: .post, pathContains: "/events"))
        }
        subject.makeUnreadable = { id in
            tap.rewrite("/") { $0.body = try Self.breaking(id, in: $0.body) }
        }
        subject.mailCount = { simulator.mail.count }
        subject.guest = .init(address: "grace@example.com") { event in
            var content = event.content
            content.attendees = [Attendee("grace@example.com", response: .accepted)]
            simulator.receive(mail(.response, from: "grace@example.com", event.iCalUID ?? "", content))
        }
        subject.invitation = {
            var content = invitation()
            content.organizer = "alan@example.org"
            content.attendees = [Attendee(EventPerson(address)), Attendee("edsger@example.org")]
            simulator.receive(mail(.invitation, from: "alan@example.org", "uid-1", content))
            return try #require(simulator.events(of: address).first { $0.iCalUID == "uid-1" }).id
        }
        return subject
    }

    /// An hour's visit on the day after the sessions' present.
    private static func invitation() -> EventContent {
        let start = ZonedDateTime(now.addingTimeInterval(86_400), in: .utc)
        let end = ZonedDateTime(now.addingTimeInterval(90_000), in: .utc)
        return EventContent(title: "Visit", start: .zoned(start), end: .zoned(end))
    }

    private static func mail(
        _ kind: SimulatedMail.Kind,
        from sender: String,
        _ uid: String,
        _ content: EventContent
    ) -> SimulatedMail {
        SimulatedMail(kind: kind, from: sender, to: address, iCalUID: uid, content: content)
    }

    /// A page of a feed in which one event has a start that is none.
    private static func breaking(_ id: RemoteEventID, in body: Data) throws -> Data {
        guard var page = try? JSONNode([UInt8](body)) else { return body }
        for list in ["items", "value"] {
            guard let rows = page[list]?.elements, !rows.isEmpty else { continue }
            page[list] = .array(
                rows.map { row in
                    guard row["id"]?.string == id.rawValue else { return row }
                    var broken = row
                    broken["start"] = ["dateTime": "noon"]
                    return broken
                }
            )
        }
        return page.data
    }
}
