import CalendarCore
import Foundation
internal import Synchronization

/// One run in progress: two services, the host's storage, the process of the moment and the ledger.
final class SimulatedWorld: Sendable {
    static let tenant: TenantID = "acme"
    static let epoch = Date(timeIntervalSince1970: 1_773_651_600)

    let plan: SimulationPlan
    let host: SimulatedHost
    let clock: ManualClock
    let steps: SimulationSteps
    let sides: [ProviderID: any SimulatedSide]
    let crypto = TransparentCryptoSuite(seed: 7)
    let ledger = Mutex(SimulationLedger())
    let weather: SimulatedWeather
    let connections = Mutex<[SimulatedAccount: ConnectionID]>([:])
    /// A further calendar of each service's main account, which the host reads while its user wants it to.
    let teamCalendars: [ProviderID: CalendarID]

    init(_ plan: SimulationPlan, host: SimulatedHost) {
        self.plan = plan
        self.host = host
        clock = ManualClock(now: Self.epoch)
        steps = SimulationSteps(crashes: plan.crashes)
        weather = SimulatedWeather(plan.faults)
        let google = GoogleCalendarSimulator(clock: clock, crypto: crypto, seed: plan.seed)
        let microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto, seed: plan.seed)
        // Short and empty pages are as usual as long ones.
        google.pageSize = [nil, 2, 3][Int(plan.seed % 3)]
        microsoft.pageSize = [3, nil, 2][Int(plan.seed / 3 % 3)]
        google.emptyPageEvery = plan.seed % 4 == 1 ? 3 : nil
        microsoft.emptyPageEvery = plan.seed % 4 == 2 ? 3 : nil
        sides = ["google": google, "microsoft": microsoft]
        var teams: [ProviderID: CalendarID] = [:]
        for service in sides.keys.sorted() {
            for account in [SimulatedAccount.main(of: service), .second(of: service)] {
                sides[service]?.addAccount(account.address, name: "Ada", zone: SimulatedShape.zone)
            }
            let address = SimulatedAccount.main(of: service).address
            teams[service] = sides[service]?
                .addCalendar("Team", to: address, zone: SimulatedShape.zone, access: .owner)
        }
        teamCalendars = teams
    }

    static let address = "ada@example.com"
    static let principal = Principal(tenant: tenant, user: "ada", permissions: .all)

    /// The services in the order of their ids.
    var services: [ProviderID] { sides.keys.sorted() }

    /// The accounts that the host was connected with, ordered.
    var connected: [(account: SimulatedAccount, connection: ConnectionID)] {
        let all = connections.withLock(\.self)
        return all.keys.sorted().compactMap { account in all[account].map { (account, $0) } }
    }

    /// The connection of a service's main account.
    func mainConnection(_ service: ProviderID) -> ConnectionID? {
        connections.withLock { $0[.main(of: service)] }
    }

    func side(_ service: ProviderID) -> any SimulatedSide {
        sides[service] ?? GoogleCalendarSimulator(clock: clock, crypto: crypto)
    }

    /// Starts a process on stored data, which is the host's unless other is given.
    ///
    /// `life` counts the processes; each has a schedule and random numbers of its own.
    func startProcess(life: Int, storage: CalendarStorage? = nil) throws -> SimulatedProcess {
        let seed = plan.seed &* 1000 &+ UInt64(life)
        let executor = SeededExecutor(seed: seed)
        let isHost = storage == nil
        let mortal = try host.openMortalStorage.flatMap { open in
            isHost ? try open { [steps] in steps.dies(in: "a statement") } : nil
        }
        let opened = try storage ?? mortal ?? host.openStorage()
        var registrations: [ProviderRegistration] = []
        for service in services {
            let side = side(service)
            let wire = SimulatedWire(side, of: service, steps: steps, weather: weather, clock: clock) { number in
                self.performMeanwhile(number)
            }
            let endpoint = SimulatedHost.Endpoint(
                provider: service,
                client: side.client,
                transport: isHost ? wire : side
            )
            registrations.append(try host.register(endpoint))
        }
        let service = CalendarService(
            providers: registrations,
            storage: isHost ? CalendarStorage(SimulatedDisk(storage: opened, steps: steps)) : opened,
            crypto: crypto,
            conflicts: plan.conflicts,
            clock: clock,
            random: .seeded(seed),
            tasks: TaskOwner(executor: executor)
        )
        return SimulatedProcess(executor: executor, clock: clock, service: service)
    }
}
