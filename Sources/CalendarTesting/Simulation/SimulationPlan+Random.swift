public import CalendarCore

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
        if plan.conflicts == .ask { plan.actions.removeAll { $0.kind == .localEditSeries } }
        // A third of the seeds run in fair weather, so that a fault of the engine alone is seen alone.
        guard draw(3) > 0 else { return plan }
        for _ in 0..<draw(4) { plan.meanwhile[1 + draw(60)] = action(remote) }
        for _ in 0..<draw(10) { plan.faults[1 + draw(80)] = faults[draw(faults.count)] }
        for _ in 0..<draw(3) { plan.crashes.insert(1 + draw(300)) }
        return plan
    }

    private static let usual: [SimulationAction.Kind] = [
        .remoteCreate, .remoteCreate, .remoteInvite, .remoteEdit, .remoteEdit, .remoteEdit, .remoteDelete,
        .remoteCancelOccurrence, .remoteMoveOccurrence, .remoteGuestAnswer, .remoteAnswer,
        .remoteTeamwork, .localSelect,
        .localCreate, .localCreate, .localCreateEverywhere, .localCreateEverywhere,
        .localEdit, .localEdit, .localEdit, .localInvite, .localInvite, .localCopy, .localRemoveCopy, .localDelete,
        .localCancelOccurrence, .localMoveOccurrence, .localEditSeries, .localEndSeries,
        .sync, .sync, .sync, .sync, .sync, .sync, .sync, .sync, .syncTwice, .syncTwice,
        .connectSecond, .disconnect, .reconnect, .reconnect, .wait, .expireFeeds, .expireTokens,
    ]

    private static let remote: [SimulationAction.Kind] = [
        .remoteCreate, .remoteEdit, .remoteEdit, .remoteEdit, .remoteDelete, .remoteCancelOccurrence,
        .remoteMoveOccurrence, .remoteGuestAnswer, .remoteAnswer, .remoteTeamwork, .expireFeeds, .expireTokens,
    ]

    private static let faults: [SimulationFault] = [
        .loseRequest, .loseReply, .loseReply, .repeatRequest, .status(401), .throttle, .pauseWrites, .status(409),
        .status(410), .status(412), .status(429), .status(500), .status(502), .status(503), .status(504),
        .slowRequest(7), .slowRequest(95), .slowReply(7), .slowReply(28), .slowReply(95), .reversePage, .reversePage,
        .repeatPage, .repeatPage,
    ]
}
