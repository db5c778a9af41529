internal import Synchronization

/// Lets at most so many requests of one account run at once; the others wait in the order in which they came.
///
/// A lock instead of an actor, because whoever is cancelled while waiting leaves at once, which an actor could learn only
/// from a task of its own.
package final class RequestGate: Sendable {
    /// How many requests of one account run at once.
    package let limit: Int

    private struct Queue {
        var running = 0
        var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private struct State {
        /// The accounts that have requests at the moment.
        var queues: [String: Queue] = [:]
        var cancelled: Set<Int> = []
        var lastID = 0
    }

    private let state = Mutex(State())

    /// Creates a gate.
    package init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Runs something when it is its turn.
    ///
    /// - Throws: `CancellationError` when the task was cancelled while it waited, and what the body throws.
    package func pass<Value>(_ account: String, _ body: () async throws -> Value) async throws -> Value {
        try await enter(account)
        defer { leave(account) }
        return try await body()
    }

    /// How many requests of an account wait for their turn.
    package func waiting(_ account: String) -> Int {
        state.withLock { $0.queues[account]?.waiters.count ?? 0 }
    }

    private func enter(_ account: String) async throws {
        try Task.checkCancellation()
        let id: Int? = state.withLock { state in
            guard state.queues[account, default: Queue()].running >= limit else {
                state.queues[account, default: Queue()].running += 1
                return nil
            }
            state.lastID += 1
            return state.lastID
        }
        guard let id else { return }
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wait(id, account, $0) }
        } onCancel: {
            cancel(id, account)
        }
    }

    private func wait(_ id: Int, _ account: String, _ continuation: CheckedContinuation<Void, any Error>) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
            // A place may have become free since the first look.
            if state.queues[account, default: Queue()].running < limit {
                state.queues[account, default: Queue()].running += 1
                return .success(())
            }
            state.queues[account]?.waiters.append((id: id, continuation: continuation))
            return nil
        }
        if let outcome { continuation.resume(with: outcome) }
    }

    private func cancel(_ id: Int, _ account: String) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let index = state.queues[account]?.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.queues[account]?.waiters.remove(at: index).continuation
        }
        continuation?.resume(throwing: CancellationError())
    }

    /// Hands the place to the one who has waited longest.
    private func leave(_ account: String) {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard var queue = state.queues[account] else { return nil }
            let next = queue.waiters.isEmpty ? nil : queue.waiters.removeFirst().continuation
            if next == nil { queue.running -= 1 }
            state.queues[account] = queue.running == 0 ? nil : queue
            return next
        }
        next?.resume()
    }
}
