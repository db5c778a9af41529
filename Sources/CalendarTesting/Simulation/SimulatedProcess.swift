import CalendarCore

/// One life of the host: an executor of its own and a service on the stored data.
struct SimulatedProcess: Sendable {
    /// How a piece of work ended.
    enum Ending: Sendable {
        /// It returned.
        case done
        /// It threw.
        case failed(any Error)
        /// The process died.
        case crashed
        /// It waits for something that nobody does.
        case escaped
    }

    let executor: SeededExecutor
    let service: CalendarService
    private let clock: ManualClock
    private let owner: TaskOwner

    init(executor: SeededExecutor, clock: ManualClock, service: CalendarService) {
        self.executor = executor
        self.clock = clock
        self.service = service
        owner = TaskOwner(executor: executor)
    }

    /// Runs a piece of work to its end, on the calling thread.
    func run(_ work: @escaping @Sendable (CalendarService) async throws -> Void) -> Ending {
        let outcome = SimulatedAnswer<Ending>()
        let service = service
        _ = owner.start {
            do {
                try await work(service)
                outcome.set(.done)
            } catch {
                outcome.set(.failed(error))
            }
        }
        switch executor.run(until: { outcome.value != nil }, wakeNext: clock.wakeNext) {
        case .finished: return outcome.value ?? .escaped
        case .stopped: return .crashed
        case .escaped: return .escaped
        }
    }
}
