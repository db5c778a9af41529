internal import Synchronization

/// Runs jobs one at a time on the calling thread, the next one drawn by a seed: the same seed, the same schedule.
///
/// It stands for one process. After ``stop()`` its jobs are never run again, which is what a crash is.
final class SeededExecutor: TaskExecutor {
    /// How a run of jobs ended.
    enum Ending: Sendable {
        /// The work is done.
        case finished
        /// The process was stopped.
        case stopped
        /// No job is ready, nobody sleeps, and the work is not done: something ran elsewhere.
        case escaped
    }

    private struct State {
        var ready: [UnownedJob] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let random: SeededRandom

    /// Creates an executor whose schedule comes from a seed.
    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
    }

    /// Takes a job; the runtime calls it.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.ready.append(job) }
    }

    /// Ends the process: no job of it is run again.
    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// Runs jobs until the work is done.
    ///
    /// - Parameters:
    ///   - isFinished: Whether the work is done.
    ///   - wakeNext: Moves the clock to the next sleeper; false when nobody sleeps.
    /// - Returns: How it ended.
    func run(until isFinished: () -> Bool, wakeNext: () -> Bool) -> Ending {
        while true {
            if state.withLock(\.isStopped) { return .stopped }
            if let job = takeJob() {
                job.runSynchronously(on: asUnownedTaskExecutor())
            } else if isFinished() {
                return .finished
            } else if !wakeNext() {
                return .escaped
            }
        }
    }

    private func takeJob() -> UnownedJob? {
        let draw = random.next()
        return state.withLock { state in
            guard !state.ready.isEmpty else { return nil }
            return state.ready.remove(at: Int(draw % UInt64(state.ready.count)))
        }
    }
}
