internal import Synchronization

/// Where work on a simulated process leaves what it found.
final class SimulatedAnswer<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)

    /// What was found; nil until then.
    var value: Value? { state.withLock(\.self) }

    func set(_ value: Value) {
        state.withLock { $0 = value }
    }
}

/// A part of the judgement that could not be had.
struct SimulationStuck: Error, CustomStringConvertible {
    /// What could not be had, and why.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
