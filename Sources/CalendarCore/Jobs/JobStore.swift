public import Foundation

/// Keeps the work to be done and shares it between any number of workers, any of which may die.
///
/// A job is *waiting* until it is due and claimed, *claimed* until its worker completes or fails it, and waiting again
/// once the claim has run out. Promises, checked by `JobStoreConformance`:
///
/// - Every call is atomic. A job is held by at most one worker at any `now`.
/// - There is at most one job for a tenant, kind and key; scheduling it again never makes a second one and never puts
///   it off.
/// - What is scheduled while its job is claimed is not lost: the job runs again.
/// - Fencing numbers of a job only grow, also across its completion. A worker whose claim is not the newest one of its
///   job, or is settled, gets `leaseLost`, and nothing changes. A claim that has run out, but that nobody took over, is
///   still the newest.
/// - The jobs of two tenants are two jobs, whatever their kinds and keys (requirement F-07). Claiming alone spans
///   tenants, because workers serve all of them.
///
/// A store holds one row a job, so that a connection at rest costs a row and a due time; claiming costs time in
/// proportion to what is claimed, not to what waits.
public protocol JobStore: Sendable {
    /// Schedules a job, or brings it forward when it waits for a later time.
    ///
    /// Nothing changes when it waits for the same or an earlier time. When it is claimed it is marked to run again at
    /// `dueAt`, or at the earliest such time if it is marked already. Idempotent.
    func schedule(_ job: Job, at dueAt: Date) async throws

    /// Claims jobs that are due, earliest first, then by job.
    ///
    /// Due is a waiting job whose time has come, and one whose claim has run out, under the time it had. Claiming takes
    /// in all that was scheduled before: a mark to run again is cleared.
    ///
    /// - Parameters:
    ///   - limit: At most so many jobs; none when it is not positive.
    ///   - now: The current instant; a job due at it, or whose claim ends at it, is due.
    ///   - seconds: How long the claims last, in seconds.
    /// - Returns: The claims in the order said.
    /// - Throws: `invalidArgument` when `seconds` is not positive.
    func claim(_ limit: Int, now: Date, lasting seconds: Double) async throws -> [ClaimedJob]

    /// Makes a claim last until `seconds` after `now`, for work that takes longer than expected.
    ///
    /// - Returns: The claim with its new end.
    /// - Throws: `leaseLost`; `invalidArgument` when `seconds` is not positive.
    func extend(_ claim: ClaimedJob, now: Date, lasting seconds: Double) async throws -> ClaimedJob

    /// Settles a claim whose work is done.
    ///
    /// The job is gone, or, when it was scheduled while it ran, waits at once for the time it was then scheduled for.
    /// A worker of a recurring job therefore schedules the next run before it completes this one.
    ///
    /// - Throws: `leaseLost`.
    func complete(_ claim: ClaimedJob) async throws

    /// Settles a claim whose work failed; the job waits for `dueAt`.
    ///
    /// That run does what was scheduled meanwhile as well, so that hints do not undo a back-off. What is scheduled
    /// later brings it forward as usual.
    ///
    /// - Throws: `leaseLost`.
    func fail(_ claim: ClaimedJob, retryAt dueAt: Date) async throws

    /// The earliest instant at which ``claim(_:now:lasting:)`` answers a job; nil when there is none.
    ///
    /// It tells a worker how long it may sleep unless something is scheduled meanwhile.
    func nextDueTime() async throws -> Date?
}
