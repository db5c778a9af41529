public import CalendarCore
public import Foundation
internal import Synchronization

/// A job store that forgets everything with the process; every call is atomic.
///
/// Claiming costs time in proportion to the whole store: it is for tests and examples.
public final class InMemoryJobStore: JobStore {
    private struct Entry {
        var dueAt: Date
        var attempts = 0
        var claim: Claim?

        /// When the job can be claimed next.
        var claimableAt: Date { claim?.expiresAt ?? dueAt }
    }

    private struct Claim {
        var fencingNumber: Int
        var expiresAt: Date
        var runAgainAt: Date?
    }

    private struct State {
        var entries: [Job: Entry] = [:]
        var lastFencingNumber = 0
    }

    private let state = Mutex(State())

    /// Creates an empty store.
    public init() {}

    /// How many jobs there are, waiting or claimed.
    public var count: Int { state.withLock { $0.entries.count } }

    /// Schedules a job, or brings it forward when it waits for a later time.
    public func schedule(_ job: Job, at dueAt: Date) async throws {
        state.withLock { state in
            guard var entry = state.entries[job] else {
                state.entries[job] = Entry(dueAt: dueAt)
                return
            }
            if let claim = entry.claim {
                entry.claim?.runAgainAt = min(claim.runAgainAt ?? dueAt, dueAt)
            } else {
                entry.dueAt = min(entry.dueAt, dueAt)
            }
            state.entries[job] = entry
        }
    }

    /// Claims jobs that are due, earliest first, then by job.
    public func claim(_ limit: Int, now: Date, lasting seconds: Double) async throws -> [ClaimedJob] {
        let expiresAt = try end(now, seconds)
        return state.withLock { state in
            let due = state.entries.filter { $0.value.claimableAt <= now }
                .sorted { ($0.value.dueAt, $0.key) < ($1.value.dueAt, $1.key) }
                .prefix(max(0, limit))
            return due.map { job, waiting in
                var entry = waiting
                state.lastFencingNumber += 1
                entry.attempts += 1
                entry.claim = Claim(fencingNumber: state.lastFencingNumber, expiresAt: expiresAt)
                state.entries[job] = entry
                return ClaimedJob(
                    job: job,
                    dueAt: entry.dueAt,
                    attempt: entry.attempts,
                    fencingNumber: state.lastFencingNumber,
                    expiresAt: expiresAt
                )
            }
        }
    }

    /// Makes a claim last longer.
    public func extend(_ claim: ClaimedJob, now: Date, lasting seconds: Double) async throws -> ClaimedJob {
        let expiresAt = try end(now, seconds)
        try change(claim) { $0?.claim?.expiresAt = expiresAt }
        return ClaimedJob(
            job: claim.job,
            dueAt: claim.dueAt,
            attempt: claim.attempt,
            fencingNumber: claim.fencingNumber,
            expiresAt: expiresAt
        )
    }

    /// Settles a claim whose work is done.
    public func complete(_ claim: ClaimedJob) async throws {
        try change(claim) { entry in entry = entry?.claim?.runAgainAt.map { Entry(dueAt: $0) } }
    }

    /// Settles a claim whose work failed.
    public func fail(_ claim: ClaimedJob, retryAt dueAt: Date) async throws {
        try change(claim) { entry in
            entry?.dueAt = dueAt
            entry?.claim = nil
        }
    }

    /// The earliest instant at which a job can be claimed.
    public func nextDueTime() async throws -> Date? {
        state.withLock { $0.entries.values.map(\.claimableAt).min() }
    }

    private func end(_ now: Date, _ seconds: Double) throws -> Date {
        guard seconds > 0 else {
            throw CalendarError.invalidArgument("seconds", "A claim must last longer than nothing.")
        }
        return now.addingTimeInterval(seconds)
    }

    /// Changes a job's entry if the claim is the newest one.
    private func change(_ claim: ClaimedJob, _ body: (inout Entry?) -> Void) throws {
        try state.withLock { state in
            guard state.entries[claim.job]?.claim?.fencingNumber == claim.fencingNumber else {
                throw CalendarError(.leaseLost, "The job was taken over by another worker, or is settled.")
            }
            body(&state.entries[claim.job])
        }
    }
}
