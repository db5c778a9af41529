/// Decides whether a failed request is tried again and how long to wait first; a pure value.
public struct RetryPolicy: Sendable, Hashable {
    /// The largest number of attempts, the first included.
    public var maxAttempts: Int
    /// The wait before the second attempt without jitter, in seconds; it doubles with each further attempt.
    public var base: Double
    /// The longest wait in seconds; a `Retry-After` beyond it ends the attempts, so that the caller is told.
    public var ceiling: Double

    /// Creates a policy with full jitter.
    public init(maxAttempts: Int = 4, base: Double = 1, ceiling: Double = 32) {
        self.maxAttempts = max(1, maxAttempts)
        self.base = base
        self.ceiling = ceiling
    }

    /// Exponential waits with full jitter.
    public static func jittered(maxAttempts: Int = 4, base: Double = 1, ceiling: Double = 32) -> RetryPolicy {
        RetryPolicy(maxAttempts: maxAttempts, base: base, ceiling: ceiling)
    }

    /// No second attempt.
    public static let never = RetryPolicy(maxAttempts: 1)

    /// What came of an attempt, as far as repeating it is concerned.
    public enum Outcome: Sendable, Hashable {
        /// The service answered with a status.
        case status(Int, retryAfter: Double?)
        /// There was no answer; whether the request reached the service is unknown or not.
        case noAnswer(isOutcomeUnknown: Bool)
    }

    /// The wait in seconds before the next attempt, or nil to give up.
    ///
    /// Jitter is drawn from 0 up to the exponential bound. It is added to `Retry-After`, so that many clients do not come
    /// back in one instant, and so that the waits grow although a service asks for the same second every time, as Graph
    /// was seen to do.
    ///
    /// - Parameters:
    ///   - attempt: How many attempts were made, from 1.
    ///   - outcome: What came of the last one.
    ///   - safety: Whether the request may be repeated after a lost reply.
    ///   - unit: A random number from 0 up to 1.
    /// - Returns: The wait in seconds, or nil to give up.
    public func wait(
        after attempt: Int,
        _ outcome: Outcome,
        safety: HTTPRequest.RepeatSafety,
        unit: Double
    ) -> Double? {
        guard attempt < maxAttempts else { return nil }
        let bound = min(ceiling, base * Double(1 << min(attempt - 1, 16)))
        switch outcome {
        case .status(let status, let retryAfter):
            guard isTransient(status, safety: safety) else { return nil }
            guard let retryAfter else { return unit * bound }
            return retryAfter <= ceiling ? retryAfter + unit * bound : nil
        case .noAnswer(let isOutcomeUnknown):
            guard safety == .safe || !isOutcomeUnknown else { return nil }
            return unit * bound
        }
    }

    private func isTransient(_ status: Int, safety: HTTPRequest.RepeatSafety) -> Bool {
        switch status {
        case 429: true
        case 408, 500, 502, 503, 504, 509: safety == .safe
        default: false
        }
    }
}
