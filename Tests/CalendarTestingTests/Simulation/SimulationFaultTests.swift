import CalendarCore
import CalendarTesting
import Testing

@Suite("Faults of the simulation")
struct SimulationFaultTests {
    static let faults: [SimulationFault] = [
        .loseRequest, .loseReply, .repeatRequest, .status(401), .throttle, .pauseWrites, .status(409), .status(410),
        .status(412), .status(429), .status(503), .status(504), .slowRequest(7), .slowRequest(95), .slowReply(7),
        .slowReply(95), .reversePage, .repeatPage,
    ]

    /// A single event and a series with a deleted occurrence, changed on both sides.
    static func actions(_ service: ProviderID) -> [SimulationAction] {
        [
            .init(.remoteCreate, service, variant: 1), .init(.remoteCreate, service, variant: 0),
            .init(.remoteCancelOccurrence, service, pick: 0, variant: 1), .init(.sync, service, variant: 1),
            .init(.localEdit, service, pick: 0, variant: 0), .init(.remoteEdit, service, pick: 1, variant: 1),
            .init(.localCreate, service, variant: 2), .init(.sync, service, variant: 1),
        ]
    }

    @Test(
        "F-01 every fault at every request of a small run breaks no promise",
        arguments: ["google", "microsoft"] as [ProviderID],
        faults
    )
    func everywhere(service: ProviderID, fault: SimulationFault) async {
        let plan = SimulationPlan(seed: 5, actions: Self.actions(service))
        let harness = SimulationHarness(SimulatedHost.honest)
        let requests = await harness.run(plan).requests
        #expect(requests >= 5)
        var struck = 0
        for number in 1...max(1, requests) {
            var stormy = plan
            stormy.faults = [number: fault]
            let outcome = await harness.run(stormy)
            if !outcome.violations.isEmpty { Issue.record("\(outcome.violations) in \(stormy)") }
            if outcome.trace.contains(where: { $0.contains("[\(fault)]") }) { struck += 1 }
        }
        #expect(struck > 0)
    }
}
