public import CalendarCore

/// Everything a simulated run does: what people do, what goes wrong, and where the process dies.
///
/// A plan is a value made from a seed; the same plan gives the same run, so it is all that a failure needs to be
/// repeated, and parts of it can be left out to find the smallest one that still fails.
public struct SimulationPlan: Hashable, Sendable {
    /// The seed of the schedule, and of the plan itself when it was generated.
    public var seed: UInt64
    /// What people do, in order.
    public var actions: [SimulationAction]
    /// What people do on a service just before it sees the request of this number, counted from one.
    public var meanwhile: [Int: SimulationAction]
    /// What happens to the request of this number, counted from one.
    public var faults: [Int: SimulationFault]
    /// The steps of storage and transport, counted from one, at which the process dies.
    public var crashes: Set<Int>
    /// Which side's value stands where both changed a field differently.
    public var conflicts: ConflictPolicy

    /// Creates a plan.
    public init(
        seed: UInt64,
        actions: [SimulationAction],
        meanwhile: [Int: SimulationAction] = [:],
        faults: [Int: SimulationFault] = [:],
        crashes: Set<Int> = [],
        conflicts: ConflictPolicy = .remoteWins
    ) {
        self.seed = seed
        self.actions = actions
        self.meanwhile = meanwhile
        self.faults = faults
        self.crashes = crashes
        self.conflicts = conflicts
    }
}
