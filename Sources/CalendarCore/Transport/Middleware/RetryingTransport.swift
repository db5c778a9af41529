import Foundation

/// Repeats requests as a ``RetryPolicy`` says, waiting on an injected clock.
///
/// A request whose effect would double is repeated only when the service certainly did nothing with it. Whatever the
/// last attempt brought is returned or thrown unchanged.
public struct RetryingTransport: HTTPTransport {
    private let next: any HTTPTransport
    private let policy: RetryPolicy
    private let clock: any WallClock
    private let random: RandomSource

    /// Wraps a transport.
    public init(
        _ next: any HTTPTransport,
        policy: RetryPolicy = .jittered(),
        clock: any WallClock,
        random: RandomSource
    ) {
        self.next = next
        self.policy = policy
        self.clock = clock
        self.random = random
    }

    /// Sends a request, repeating it while the policy allows.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var attempt = 1
        while true {
            let wait: Double
            do {
                let response = try await next.send(request)
                let outcome = RetryPolicy.Outcome.status(response.status, retryAfter: response.retryAfter)
                guard !response.isSuccess, let seconds = decide(attempt, outcome, request) else { return response }
                wait = seconds
            } catch let error as CalendarError where error.isRetryable {
                let outcome = RetryPolicy.Outcome.noAnswer(isOutcomeUnknown: error.isOutcomeUnknown)
                guard let seconds = decide(attempt, outcome, request) else { throw error }
                wait = seconds
            }
            try await clock.sleep(until: clock.now.addingTimeInterval(wait))
            attempt += 1
        }
    }

    private func decide(_ attempt: Int, _ outcome: RetryPolicy.Outcome, _ request: HTTPRequest) -> Double? {
        policy.wait(after: attempt, outcome, safety: request.repeatSafety, unit: random.unit())
    }
}
