#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import GoogleProvider
import MicrosoftProvider
import Testing

@Suite("Simulation on SQLite")
struct SQLiteSimulationTests {
    private static let parts = stride(from: UInt64(1), through: 50, by: 10).map { $0...$0 + 9 }

    @Test("F-01 no promise is broken on a SQLite file whatever the weather", arguments: parts)
    func seeds(_ part: ClosedRange<UInt64>) async throws {
        let folder = try TemporaryFolder()
        for seed in part {
            let path = folder.path("\(seed).sqlite")
            let plan = SimulationPlan.random(seed: seed)
            let outcome = await SimulationHarness { Self.host(path) }.run(plan)
            #expect(outcome.violations.isEmpty, "seed \(seed)")
            let store = try SQLiteStore(unsealedAt: path)
            #expect(try await store.integrityCheck() == [])
        }
    }

    @Test("F-01 the same plan gives the same run on SQLite, line by line", arguments: [UInt64(3), 8, 36])
    func replay(_ seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let plan = SimulationPlan.random(seed: seed)
        let first = await SimulationHarness { Self.host(folder.path("1.sqlite")) }.run(plan)
        let second = await SimulationHarness { Self.host(folder.path("2.sqlite")) }.run(plan)

        #expect(first.trace.count > 20)
        #expect(first.trace == second.trace)
    }

    private static func host(_ path: String) -> SimulatedHost {
        SimulatedHost {
            // Every process opens the file anew; those before it keep it open, as a hung process would.
            CalendarStorage(try SQLiteStore(unsealedAt: path, executor: InPlaceExecutor()))
        } register: { endpoint in
            switch endpoint.provider {
            case .google: .google(client: .value(endpoint.client), transport: endpoint.transport)
            default: .microsoft(client: .value(endpoint.client), transport: endpoint.transport)
            }
        }
    }
}
#endif
