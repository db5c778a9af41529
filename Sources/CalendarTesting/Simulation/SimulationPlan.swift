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

/// Something that a person or a host does in a simulated run.
public struct SimulationAction: Hashable, Sendable, CustomStringConvertible {
    /// What is done.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A person makes an event in the service's app.
        case remoteCreate
        /// A person changes an event in the service's app.
        case remoteEdit
        /// A person deletes an event in the service's app.
        case remoteDelete
        /// A person deletes one occurrence of a series in the service's app.
        case remoteCancelOccurrence
        /// A person moves one occurrence of a series in the service's app.
        case remoteMoveOccurrence
        /// A user makes an event in the host.
        case localCreate
        /// A user changes an event in the host.
        case localEdit
        /// A user deletes an event in the host.
        case localDelete
        /// A user deletes one occurrence of a series in the host.
        case localCancelOccurrence
        /// A user moves one occurrence of a series in the host.
        case localMoveOccurrence
        /// A user changes a whole series in the host through one of its occurrences.
        case localEditSeries
        /// A user ends a series in the host before one of its occurrences.
        case localEndSeries
        /// The host syncs a connection.
        case sync
        /// Two workers of the host sync a connection at the same time, and a user edits an event meanwhile.
        case syncTwice
        /// Time goes by.
        case wait
        /// The service forgets its change feeds.
        case expireFeeds
        /// The service's access tokens expire.
        case expireTokens
    }

    /// What is done.
    public var kind: Kind
    /// The service, by its provider's id.
    public var service: ProviderID
    /// Which of the events there, modulo their number.
    public var pick: Int
    /// Which variant: a field, a shape, an occurrence, a number of hours.
    public var variant: Int

    /// Creates an action.
    public init(_ kind: Kind, _ service: ProviderID, pick: Int = 0, variant: Int = 0) {
        self.kind = kind
        self.service = service
        self.pick = pick
        self.variant = variant
    }

    /// The action as a call that can be written into a test.
    public var description: String {
        ".init(.\(kind.rawValue), \"\(service)\", pick: \(pick), variant: \(variant))"
    }
}

/// What goes wrong with one request.
public enum SimulationFault: Hashable, Sendable, CustomStringConvertible {
    /// It never reaches the service.
    case loseRequest
    /// The service does it, and the answer is lost.
    case loseReply
    /// The service gets it twice and the second answer arrives.
    case repeatRequest
    /// The service refuses it without doing it.
    case status(Int)

    /// The fault's name.
    public var description: String {
        switch self {
        case .loseRequest: "loseRequest"
        case .loseReply: "loseReply"
        case .repeatRequest: "repeatRequest"
        case .status(let status): "status(\(status))"
        }
    }
}

extension SimulationPlan {
    /// A plan drawn from a seed.
    ///
    /// - Parameters:
    ///   - seed: Equal seeds give equal plans.
    ///   - services: The services whose events are edited.
    ///   - length: How many actions; each costs a handful of requests.
    /// - Returns: The plan.
    public static func random(
        seed: UInt64,
        services: [ProviderID] = ["google", "microsoft"],
        length: Int = 40
    ) -> SimulationPlan {
        let random = SeededRandom(seed: seed)
        func draw(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }
        func action(_ kinds: [SimulationAction.Kind]) -> SimulationAction {
            .init(kinds[draw(kinds.count)], services[draw(services.count)], pick: draw(1000), variant: draw(1000))
        }
        let beginning = services.flatMap { service in
            [.init(.remoteCreate, service, variant: draw(1000)), SimulationAction(.sync, service)]
        }
        var plan = SimulationPlan(seed: seed, actions: beginning + (0..<length).map { _ in action(usual) })
        plan.conflicts = ConflictPolicy.allCases[Int(seed % UInt64(ConflictPolicy.allCases.count))]
        // A third of the seeds run in fair weather, so that a fault of the engine alone is seen alone.
        guard draw(3) > 0 else { return plan }
        for _ in 0..<draw(4) { plan.meanwhile[1 + draw(60)] = action(remote) }
        for _ in 0..<draw(8) { plan.faults[1 + draw(60)] = faults[draw(faults.count)] }
        for _ in 0..<draw(3) { plan.crashes.insert(1 + draw(300)) }
        return plan
    }

    private static let usual: [SimulationAction.Kind] = [
        .remoteCreate, .remoteCreate, .remoteEdit, .remoteEdit, .remoteDelete, .remoteCancelOccurrence,
        .remoteMoveOccurrence, .localCreate, .localCreate, .localEdit, .localEdit, .localEdit, .localDelete,
        .localCancelOccurrence, .localMoveOccurrence, .localEditSeries, .localEndSeries,
        .sync, .sync, .sync, .sync, .sync, .sync, .syncTwice, .wait, .expireFeeds, .expireTokens,
    ]

    private static let remote: [SimulationAction.Kind] = [
        .remoteCreate, .remoteEdit, .remoteEdit, .remoteEdit, .remoteDelete, .remoteCancelOccurrence,
        .remoteMoveOccurrence, .expireFeeds, .expireTokens,
    ]

    private static let faults: [SimulationFault] = [
        .loseRequest, .loseReply, .loseReply, .repeatRequest, .status(429), .status(500), .status(502), .status(503),
    ]
}
