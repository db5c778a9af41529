import Foundation

/// Reads, plans, commits and sends for one connection; everything that decides is in the planner and the merger.
///
/// It keeps no state: each step takes the calendar's lease, does one thing, commits and gives the lease back, so a step
/// that fails or is cancelled leaves a whole state behind and any worker may do the next one.
package struct SyncEngine: Sendable {
    package let repository: any EventRepository
    package let clock: any WallClock
    package let identifiers: IdentifierSource
    package let configuration: Configuration

    /// How the engine works; a snapshot for one run.
    package struct Configuration: Sendable {
        /// How far around now events are mirrored, where nothing else is said of a calendar.
        package var span: SyncSpan
        /// How long a calendar's lease lasts unless given back, in seconds.
        package var leaseSeconds: Double
        /// How often a void cursor may restart the round within one run (requirement R-22).
        package var maxRestarts: Int
        /// How many events are swept in one commit.
        package var sweepBatch: Int
        /// How often one write is tried within one run, by looking for what it did or by sending it.
        package var maxTries: Int
        /// The share of known events that a listing may lack before somebody has to confirm it (requirement R-07).
        package var believedShrinkage: Double
        /// How many events a listing may lack in any case.
        package var believedLosses: Int
        /// Which side's value stands where both changed a field differently (requirement F-06).
        package var conflicts: ConflictPolicy

        /// Creates a configuration.
        package init(
            span: SyncSpan = .standard,
            leaseSeconds: Double = 120,
            maxRestarts: Int = 2,
            sweepBatch: Int = 500,
            maxTries: Int = 4,
            believedShrinkage: Double = 0.5,
            believedLosses: Int = 10,
            conflicts: ConflictPolicy = .remoteWins
        ) {
            self.span = span
            self.leaseSeconds = leaseSeconds
            self.maxRestarts = maxRestarts
            self.sweepBatch = sweepBatch
            self.maxTries = maxTries
            self.believedShrinkage = believedShrinkage
            self.believedLosses = believedLosses
            self.conflicts = conflicts
        }
    }

    /// Creates an engine.
    package init(
        repository: any EventRepository,
        clock: any WallClock,
        identifiers: IdentifierSource,
        configuration: Configuration = Configuration()
    ) {
        self.repository = repository
        self.clock = clock
        self.identifiers = identifiers
        self.configuration = configuration
    }

    /// What a pull step left to do.
    package enum PullOutcome: Hashable, Sendable {
        /// Another page follows.
        case more
        /// The round is complete, and a sweep follows.
        case sweep
        /// The round is complete.
        case complete
        /// The cursor was void; the next step begins a full round.
        case restarted
    }

    /// Reads one page of a calendar's changes and commits it.
    package func pullStep(
        _ calendar: CalendarKey,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> (outcome: PullOutcome, report: SyncReport) {
        try await withLease(on: calendar) { lease in
            let stored = try await repository.snapshot(SnapshotRequest(calendar: calendar)).state
            var state = stored ?? CalendarSyncState(calendar: calendar)
            if state.mayBeSwept { return (.sweep, SyncReport()) }
            let position = try begin(&state)
            let page: ChangePage
            do {
                page = try await provider.changes(in: calendar.calendar, from: position, session: session)
            } catch let error as CalendarError where error.code == .cursorExpired && position.canExpire {
                return (.restarted, try await restart(state, lease: lease))
            }
            let pending = position.isInsideRound ? [] : state.takePendingSeries()
            let changes = pending.isEmpty ? page.changes : pending + page.changes
            let read = ChangePage(changes: changes, continuation: page.continuation)
            let (next, report) = try await apply(read, state, provider: provider, session: session, lease: lease)
            guard case .end = page.continuation else { return (.more, report) }
            return (next.mayBeSwept ? .sweep : .complete, report)
        }
    }

    /// Removes one batch of what a finished full round did not list; answers whether more is left.
    package func sweepStep(
        _ calendar: CalendarKey,
        provider: any CalendarProvider
    ) async throws -> (isComplete: Bool, report: SyncReport) {
        try await withLease(on: calendar) { lease in
            guard let state = try await repository.snapshot(SnapshotRequest(calendar: calendar)).state, state.mayBeSwept
            else { return (true, SyncReport()) }
            if state.sweepPosition == nil, state.quarantine == nil, let doubt = try await doubt(about: state) {
                var commit = RepositoryCommit(tenant: calendar.tenant)
                commit.state = state
                commit.state?.quarantine = doubt
                commit.lease = lease
                try await repository.commit(commit)
                var report = SyncReport()
                report.quarantined = 1
                return (true, report)
            }
            let batch = try await staleLinks(in: calendar, state)
            var snapshot = try await repository.snapshot(
                SnapshotRequest(calendar: calendar, events: Set(batch.links.map(\.event)))
            )
            let records = batch.links.filter { $0.base != nil && $0.series == nil }.map(\.record)
            try await complete(&snapshot, with: Set(records), in: calendar)
            let issues = batch.links.isEmpty ? [] : try await repository.issues(in: calendar)
            var plan = planner(for: calendar, provider, issues: issues).planSweep(
                of: batch.links,
                isLast: batch.isLast,
                state: state,
                snapshot: snapshot
            )
            plan.commit.lease = lease
            try await repository.commit(plan.commit)
            return (batch.isLast, plan.report)
        }
    }

    func planner(
        for calendar: CalendarKey,
        _ provider: any CalendarProvider,
        issues: [SyncIssue]
    ) -> SyncPlanner {
        SyncPlanner(
            calendar: calendar,
            now: clock.now,
            policy: configuration.conflicts,
            knownIssues: issues,
            canonical: provider.canonical,
            newRecordID: { RecordID(identifiers.next()) },
            newOperationID: { OperationID(identifiers.next()) },
            newConflictID: { ConflictID(identifiers.next()) }
        )
    }

    func withLease<Result>(
        on calendar: CalendarKey,
        _ body: (CalendarLease) async throws -> Result
    ) async throws -> Result {
        let lease = try await repository.acquireLease(
            on: calendar,
            now: clock.now,
            lasting: configuration.leaseSeconds
        )
        guard let lease else {
            throw CalendarError(.leaseLost, "Another worker is changing this calendar's mirror.")
        }
        do {
            let result = try await body(lease)
            try await repository.release(lease, on: calendar)
            return result
        } catch {
            try? await repository.release(lease, on: calendar)
            throw error
        }
    }
}

extension SyncEngine {
    /// The position that a round reads next; a new round is counted, and a full one gets its window.
    func begin(_ state: inout CalendarSyncState) throws -> ChangePosition {
        if let point = state.resumePoint { return .page(point) }
        state.round += 1
        if let cursor = state.cursor { return .cursor(cursor) }
        let now = clock.now
        let span = state.span ?? configuration.span
        let window = try SyncWindow(
            start: now.addingTimeInterval(-Double(span.past) * 86_400),
            end: now.addingTimeInterval(Double(span.future) * 86_400)
        )
        state.isFullRound = true
        state.quarantine = nil
        state.isSweepPending = false
        state.sweepPosition = nil
        state.epoch += 1
        state.window = window
        return .beginning(window)
    }

    /// Voids the position, so that the next step begins a full round; nothing that is stored is touched before it ends.
    private func restart(_ state: CalendarSyncState, lease: CalendarLease) async throws -> SyncReport {
        var next = state
        next.forgetPosition()
        next.isFullRound = false
        var commit = RepositoryCommit(tenant: state.calendar.tenant)
        commit.state = next
        commit.lease = lease
        try await repository.commit(commit)
        var report = SyncReport()
        report.fullRounds = 1
        return report
    }

    private func apply(
        _ page: ChangePage,
        _ state: CalendarSyncState,
        provider: any CalendarProvider,
        session: ProviderSession,
        lease: CalendarLease
    ) async throws -> (state: CalendarSyncState, report: SyncReport) {
        let calendar = state.calendar
        var next = state
        let read = try await reading(page.changes, &next, provider: provider, session: session)
        var known: CalendarSnapshot? = read.snapshot
        var report = SyncReport()
        var stored = state
        try await repository.commit(deciding: {
            let snapshot: CalendarSnapshot
            if let first = known {
                snapshot = first
            } else {
                snapshot = try await self.snapshot(for: read.changes, in: calendar, issues: read.issues)
            }
            known = nil
            guard snapshot.state?.revision ?? 0 == state.revision else {
                throw CalendarError(.revisionConflict, "The calendar's state changed while a page was read.")
            }
            var plan = planner(for: calendar, provider, issues: read.issues).plan(
                read.changes,
                then: page.continuation,
                state: next,
                snapshot: snapshot
            )
            plan.commit.lease = lease
            report = plan.report
            stored = plan.commit.state ?? next
            return plan.commit
        })
        return (stored, report)
    }

    /// Looks up known events whose removal is not certain: they may only have left the window (Graph reference 8.3).
    func confirm(
        _ changes: [RemoteChange],
        _ snapshot: CalendarSnapshot,
        provider: any CalendarProvider,
        session: ProviderSession
    ) async throws -> [RemoteChange] {
        guard changes.contains(where: \.isUncertainRemoval) else { return changes }
        var confirmed: [RemoteChange] = []
        for change in changes {
            guard case .removed(let id, isCertain: false) = change, let link = snapshot.links[id] else {
                confirmed.append(change)
                continue
            }
            do {
                let event = try await provider.event(id, in: link.calendar.calendar, session: session)
                confirmed.append(.upserted(event))
            } catch let error as CalendarError where error.code == .notFound {
                confirmed.append(.removed(id, isCertain: true))
            }
        }
        return confirmed
    }

    /// What speaks against a finished listing: it lacks more of what is known than people delete between two syncs.
    ///
    /// Reads what was not listed; only where that is much, it reads on to see how much was.
    private func doubt(about state: CalendarSyncState) async throws -> SyncQuarantine? {
        let missing = try await count(linksOf: state, notListedSince: state.epoch) { link in
            state.window?.shouldHold(link.base) ?? true
        }
        guard missing > configuration.believedLosses else { return nil }
        let listed = try await count(linksOf: state, notListedSince: state.epoch + 1) { $0.epoch >= state.epoch }
        guard Double(missing) > Double(missing + listed) * configuration.believedShrinkage else { return nil }
        return SyncQuarantine(missing: missing, listed: listed, since: clock.now)
    }

    /// Counts known single events and series, batch by batch.
    private func count(
        linksOf state: CalendarSyncState,
        notListedSince epoch: Int,
        where isCounted: (EventLink) -> Bool
    ) async throws -> Int {
        var count = 0
        var position: RemoteEventID?
        while true {
            let batch = try await repository.links(
                in: state.calendar,
                notListedSince: epoch,
                after: position,
                limit: configuration.sweepBatch
            )
            count += batch.count { $0.base != nil && $0.series == nil && isCounted($0) }
            position = batch.last?.event
            if batch.count < configuration.sweepBatch { return count }
        }
    }

    private func staleLinks(
        in calendar: CalendarKey,
        _ state: CalendarSyncState
    ) async throws -> (links: [EventLink], isLast: Bool) {
        let links = try await repository.links(
            in: calendar,
            notListedSince: state.epoch,
            after: state.sweepPosition,
            limit: configuration.sweepBatch
        )
        return (links, links.count < configuration.sweepBatch)
    }
}

extension RemoteChange {
    /// Whether the event may be there all the same.
    fileprivate var isUncertainRemoval: Bool {
        if case .removed(_, isCertain: false) = self { return true }
        return false
    }
}

extension ChangePosition {
    /// Whether the service may declare the position void; a beginning has nothing to be void.
    fileprivate var canExpire: Bool {
        if case .beginning = self { return false }
        return true
    }

    /// Whether a page of the round was read before.
    fileprivate var isInsideRound: Bool {
        if case .page = self { return true }
        return false
    }
}
