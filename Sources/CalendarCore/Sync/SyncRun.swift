import Foundation

/// One sync run of a connection, pulled step by step: each `next()` does one step and tells where the run is.
///
/// No task stands behind it; dropping the iterator stops the run after the last commit, and a later run goes on from
/// there. A failure is stored with the connection and thrown.
public struct SyncRun: AsyncSequence, Sendable {
    let runner: SyncRunner

    /// Starts at the beginning of the run.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(runner: runner)
    }

    /// Runs to the end and answers what was done.
    @discardableResult
    public func finish() async throws -> SyncReport {
        var report = SyncReport()
        for try await progress in self { report = progress.report }
        return report
    }

    /// Does one step after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let runner: SyncRunner
        private var place: SyncRunner.Place? = .start

        init(runner: SyncRunner) {
            self.runner = runner
        }

        /// Does the next step; nil after the last one.
        public mutating func next() async throws -> SyncProgress? {
            guard let current = place else { return nil }
            place = nil
            let step = try await runner.step(from: current)
            place = step.next
            return step.progress
        }
    }
}

/// The steps of a sync run, one after the other.
struct SyncRunner: Sendable {
    let engine: SyncEngine
    let connections: any ConnectionRepository
    let key: ConnectionKey
    let open: @Sendable (Connection) throws -> (any CalendarProvider, ProviderSession)

    /// Where a run is between two steps.
    enum Place {
        case start
        case calendar(Run, index: Int, Phase)
        case finish(Run)
    }

    enum Phase {
        case find
        case pull
        case sweep
        case push
    }

    /// What a run carries from step to step.
    struct Run {
        var provider: any CalendarProvider
        var session: ProviderSession
        var calendars: [CalendarID]
        var report = SyncReport()
        var restarts = 0
        /// Until when the service takes no writes of the account.
        var writesPausedUntil: Date?
    }

    struct Step {
        var progress: SyncProgress
        var next: Place?
    }

    func step(from place: Place) async throws -> Step {
        do {
            switch place {
            case .start: return try await start()
            case .calendar(let run, let index, let phase): return try await step(run, index, phase)
            case .finish(let run): return try await finish(run)
            }
        } catch let error as CalendarError {
            try? await record(failure: error)
            throw error
        }
    }

    private func start() async throws -> Step {
        guard var connection = try await connections.connection(key) else {
            throw CalendarError(.notFound, "There is no such connection.", identifier: key.connection.rawValue)
        }
        let (provider, session) = try open(connection)
        if connection.selection.read == nil || connection.selection.write == nil {
            let found = try await provider.calendars(session: session)
            let primary = found.first(where: \.isPrimary) ?? found.first
            connection = try await connections.update(key) { connection in
                connection.selection.read = connection.selection.read ?? [primary?.id].compactMap(\.self)
                connection.selection.write = connection.selection.write ?? primary?.id
                connection.updatedAt = engine.clock.now
            }
        }
        var run = Run(provider: provider, session: session, calendars: connection.selection.mirrored)
        run.writesPausedUntil = connection.writesPausedUntil
        return Step(progress: progress(run, nil, .listing), next: place(run, 0))
    }

    private func step(_ run: Run, _ index: Int, _ phase: Phase) async throws -> Step {
        var run = run
        let id = run.calendars[index]
        let calendar = CalendarKey(tenant: key.tenant, connection: key.connection, calendar: id)
        if phase == .find {
            run.report.add(try await engine.findUnanswered(calendar, provider: run.provider, session: run.session))
        }
        // Erased meanwhile, and then nothing of it may be stored again, not even the name of a calendar under a lease.
        guard try await connections.connection(key) != nil else {
            throw CalendarError(.notFound, "There is no such connection.", identifier: key.connection.rawValue)
        }
        switch phase {
        case .find, .pull:
            let (outcome, report) = try await engine.pullStep(calendar, provider: run.provider, session: run.session)
            run.report.add(report)
            let next = try nextPhase(after: outcome, &run)
            return Step(progress: progress(run, id, .pulling), next: .calendar(run, index: index, next))
        case .sweep:
            let (isComplete, report) = try await engine.sweepStep(calendar, provider: run.provider)
            run.report.add(report)
            let next: Phase = isComplete ? .push : .sweep
            return Step(progress: progress(run, id, .sweeping), next: .calendar(run, index: index, next))
        case .push:
            run.report.add(try await push(calendar, &run))
            return Step(progress: progress(run, id, .pushing), next: place(run, index + 1))
        }
    }

    /// Sends what is pending, unless the service has paused the account's writes: then everything waits, and the run
    /// goes on reading (requirement R-41).
    private func push(_ calendar: CalendarKey, _ run: inout Run) async throws -> SyncReport {
        var waiting = SyncReport()
        guard !arePaused(run) else {
            waiting.waiting = try await engine.repository.pendingOperations(in: calendar).count
            return waiting
        }
        do {
            return try await engine.push(calendar, provider: run.provider, session: run.session)
        } catch let error as CalendarError {
            guard case .pauseWrites(let after) = error.failureClass else { throw error }
            let until = engine.clock.now.addingTimeInterval(after ?? OperationSender.pauseOfWrites)
            run.writesPausedUntil = until
            try await connections.update(key) { $0.writesPausedUntil = until }
            waiting.waiting = try await engine.repository.pendingOperations(in: calendar).count
            return waiting
        }
    }

    private func arePaused(_ run: Run) -> Bool {
        run.writesPausedUntil.map { $0 > engine.clock.now } ?? false
    }

    private func nextPhase(after outcome: SyncEngine.PullOutcome, _ run: inout Run) throws -> Phase {
        switch outcome {
        case .more: return .pull
        case .sweep: return .sweep
        case .complete: return .push
        case .restarted:
            run.restarts += 1
            guard run.restarts <= engine.configuration.maxRestarts else {
                throw CalendarError(.unavailable, "The service declared every position in its change feed void.")
            }
            return .pull
        }
    }

    private func place(_ run: Run, _ index: Int) -> Place {
        index < run.calendars.count ? .calendar(run, index: index, .find) : .finish(run)
    }

    private func finish(_ run: Run) async throws -> Step {
        try await connections.update(key) { connection in
            connection.lastSyncedAt = engine.clock.now
            connection.lastFailure = arePaused(run) ? .writesPaused : nil
        }
        return Step(progress: progress(run, nil, .finished), next: nil)
    }

    private func record(failure: CalendarError) async throws {
        try await connections.update(key) { connection in
            connection.lastFailure = failure.code
            connection.updatedAt = engine.clock.now
        }
    }

    private func progress(_ run: Run, _ calendar: CalendarID?, _ phase: SyncProgress.Phase) -> SyncProgress {
        SyncProgress(connection: key, calendar: calendar, phase: phase, report: run.report)
    }
}
