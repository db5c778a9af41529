import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

/// A host of the SDK in front of the simulated service, with Ada connected; it is 1 May 2026.
struct SimulatedHost {
    static let address = SimulatedAccount.address

    let clock = ManualClock(now: Date(timeIntervalSince1970: 1_777_593_600), advancesWhenSleeping: true)
    let google: GoogleCalendarSimulator
    let ada: ActingCalendars
    let connection: ConnectionID

    init() async throws {
        let crypto = TransparentCryptoSuite(seed: 7)
        let google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        for address in [Self.address, "grace@example.com"] {
            google.addAccount(address, name: "Person", zone: SimulatedAccount.zone)
        }
        let service = CalendarService(
            providers: [.google(client: .value(google.client), transport: google)],
            storage: .inMemory(),
            crypto: crypto,
            clock: clock,
            random: .seeded(3)
        )
        ada = service.acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
        let start = try await ada.connect(.google)
        let callback = try google.consent(to: start.url, as: Self.address)
        connection = try await ada.complete(callback: callback, of: start.cookie).key.connection
        self.google = google
    }

    @discardableResult
    func sync() async throws -> SyncReport {
        try await ada.sync(connection).finish()
    }

    /// Syncs and forgets the traffic.
    func settle() async throws {
        try await sync()
        google.clearRequests()
    }

    /// What takes place in May and June 2026.
    func agenda() async throws -> [AgendaEntry] {
        let start = Date(timeIntervalSince1970: 1_777_593_600)
        return try await ada.agenda(
            from: start,
            to: start.addingTimeInterval(60 * 86_400),
            in: SimulatedAccount.zone
        )
    }

    /// Day and title of what takes place.
    func titles() async throws -> [String] {
        try await agenda().map { "\($0.content.start.civilDate) \($0.content.title ?? "")" }
    }

    var writes: [SimulatedRequest] { google.requests.filter(\.isWrite) }

    /// An hour at ten o'clock in Vienna on a day of 2026.
    static func event(_ title: String, on day: String, _ change: (inout EventContent) -> Void = { _ in })
        -> EventContent
    {
        GoogleSamples.meeting { content in
            content.title = title
            content.start = time(day)
            content.end = .zoned(time(day).civil.adding(seconds: 3600), SimulatedAccount.zone)
            change(&content)
        }
    }

    static func time(_ day: String) -> EventTime { GoogleSamples.zoned("2026-\(day)T10:00:00", "Europe/Vienna") }

    /// Five Mondays in May.
    static func series(_ title: String) -> EventContent {
        event(title, on: "05-04") { $0.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=5"]) }
    }

    @discardableResult
    func add(_ content: EventContent) -> RemoteEventID { google.add(content, to: Self.address) }
}
