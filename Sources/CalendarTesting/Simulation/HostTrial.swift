package import CalendarCore
package import Foundation
internal import Synchronization

/// A trial of a host whose processes are real ones and may be killed: both services, the ledger and the judge.
///
/// The services outlive the host. They are asked over whatever connects the processes; the host tells what its user
/// does, see ``LivingHost``. One call at a time, because a person's edit in a service's app and its entry in the ledger
/// are one step.
package final class HostTrial: Sendable {
    let world: SimulatedWorld
    private let random: SeededRandom
    private let remote: [SimulationAction.Kind]
    private let lives = Mutex(0)

    /// Makes a trial; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - seed: What people do in the services' apps is drawn from it.
    ///   - host: How this process opens what the host stored, to begin with and to judge.
    ///   - remote: What people do in the services' apps while the host asks them.
    package init(seed: UInt64, host: SimulatedHost, remote: [SimulationAction.Kind]) {
        // The plan has a crash, which says that a write may be sent again and its guests may hear of it twice.
        world = SimulatedWorld(SimulationPlan(seed: seed, actions: [], crashes: [1]), host: host)
        random = SeededRandom(seed: seed)
        self.remote = remote
    }

    /// The services' time; it stands still but for ``advance()`` and ``verdict()``.
    package var now: Date { world.clock.now }

    /// Lets the leases of a dead process end.
    package func advance() {
        world.clock.advance(by: 300)
    }

    /// Connects the user's accounts, with some events in each.
    package func begin() throws {
        let process = try startProcess()
        for service in world.services {
            for variant in 0..<4 { world.performRemotely(.init(.remoteCreate, service, variant: 61 * variant)) }
            let account = SimulatedAccount.main(of: service)
            let id = try world.connect(account, process)
            world.connections.withLock { $0[account] = id }
        }
    }

    /// A service's answer to the host; now and then somebody does something in a service's app before.
    package func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        if !remote.isEmpty, draw(5) == 0 {
            let service = world.services[draw(world.services.count)]
            world.performRemotely(.init(remote[draw(remote.count)], service, pick: draw(1000), variant: draw(1000)))
        }
        let isGoogle =
            (request.url.host() ?? "").hasSuffix("google.com")
            || (request.url.host() ?? "").hasSuffix("googleapis.com")
        return try await world.side(isGoogle ? "google" : "microsoft").send(request)
    }

    /// Every promise that does not hold once a new process has synced what is stored; empty when all is well.
    package func verdict() async throws -> [SimulationViolation] {
        advance()
        try await world.noteConfirmed(try world.host.openStorage())
        return try await SimulationJudge(world: world, process: try startProcess()).verdict()
    }

    /// The events that a service holds twice, which it must at no time, by their markers.
    package var duplicates: [String] {
        world.services.flatMap { service in
            let markers = world.visible(in: .main(of: service)).map(\.marker)
            return Set(markers).filter { marker in markers.count { $0 == marker } > 1 }.sorted()
        }
    }

    /// How many events the host has promised to keep, or to be rid of.
    package var promises: Int {
        world.ledger.withLock { ledger in
            ledger.entries.values.count { $0.written[.host] != nil && $0.existence != .possible }
        }
    }

    private func startProcess() throws -> SimulatedProcess {
        let life = lives.withLock { lives in
            lives += 1
            return lives
        }
        return try world.startProcess(life: life)
    }

    private func draw(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
}
