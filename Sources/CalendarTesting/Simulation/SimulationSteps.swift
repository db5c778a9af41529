internal import Synchronization

/// Counts what a run does to its storage and its services, and ends the process where the plan says so.
final class SimulationSteps: Sendable {
    private struct State {
        var count = 0
        var executor: SeededExecutor?
        var trace: [String] = []
        var breaches: [SimulationViolation] = []
    }

    private let state = Mutex(State())
    private let crashes: Set<Int>

    /// Creates a counter for a plan's crash points.
    init(crashes: Set<Int>) {
        self.crashes = crashes
    }

    /// How many steps were taken so far.
    var count: Int { state.withLock(\.count) }

    /// What was done, line by line.
    var trace: [String] { state.withLock(\.trace) }

    /// The promises that were seen broken before the end.
    var breaches: [SimulationViolation] { state.withLock(\.breaches) }

    /// Notes a broken promise.
    func breach(_ promise: String, _ detail: String) {
        state.withLock { $0.breaches.append(.init(promise: promise, detail: detail)) }
    }

    /// Says which process the next steps belong to; nil ends the crashing.
    func attach(_ executor: SeededExecutor?) {
        state.withLock { $0.executor = executor }
    }

    /// Adds a line to the trace.
    func note(_ line: @autoclosure () -> String) {
        let line = line()
        state.withLock { $0.trace.append(line) }
    }

    /// One step; where the plan has a crash, the process ends here and the call never returns.
    func pass(_ place: @autoclosure () -> String) async {
        guard dies(in: place()) else { return }
        await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }

    /// One step of work that cannot wait; where the plan has a crash, the process goes no further than this work.
    func dies(in place: @autoclosure () -> String) -> Bool {
        let name = place()
        let dying = state.withLock { state -> SeededExecutor? in
            guard let executor = state.executor else { return nil }
            state.count += 1
            guard crashes.contains(state.count) else { return nil }
            state.trace.append("crash at step \(state.count), \(name)")
            // The dead take no steps.
            state.executor = nil
            return executor
        }
        dying?.stop()
        return dying != nil
    }
}
