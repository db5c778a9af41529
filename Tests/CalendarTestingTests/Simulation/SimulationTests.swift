import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Simulation")
struct SimulationTests {
    @Test("F-01 no promise is broken whatever the weather", arguments: SeedRange.parts)
    func seeds(_ part: ClosedRange<UInt64>) async {
        for seed in part {
            let harness = SimulationHarness(SimulatedHost.honest)
            let outcome = await harness.run(.random(seed: seed))
            guard !outcome.violations.isEmpty else { continue }
            print("violation at seed \(seed): \(outcome.violations)")
            Issue.record("\(outcome.violations) in \(await harness.shrink(outcome.plan))")
        }
        print("simulated seeds \(part.lowerBound)-\(part.upperBound)")
    }

    @Test("F-01 no promise is broken where the disk is full now and then", arguments: SeedRange.parts)
    func fullDisk(_ part: ClosedRange<UInt64>) async {
        for seed in part {
            let harness = SimulationHarness { .onFullDisk(seed: seed) }
            let outcome = await harness.run(.random(seed: seed))
            guard !outcome.violations.isEmpty else { continue }
            print("full disk breaks seed \(seed): \(outcome.violations)")
            Issue.record("\(outcome.violations) in \(await harness.shrink(outcome.plan))")
        }
    }

    @Test("F-01 the same plan gives the same run, line by line", arguments: [UInt64(3), 8, 36, 70])
    func replay(_ seed: UInt64) async {
        let first = await SimulationHarness(SimulatedHost.honest).run(.random(seed: seed))
        let second = await SimulationHarness(SimulatedHost.honest).run(.random(seed: seed))

        #expect(first.trace.count > 20)
        #expect(first.trace == second.trace)
        #expect(first.steps == second.steps)
    }

    @Test("F-01 twenty seeds leave traces that another process can be compared with")
    func traces() async throws {
        var lines: [String] = []
        for seed in UInt64(1)...20 {
            let outcome = await SimulationHarness(SimulatedHost.honest).run(.random(seed: seed))
            #expect(outcome.trace.count > 20)
            lines += ["seed \(seed)"] + outcome.trace + ["\(outcome.violations)"]
        }
        guard let path = ProcessInfo.processInfo.environment["SIMULATION_TRACES"] else { return }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: path))
    }

    @Test("R-04 an occurrence that was moved and then deleted goes from both accounts that saw it")
    func occurrenceOfTwoAccounts() async {
        let actions: [SimulationAction] = [
            .init(.remoteInvite, "microsoft", variant: 483), .init(.sync, "microsoft", variant: 1),
            .init(.remoteMoveOccurrence, "microsoft", variant: 445), .init(.connectSecond, "microsoft"),
            .init(.remoteCancelOccurrence, "microsoft", variant: 805),
        ]
        let outcome = await SimulationHarness(SimulatedHost.honest).run(SimulationPlan(seed: 1, actions: actions))

        #expect(outcome.violations.isEmpty)
    }

    @Test("M-12 what a copy's occurrence takes over from our own write of its series is nobody's edit")
    func inheritedInCopy() async {
        #expect(await SimulationHarness(SimulatedHost.honest).run(.random(seed: 61_994)).violations.isEmpty)
    }

    @Test(
        "F-01 an edit of an occurrence that waits is sent before what its series is told after it, such as new guests",
        arguments: 1...24
    )
    func silentOccurrence(request: Int) async {
        let actions: [SimulationAction] = [
            .init(.remoteCreate, "microsoft", variant: 483), .init(.sync, "microsoft", variant: 1),
            .init(.remoteMoveOccurrence, "microsoft", variant: 1), .init(.sync, "microsoft", variant: 1),
            .init(.localMoveOccurrence, "microsoft", variant: 6), .init(.localInvite, "microsoft"),
            .init(.sync, "microsoft", variant: 1),
        ]
        for fault in [SimulationFault.throttle, .status(503), .loseReply] {
            let plan = SimulationPlan(seed: 1, actions: actions, faults: [request: fault])
            let outcome = await SimulationHarness(SimulatedHost.honest).run(plan)
            #expect(outcome.violations.isEmpty)
        }
    }

    @Test("F-01 a deliberate mistake of an engine or a store is noticed", arguments: EngineFault.allCases)
    func mistake(_ fault: EngineFault) async {
        let harness = SimulationHarness { .making(fault) }
        for seed in UInt64(1)...100 {
            guard await harness.run(.random(seed: seed)).violations.isEmpty else { return }
        }
        Issue.record("A hundred seeds did not notice the mistake \(fault).")
    }

    @Test("F-01 a failing plan is shrunk to a few actions that still fail")
    func shrinking() async throws {
        let harness = SimulationHarness { .making(.deafToDeletions) }
        var failing: SimulationPlan?
        for seed in UInt64(1)...100 where failing == nil {
            let plan = SimulationPlan.random(seed: seed)
            if await !harness.run(plan).violations.isEmpty { failing = plan }
        }
        let plan = try #require(failing)

        let smallest = await harness.shrink(plan)

        #expect(smallest.actions.count <= 6)
        #expect(await !harness.run(smallest).violations.isEmpty)
    }
}
