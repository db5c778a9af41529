/// What a round would bring, without storing anything (requirement F-09).
extension SyncEngine {
    /// Reads a calendar's changes to the end and plans them; nothing is stored, sent or leased.
    ///
    /// Each page is planned on what is stored, so an event that several pages mention is told as often.
    ///
    /// - Returns: What would change in the host, and the operations that other places of these events would be sent.
    func preview(
        _ calendar: CalendarKey,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> (changes: [RecordChange], operations: [OutboxOperation]) {
        var state =
            try await repository.snapshot(SnapshotRequest(calendar: calendar)).state
            ?? CalendarSyncState(calendar: calendar)
        var position = try begin(&state)
        var found = PreviewedRound()
        var restarts = 0
        while true {
            let page: ChangePage
            do {
                page = try await provider.changes(in: calendar.calendar, from: position, session: session)
            } catch let error as CalendarError
                where error.code == .cursorExpired && restarts < configuration.maxRestarts
            {
                restarts += 1
                found = PreviewedRound()
                state.forgetPosition()
                position = try begin(&state)
                continue
            }
            let read = try await reading(page.changes, &state, provider: provider, session: session)
            let planner = planner(for: calendar, provider, issues: read.issues)
            found.add(
                planner.plan(read.changes, then: page.continuation, state: state, snapshot: read.snapshot),
                of: read.changes
            )
            guard case .more(let point) = page.continuation else { break }
            position = .page(point)
        }
        if state.isFullRound { found.add(try await previewSweep(of: state, besides: found.seen, provider), of: []) }
        return (found.changes, found.operations)
    }

    private func previewSweep(
        of state: CalendarSyncState,
        besides seen: Set<RemoteEventID>,
        _ provider: any CalendarProvider
    ) async throws -> SyncPlanner.Plan {
        var gone: [EventLink] = []
        var position: RemoteEventID?
        while true {
            let batch = try await repository.links(
                in: state.calendar,
                notListedSince: state.epoch,
                after: position,
                limit: configuration.sweepBatch
            )
            gone += batch.filter { !seen.contains($0.event) && !($0.series.map(seen.contains) ?? false) }
            position = batch.last?.event
            if batch.count < configuration.sweepBatch { break }
        }
        let snapshot = try await repository.snapshot(
            SnapshotRequest(calendar: state.calendar, events: Set(gone.map(\.event)))
        )
        return planner(for: state.calendar, provider, issues: [])
            .planSweep(of: gone, isLast: true, state: state, snapshot: snapshot)
    }
}

/// What was planned of a round so far.
private struct PreviewedRound {
    var changes: [RecordChange] = []
    var operations: [OutboxOperation] = []
    var seen: Set<RemoteEventID> = []

    mutating func add(_ plan: SyncPlanner.Plan, of read: [RemoteChange]) {
        changes += plan.commit.changes
        operations += plan.commit.operations
        for change in read {
            switch change {
            case .upserted(let event): seen.insert(event.id)
            case .occurrenceCancelled(_, let id, _): seen.insert(id)
            case .occurrences(let listed): seen.insert(listed.series)
            case .unreadable(let issue): if let id = issue.event { seen.insert(id) }
            case .removed: continue
            }
        }
    }
}
