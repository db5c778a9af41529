#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation

/// What a process of its own needs to be a host on a SQLite file.
struct HostProcess: Codable, Sendable {
    let path: String
    let port: Int
    /// The services' time when the process starts.
    let now: Date
    var name = "first"
    /// Counts the processes of a trial.
    let life: Int
    /// How long it lives; until it is killed where there is none.
    var seconds: Double?
    /// Whether it makes a mistake.
    var isForgetful = false

    /// Syncs and edits, with threads and a connection to the file that no other process shares.
    func run() async throws {
        let transport = try DoorTransport(port: port)
        let store = try SQLiteStore(unsealedAt: path)
        let events: any EventRepository = isForgetful ? ForgetfulRepository(next: store) : store
        let storage = CalendarStorage(events: events, connections: store, tokens: store)
        let clock = PassingClock(since: now)
        let crypto = TransparentCryptoSuite(seed: UInt64(life))
        let clients: [ProviderID: OAuthClient] = [
            "google": GoogleCalendarSimulator(clock: clock, crypto: crypto).client,
            "microsoft": MicrosoftGraphSimulator(clock: clock, crypto: crypto).client,
        ]
        let service = CalendarService(
            providers: clients.map { SimulatedHost.registration(of: $0, $1, transport) },
            storage: storage,
            crypto: crypto,
            clock: clock,
            // Identifiers that no process before it used.
            random: .seeded(UInt64(life) &* 1_000_003)
        )
        let host = LivingHost(service, storage, name: name, life: life) { try await transport.tell($0) }
        let end = seconds.map { now.addingTimeInterval($0) } ?? .distantFuture
        try await host.live { clock.now < end }
    }
}

/// Does not journal what is to be sent.
private struct ForgetfulRepository: ForwardingEventRepository {
    let next: any EventRepository

    func commit(_ commit: RepositoryCommit) async throws {
        var commit = commit
        commit.operations.removeAll { $0.revision == 0 }
        try await next.commit(commit)
    }
}

/// The services' time, going on as real time does.
private struct PassingClock: WallClock {
    private let start: Date
    private let real = SystemClock()
    private let shift: Double

    init(since start: Date) {
        self.start = start
        shift = start.timeIntervalSince(real.now)
    }

    var now: Date { real.now.addingTimeInterval(shift) }

    func sleep(until deadline: Date) async throws { try await real.sleep(until: deadline.addingTimeInterval(-shift)) }
}
#endif
