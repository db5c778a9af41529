import CalendarCore
internal import Synchronization

/// Which of a run's requests meet a fault.
final class SimulatedWeather: Sendable {
    /// A request that is still under way although its sender gave up.
    struct Late: Sendable {
        let request: HTTPRequest
        let side: any SimulatedSide
    }

    private struct State {
        var count = 0
        var isFair = true
        var late: [Late] = []
    }

    private let plan: [Int: SimulationFault]
    private let state = Mutex(State())

    /// Creates the weather of a plan: the fault of each request's number, counted from one over all services.
    init(_ plan: [Int: SimulationFault]) {
        self.plan = plan
    }

    /// How many requests were sent while there could be faults.
    var count: Int { state.withLock(\.count) }

    /// Begins the faults.
    func begin() {
        state.withLock { $0.isFair = false }
    }

    /// Ends the faults.
    func clear() {
        state.withLock { $0.isFair = true }
    }

    /// The number of the next request; nil while there are no faults.
    func nextNumber() -> Int? {
        state.withLock { state in
            guard !state.isFair else { return nil }
            state.count += 1
            return state.count
        }
    }

    /// Keeps a request that reaches its service just before the next one is sent.
    func deliverLate(_ request: HTTPRequest, to side: any SimulatedSide) {
        state.withLock { $0.late.append(Late(request: request, side: side)) }
    }

    /// The requests that reach their service now.
    func takeLate() -> [Late] {
        state.withLock { state in
            defer { state.late = [] }
            return state.late
        }
    }

    /// What happens to the request of a number.
    func fault(of number: Int) -> SimulationFault? { plan[number] }
}
