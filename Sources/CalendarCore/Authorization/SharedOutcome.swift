internal import Synchronization

/// An outcome that many tasks wait for, each of which may stop waiting without disturbing the others.
///
/// Awaiting a task's value cannot be left early; this can: a cancelled waiter throws `CancellationError` at once.
final class SharedOutcome<Value: Sendable>: Sendable {
    private struct State {
        var outcome: Result<Value, any Error>?
        var waiters: [(id: Int, continuation: CheckedContinuation<Value, any Error>)] = []
        var cancelled: Set<Int> = []
        var lastID = 0
    }

    private let state = Mutex(State())

    /// Waits for the outcome; returns at once when it is there.
    func wait() async throws -> Value {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(id, continuation)
            }
        } onCancel: {
            leave(id)
        }
    }

    /// Sets the outcome and resumes every waiter; a second call does nothing.
    func finish(_ outcome: Result<Value, any Error>) {
        let waiters = state.withLock { state in
            guard state.outcome == nil else {
                return [(id: Int, continuation: CheckedContinuation<Value, any Error>)]()
            }
            state.outcome = outcome
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(with: outcome) }
    }

    private func enter(_ id: Int, _ continuation: CheckedContinuation<Value, any Error>) {
        let known: Result<Value, any Error>? = state.withLock { state in
            if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
            if let outcome = state.outcome { return outcome }
            state.waiters.append((id: id, continuation: continuation))
            return nil
        }
        if let known { continuation.resume(with: known) }
    }

    private func leave(_ id: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.waiters.remove(at: index).continuation
        }
        continuation?.resume(throwing: CancellationError())
    }
}
