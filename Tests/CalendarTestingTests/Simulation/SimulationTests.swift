import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

@Suite("Simulation")
struct SimulationTests {
    /// A host with both providers on one in-memory store.
    static func host() -> SimulatedHost {
        let storage = CalendarStorage.inMemory()
        return SimulatedHost(openStorage: { storage }) { endpoint in
            switch endpoint.provider {
            case .google: .google(client: .value(endpoint.client), transport: endpoint.transport)
            default: .microsoft(client: .value(endpoint.client), transport: endpoint.transport)
            }
        }
    }

    @Test("F-01 seeds", arguments: 1...40)
    func seed(_ seed: Int) async {
        let outcome = await SimulationHarness(Self.host()).run(.random(seed: UInt64(seed)))
        #expect(outcome.violations.isEmpty, "\(outcome.violations) \(outcome.trace.joined(separator: "\n"))")
    }

    @Test("print one")
    func one() async throws {
        let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "1") ?? 1
        let outcome = await SimulationHarness(Self.host()).run(.random(seed: seed))
        print(outcome.trace.joined(separator: "\n"))
        print(outcome.violations)
    }

    @Test("range")
    func range() async throws {
        let count = UInt64(ProcessInfo.processInfo.environment["COUNT"] ?? "1") ?? 1
        for seed in 1...count {
            let outcome = await SimulationHarness(Self.host()).run(.random(seed: seed))
            if !outcome.violations.isEmpty { print("SEED \(seed) \(outcome.violations)") }
        }
    }
}
