#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import Testing

/// The simulation on files; `SIMULATION_SEEDS`, such as `1-200`, asks for other seeds than the usual few.
@Suite("Simulation on SQLite")
struct SQLiteSimulationTests {
    private static let asked: ClosedRange<UInt64>? = {
        let text = ProcessInfo.processInfo.environment["SIMULATION_SEEDS"] ?? ""
        let ends = text.split(separator: "-").compactMap { UInt64($0) }
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }()

    /// Seeds in parts that can be run side by side.
    private static func parts(_ usual: ClosedRange<UInt64>) -> [ClosedRange<UInt64>] {
        let seeds = asked ?? usual
        return stride(from: seeds.lowerBound, through: seeds.upperBound, by: 10).map {
            $0...min($0 + 9, seeds.upperBound)
        }
    }

    @Test("F-01 no promise is broken on a SQLite file whatever the weather", arguments: parts(1...50))
    func seeds(_ part: ClosedRange<UInt64>) async throws {
        let folder = try TemporaryFolder()
        for seed in part {
            let path = folder.path("\(seed).sqlite")
            let plan = SimulationPlan.random(seed: seed)
            let outcome = await SimulationHarness { .onFile(path) }.run(plan)
            #expect(outcome.violations.isEmpty, "seed \(seed)")
            let store = try SQLiteStore(unsealedAt: path)
            #expect(try await store.integrityCheck() == [])
        }
    }

    @Test("F-01 no promise is broken where the process dies before or after any statement", arguments: parts(1...20))
    func statements(_ part: ClosedRange<UInt64>) async throws {
        let folder = try TemporaryFolder()
        let harness = SimulationHarness { MortalFile(in: folder).host }
        for seed in part {
            var plan = SimulationPlan.random(seed: seed)
            plan.crashes = []
            let calm = await harness.run(plan)
            let random = RandomSource.seeded(seed)
            plan.crashes = Set((0..<4).map { _ in 1 + Int(random.next() % UInt64(calm.steps)) })
            let file = MortalFile(in: folder)
            let outcome = await SimulationHarness { file.host }.run(plan)

            #expect(calm.steps > 1_000)
            #expect(outcome.trace.contains { $0.hasPrefix("crash at step") })
            #expect(try await SQLiteStore(unsealedAt: file.path).integrityCheck() == [])
            guard !outcome.violations.isEmpty else { continue }
            Issue.record("seed \(seed): \(outcome.violations) in \(await harness.shrink(plan, limit: 100))")
        }
    }

    @Test("F-01 the same plan gives the same run on SQLite, line by line", arguments: [UInt64(3), 8, 36])
    func replay(_ seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let plan = SimulationPlan.random(seed: seed)
        let first = await SimulationHarness { .onFile(folder.path("1.sqlite")) }.run(plan)
        let second = await SimulationHarness { .onFile(folder.path("2.sqlite")) }.run(plan)

        #expect(first.trace.count > 20)
        #expect(first.trace == second.trace)
    }
}
#endif
