#if SQLite
import Dispatch

/// Runs a store's work on a queue of its own, so that waiting for the disk holds up nobody else.
public final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "swift-calendar.sqlite")

    /// Creates an executor with a new queue.
    public init() {}

    /// Takes a job; the runtime calls it.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
#endif
