import CalendarCore
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
    private let policy = RetryPolicy(maxAttempts: 4, base: 1, ceiling: 32)
    private typealias Safety = HTTPRequest.RepeatSafety

    @Test("the bound doubles with each attempt", arguments: [(1, 1.0), (2, 2), (3, 4)])
    func doubles(_ attempt: Int, _ bound: Double) {
        let outcome = RetryPolicy.Outcome.status(503, retryAfter: nil)

        #expect(policy.wait(after: attempt, outcome, safety: .safe, unit: 0.5) == bound / 2)
        #expect(policy.wait(after: attempt, outcome, safety: .safe, unit: 0) == 0)
    }

    @Test("the wait never passes the ceiling, however many attempts", arguments: [6, 10, 100, 1_000_000])
    func ceiling(_ attempt: Int) throws {
        let patient = RetryPolicy(maxAttempts: .max, base: 1, ceiling: 20)

        #expect(patient.wait(after: attempt, .status(503, retryAfter: nil), safety: .safe, unit: 0.5) == 10)
    }

    @Test("after the last attempt it gives up", arguments: [4, 5])
    func givesUp(_ attempt: Int) {
        #expect(policy.wait(after: attempt, .status(429, retryAfter: 1), safety: .safe, unit: 0) == nil)
    }

    @Test("never means one attempt")
    func never() {
        #expect(RetryPolicy.never.wait(after: 1, .status(429, retryAfter: 0), safety: .safe, unit: 0) == nil)
    }

    @Test("the wait is at least what the service asked for", arguments: [0, 0.5, 0.999])
    func retryAfter(_ unit: Double) throws {
        let wait = try #require(policy.wait(after: 1, .status(429, retryAfter: 2.128), safety: .safe, unit: unit))

        #expect(wait >= 2.128)
        #expect(wait < 3.128)
    }

    @Test(
        "the waits grow although the service asks for the same second every time",
        arguments: [(1, 1.5), (2, 2), (3, 3)]
    )
    func sameSecond(_ attempt: Int, _ expected: Double) {
        #expect(policy.wait(after: attempt, .status(429, retryAfter: 1), safety: .safe, unit: 0.5) == expected)
    }

    @Test("a wait beyond the ceiling is left to the caller", arguments: [(32.0, true), (32.1, false), (3600, false)])
    func longWaits(_ asked: Double, _ isRepeated: Bool) {
        let wait = policy.wait(after: 1, .status(503, retryAfter: asked), safety: .safe, unit: 0)

        #expect((wait != nil) == isRepeated)
    }

    @Test(
        "a request that may have taken effect is not repeated after a server error",
        arguments: [408, 500, 502, 503, 504, 509]
    )
    func serverErrors(_ status: Int) {
        let outcome = RetryPolicy.Outcome.status(status, retryAfter: nil)

        #expect(policy.wait(after: 1, outcome, safety: .safe, unit: 0) == 0)
        #expect(policy.wait(after: 1, outcome, safety: .onlyIfUnprocessed, unit: 0) == nil)
    }

    @Test("throttling means nothing was done, so everything is repeated")
    func throttling() {
        #expect(policy.wait(after: 1, .status(429, retryAfter: nil), safety: .onlyIfUnprocessed, unit: 0) == 0)
    }

    @Test(
        "an answer that would be the same again is not asked for again",
        arguments: [200, 301, 400, 401, 403, 404, 410, 412, 501]
    )
    func finalAnswers(_ status: Int) {
        #expect(policy.wait(after: 1, .status(status, retryAfter: nil), safety: .safe, unit: 0) == nil)
    }

    @Test("R-34: a lost reply repeats a request only if that is safe or it never arrived", arguments: [true, false])
    func lostReply(isOutcomeUnknown: Bool) {
        let outcome = RetryPolicy.Outcome.noAnswer(isOutcomeUnknown: isOutcomeUnknown)

        #expect(policy.wait(after: 1, outcome, safety: .safe, unit: 0) == 0)
        #expect((policy.wait(after: 1, outcome, safety: .onlyIfUnprocessed, unit: 0) == nil) == isOutcomeUnknown)
    }
}
