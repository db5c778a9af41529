/// One promise of a protocol, as a check that runs against any implementation.
///
/// A kit lists its checks in `all`; hand them to a parameterised test, and each promise is one named result:
///
/// ```swift
/// @Test(arguments: TokenStoreConformance.all)
/// func conforms(_ check: TokenStoreConformance.Check) async throws { try await check.run { MyTokenStore() } }
/// ```
public struct ConformanceCheck<Subject: Sendable>: Sendable, CustomStringConvertible {
    /// What came of a check that found nothing wrong.
    public enum Outcome: Sendable, Hashable {
        /// The promise is kept.
        case passed
        /// The promise does not apply here, and why.
        case skipped(String)
    }

    /// Makes a fresh, empty subject.
    public typealias Factory = @Sendable () async throws -> Subject

    /// The promise, as a sentence.
    public let promise: String
    private let body: @Sendable (Subject, Promise) async throws -> Outcome

    /// Creates a check that passes unless its body throws.
    package init(_ promise: String, _ body: @escaping @Sendable (Subject, Promise) async throws -> Void) {
        self.promise = promise
        self.body = { subject, promise in
            try await body(subject, promise)
            return .passed
        }
    }

    /// Creates a check that may find that it does not apply.
    package init(skippable promise: String, _ body: @escaping @Sendable (Subject, Promise) async throws -> Outcome) {
        self.promise = promise
        self.body = body
    }

    /// Checks a fresh subject.
    ///
    /// - Parameter makeSubject: Makes the subject, empty; called once.
    /// - Returns: Whether the promise is kept or does not apply.
    /// - Throws: ``PromiseBroken``, or whatever the subject threw unexpectedly.
    @discardableResult
    public func run(_ makeSubject: Factory) async throws -> Outcome {
        try await body(makeSubject(), Promise(promise))
    }

    /// The promise.
    public var description: String { promise }
}
