public import CalendarCore
public import Foundation
internal import Synchronization

/// A clock that moves only when a test says so.
///
/// Sleepers resume, earliest deadline first, once the clock reaches their deadline; nothing polls. With
/// `advancesWhenSleeping` a sleep moves the clock to its deadline and returns at once, which suits examples and tests
/// that do not look at waiting.
public final class ManualClock: WallClock {
    private struct Sleeper {
        let id: Int
        let deadline: Date
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let id: Int
        let count: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        var lastID = 0
        var sleepers: [Sleeper] = []
        var watchers: [Watcher] = []
        var cancelled: Set<Int> = []

        mutating func takeDue() -> [Sleeper] {
            let due = sleepers.filter { $0.deadline <= now }
            sleepers.removeAll { $0.deadline <= now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }

        mutating func takeSatisfiedWatchers() -> [Watcher] {
            let satisfied = watchers.filter { $0.count <= sleepers.count }
            watchers.removeAll { $0.count <= sleepers.count }
            return satisfied
        }
    }

    private let state: Mutex<State>
    private let advancesWhenSleeping: Bool

    /// Creates a clock that shows an instant.
    ///
    /// - Parameters:
    ///   - now: The instant shown first; the default is 2026-01-05T09:00:00Z, a Monday.
    ///   - advancesWhenSleeping: Whether a sleep moves the clock to its deadline instead of waiting.
    public init(now: Date = Date(timeIntervalSince1970: 1_767_603_600), advancesWhenSleeping: Bool = false) {
        state = Mutex(State(now: now))
        self.advancesWhenSleeping = advancesWhenSleeping
    }

    /// The instant shown.
    public var now: Date { state.withLock(\.now) }

    /// How many tasks sleep on this clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clock by so many seconds and resumes whoever is due.
    public func advance(by seconds: Double) {
        move { $0.addingTimeInterval(seconds) }
    }

    /// Shows another instant, earlier or later, and resumes whoever is due.
    public func set(_ instant: Date) {
        move { _ in instant }
    }

    /// Moves the clock to the earliest deadline that somebody sleeps for, and resumes whoever is due.
    ///
    /// - Returns: False when nobody sleeps.
    package func wakeNext() -> Bool {
        guard let next = state.withLock({ $0.sleepers.map(\.deadline).min() }) else { return false }
        move { max($0, next) }
        return true
    }

    private func move(_ change: (Date) -> Date) {
        let due = state.withLock { state in
            state.now = change(state.now)
            return state.takeDue()
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Suspends until the clock shows the deadline; returns at once when it does already.
    public func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        if advancesWhenSleeping {
            move { max($0, deadline) }
            return
        }
        try await suspend { state, id, continuation in
            guard deadline > state.now else { return true }
            state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
            return false
        }
    }

    /// Suspends until at least so many tasks sleep on this clock, so that a test knows when to advance it.
    public func waitForSleepers(_ count: Int = 1) async throws {
        try await suspend { state, id, continuation in
            guard state.sleepers.count < count else { return true }
            state.watchers.append(Watcher(id: id, count: count, continuation: continuation))
            return false
        }
    }

    /// Registers a continuation, unless the answer is there already, and takes it back on cancellation.
    private func suspend(
        _ register: (inout State, Int, CheckedContinuation<Void, any Error>) -> Bool
    ) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        defer { state.withLock { _ = $0.cancelled.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                enter(id, continuation, register)
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func enter(
        _ id: Int,
        _ continuation: CheckedContinuation<Void, any Error>,
        _ register: (inout State, Int, CheckedContinuation<Void, any Error>) -> Bool
    ) {
        let (wasCancelled, isDone, watchers) = state.withLock { state in
            guard state.cancelled.remove(id) == nil else { return (true, true, [Watcher]()) }
            let isDone = register(&state, id, continuation)
            return (false, isDone, state.takeSatisfiedWatchers())
        }
        for watcher in watchers { watcher.continuation.resume() }
        guard isDone else { return }
        if wasCancelled {
            continuation.resume(throwing: CancellationError())
        } else {
            continuation.resume()
        }
    }

    private func cancel(_ id: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            if let index = state.sleepers.firstIndex(where: { $0.id == id }) {
                return state.sleepers.remove(at: index).continuation
            }
            if let index = state.watchers.firstIndex(where: { $0.id == id }) {
                return state.watchers.remove(at: index).continuation
            }
            state.cancelled.insert(id)
            return nil
        }
        continuation?.resume(throwing: CancellationError())
    }
}
