#if SQLite
import Synchronization

/// Runs a store's work at once, on the thread of whoever asks.
///
/// For a simulation that must know every thread: the work of a store that has this executor never leaves the
/// simulated process.
public final class InPlaceExecutor: SerialExecutor {
    private let turn = Mutex(())

    /// Creates an executor.
    public init() {}

    /// Runs a job; the runtime calls it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        turn.withLock { _ in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
}
#endif
