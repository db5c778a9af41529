/// Starts the few pieces of work that must outlive the caller who asked for them, such as a shared token refresh.
///
/// The only place in the SDK that starts unstructured work. With an executor given, every job of the work runs on it,
/// which is what makes a seeded simulation of the real engine possible.
public struct TaskOwner: Sendable {
    private let executor: (any TaskExecutor)?

    /// Creates an owner; nil means the default executor.
    public init(executor: (any TaskExecutor)? = nil) {
        self.executor = executor
    }

    /// Starts work that is not cancelled with the caller.
    package func start<Success: Sendable>(
        _ work: @escaping @Sendable () async throws -> Success
    ) -> Task<Success, any Error> {
        Task(executorPreference: executor) { try await work() }
    }
}
