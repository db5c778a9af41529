import CalendarCore
import CalendarTesting

extension SyncHarness {
    /// A planner whose record ids count up.
    func planner(
        policy: ConflictPolicy = .remoteWins,
        canonical: @escaping (EventContent) -> EventContent = { $0 }
    ) -> SyncPlanner {
        let identifiers = engine.identifiers
        return SyncPlanner(
            calendar: calendar,
            now: clock.now,
            policy: policy,
            canonical: canonical,
            newRecordID: { RecordID(identifiers.next()) },
            newOperationID: { OperationID("none") },
            newConflictID: { ConflictID(identifiers.next()) }
        )
    }

    /// Plans a page made by hand and commits it.
    @discardableResult
    func apply(
        _ changes: [RemoteChange],
        _ planner: SyncPlanner,
        isLast: Bool = true,
        round: Int? = nil
    ) async throws -> SyncReport {
        var planner = planner
        planner.knownIssues = try await repository.issues(in: calendar)
        let snapshot = try await repository.snapshot(SyncPlanner.request(for: changes, in: calendar))
        var state = snapshot.state ?? CalendarSyncState(calendar: calendar)
        state.round = round ?? state.round + 1
        let plan = planner.plan(
            changes,
            then: isLast ? .end(SyncCursor("cursor")) : .more(ResumePoint("page")),
            state: state,
            snapshot: snapshot
        )
        try await repository.commit(plan.commit)
        return plan.report
    }
}
