import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import HostParts
import MicrosoftProvider

/// The host of these tests, with a simulator in the place of the service and one account at it.
struct HostWorld {
    static let all: [ProviderID] = [.google, .microsoft]

    let clock = ManualClock(now: Date(timeIntervalSince1970: 1_772_442_000), advancesWhenSleeping: true)
    let store = HostStore()
    let traffic = HostTraffic()
    let simulator: any ServiceSimulator
    private let registration: ProviderRegistration

    init(_ provider: ProviderID) {
        let crypto = TransparentCryptoSuite()
        if provider == .google {
            let google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
            registration = .google(client: .value(google.client), transport: google)
            simulator = google
        } else {
            let microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
            registration = .microsoft(client: .value(microsoft.client), transport: microsoft)
            simulator = microsoft
        }
        simulator.addAccount("ada@example.com", name: "Ada", zone: EventZone("Europe/Berlin"))
    }

    var ada: ActingCalendars { acting(through: registration) }

    /// Ada's calendars in a host with another provider and the same store.
    func acting(through registration: ProviderRegistration) -> ActingCalendars {
        let crypto = TransparentCryptoSuite()
        return makeService([registration], store: store, traffic: traffic, crypto: crypto, clock: clock)
            .acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
    }

    /// Starts connecting and agrees on the consent page; answers what the browser then brings to the callback route.
    func consent() async throws -> (callback: URL, cookie: String) {
        let start = try await ada.connect(registration.provider.descriptor.id)
        let callback = try simulator.consent(to: start.url, as: "ada@example.com", granting: nil)
        return (callback, start.cookie.reveal())
    }

    func connect() async throws -> ConnectionID {
        let (callback, cookie) = try await consent()
        return try await ada.complete(callback: callback, of: Secret(cookie)).key.connection
    }

    func connectAndSync() async throws -> ConnectionID {
        let connection = try await connect()
        try await ada.sync(connection).finish()
        return connection
    }

    /// The titles that the host's users see in the week of the tests.
    func titles() async throws -> [String?] {
        let end = clock.now.addingTimeInterval(7 * 86_400)
        return try await ada.agenda(from: clock.now, to: end, in: .utc).map(\.content.title)
    }
}

/// What both simulators have in common.
protocol ServiceSimulator: Sendable {
    var requests: [SimulatedRequest] { get }
    func addAccount(_ address: String, name: String, zone: EventZone)
    func consent(to url: URL, as address: String, granting scopes: Set<String>?) throws -> URL
    func refuse(_ url: URL) -> URL
    func add(_ fault: SimulatedFault)
    func add(_ content: EventContent, to address: String, calendar: CalendarID?) -> RemoteEventID
    func change(_ id: RemoteEventID, of: String, calendar: CalendarID?, _ edit: (inout EventContent) -> Void)
    func events(of address: String, calendar: CalendarID?) -> [SimulatedEvent]
}

extension GoogleCalendarSimulator: ServiceSimulator {}
extension MicrosoftGraphSimulator: ServiceSimulator {}

extension EventContent {
    /// An hour on the Tuesday of the tests.
    static func sample(_ title: String) -> EventContent {
        let start = Date(timeIntervalSince1970: 1_772_532_000)
        let end = ZonedDateTime(start + 3600, in: .utc)
        return EventContent(title: title, start: .zoned(ZonedDateTime(start, in: .utc)), end: .zoned(end))
    }
}
