import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// The small world, looked at completely: a single event and a series with a deleted occurrence, and every sequence of
/// a few doings of both sides.
@Suite("Exhaustive check")
struct ExhaustiveTests {
    /// How many doings a sequence has: one by default, more on request through `SIMULATION_DEPTH`.
    static let depth = max(1, min(4, Int(ProcessInfo.processInfo.environment["SIMULATION_DEPTH"] ?? "") ?? 1))

    static let remote: [SimulationAction.Kind] = [.remoteEdit, .remoteDelete, .remoteCancelOccurrence]
    static let local: [SimulationAction.Kind] = [.localEdit, .localDelete]

    /// Everything that one side can do to one of the two events.
    static func doings(_ kinds: [SimulationAction.Kind], _ service: ProviderID) -> [SimulationAction] {
        kinds.flatMap { kind in
            (kind == .remoteCancelOccurrence ? 0..<1 : 0..<2).map { pick in
                SimulationAction(kind, service, pick: pick, variant: kind == .remoteCancelOccurrence ? 3 : 0)
            }
        }
    }

    /// A single event and a series, both known on both sides.
    static func beginning(_ service: ProviderID) -> [SimulationAction] {
        [
            .init(.remoteCreate, service, variant: 1), .init(.remoteCreate, service, variant: 0),
            .init(.remoteCancelOccurrence, service, pick: 0, variant: 1), .init(.sync, service),
        ]
    }

    /// Every sequence of so many doings and syncs.
    static func sequences(_ length: Int, _ service: ProviderID) -> [[SimulationAction]] {
        let alphabet = doings(remote + local, service) + [.init(.sync, service)]
        return (0..<length).reduce([[]]) { sequences, _ in
            sequences.flatMap { sequence in alphabet.map { sequence + [$0] } }
        }
    }

    /// Checks a plan, and answers how many steps it has.
    static func check(_ plan: SimulationPlan) async -> Int {
        let outcome = await SimulationHarness(SimulatedHost.honest).run(plan)
        if !outcome.violations.isEmpty { Issue.record("\(outcome.violations) in \(plan)") }
        return outcome.steps
    }

    @Test(
        "F-04 every sequence, with a crash at every step of storage and wire",
        arguments: ["google", "microsoft"] as [ProviderID]
    )
    func crashes(service: ProviderID) async {
        var states = 0
        for sequence in Self.sequences(Self.depth, service) {
            let actions = Self.beginning(service) + sequence + [.init(.sync, service)]
            let steps = await Self.check(SimulationPlan(seed: 3, actions: actions))
            states += 1
            for step in stride(from: 1, through: steps, by: 1) {
                _ = await Self.check(SimulationPlan(seed: 3, actions: actions, crashes: [step]))
                states += 1
            }
        }
        print("explored \(states) runs of \(service.rawValue) at depth \(Self.depth)")
        #expect(states > Self.sequences(Self.depth, service).count)
    }

    @Test(
        "F-04 every doing of a user, with every doing of a person between any two requests of the sync",
        arguments: ["google", "microsoft"] as [ProviderID]
    )
    func interleavings(service: ProviderID) async {
        var states = 0
        for local in Self.doings(Self.local, service) {
            for remote in Self.doings(Self.remote, service) {
                let actions = Self.beginning(service) + [local, .init(.sync, service)]
                let harness = SimulationHarness(SimulatedHost.honest)
                let requests = await harness.run(SimulationPlan(seed: 3, actions: actions)).requests
                for number in 1...max(1, requests) {
                    _ = await Self.check(SimulationPlan(seed: 3, actions: actions, meanwhile: [number: remote]))
                    states += 1
                }
            }
        }
        print("explored \(states) interleavings of \(service.rawValue)")
        #expect(states >= 40)
    }
}
