/// Drives a host through a plan against both simulated services, and judges what is left.
///
/// The real engine runs, on a schedule drawn from the plan's seed and a clock that moves only when everybody waits. A
/// crash is a process whose work is never continued; the next one starts on what was stored. When the plan is done,
/// the faults end, the host syncs until nothing moves, and the ten invariants are checked (requirement F-01):
/// quiescence, convergence, no duplicate, no lost edit, no mail that nobody asked for, no ghost, no resurrection, no
/// write left behind, a fresh mirror that equals the old one, and a second sync that does nothing.
public struct SimulationHarness: Sendable {
    private let host: @Sendable () -> SimulatedHost

    /// Creates a harness for a host; each run needs a host whose storage is empty.
    ///
    /// - Parameter host: Makes the host of one run.
    public init(_ host: @escaping @Sendable () -> SimulatedHost) {
        self.host = host
    }

    /// Runs a plan once.
    ///
    /// The calling thread does all the work; the same plan gives the same outcome, line by line.
    ///
    /// - Parameter plan: What happens.
    /// - Returns: What was done and which promises were broken.
    public func run(_ plan: SimulationPlan) async -> SimulationOutcome {
        let world = SimulatedWorld(plan, host: host())
        var run = SimulationRun(world: world)
        do {
            try await run.play()
        } catch {
            run.violations.append(.init(promise: "the run goes to its end", detail: "\(error)"))
        }
        return SimulationOutcome(
            plan: plan,
            violations: run.violations,
            trace: world.steps.trace,
            steps: world.steps.count,
            requests: world.weather.count
        )
    }
}

/// What a simulated run showed.
public struct SimulationOutcome: Sendable {
    /// What was run.
    public let plan: SimulationPlan
    /// The promises that were broken; empty when all is well.
    public let violations: [SimulationViolation]
    /// What was done, line by line: actions, requests with their status, crashes.
    public let trace: [String]
    /// How many crash points were passed before the faults ended.
    public let steps: Int
    /// How many requests were sent.
    public let requests: Int
}

/// A promise that a simulated run saw broken.
public struct SimulationViolation: Hashable, Sendable, CustomStringConvertible {
    /// The promise.
    public let promise: String
    /// What was seen instead.
    public let detail: String

    /// The promise and what was seen instead.
    public var description: String { "\(promise): \(detail)" }
}
