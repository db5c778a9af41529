package import Foundation

/// Decides whether a credential is good enough or has to be refreshed; a pure value.
package struct RefreshPolicy: Sendable, Hashable {
    /// A token with no more life than this is refreshed, in seconds.
    package var earlyMargin: Double = 300
    /// Added to the margin times a random number, so that tokens of one moment are not refreshed in one moment.
    package var jitter: Double = 60
    /// A token with more life than this is still used while it cannot be refreshed, in seconds.
    package var lastResort: Double = 60
    /// How long the lease lasts, in seconds; longer than any token request may take.
    package var leaseLifetime: Double = 60
    /// How long to wait for somebody else's refresh, in seconds.
    package var patience: Double = 15

    /// Creates the policy with its defaults.
    package init() {}

    /// Whether a credential can be used without refreshing it.
    ///
    /// - Parameters:
    ///   - credential: The stored credential.
    ///   - rejected: The token the service has just refused, which is never good.
    ///   - now: The current time.
    ///   - unit: A random number from 0 up to 1.
    /// - Returns: Whether it can be used.
    package func isFresh(_ credential: Credential, rejected: Secret?, now: Date, unit: Double) -> Bool {
        // A token the service refused is replaced by any other one: whoever stored that has refreshed.
        if let rejected { return credential.accessToken != rejected && remaining(credential, now) > lastResort }
        return remaining(credential, now) > earlyMargin + unit * jitter
    }

    /// Whether a credential may still be used because it cannot be refreshed at the moment.
    package func isLastResort(_ credential: Credential, rejected: Secret?, now: Date) -> Bool {
        credential.accessToken != rejected && remaining(credential, now) > lastResort
    }

    /// The pause in seconds before looking again at a lease somebody else holds: 50 ms, doubling up to 500 ms.
    package func pause(after attempt: Int) -> Double {
        min(0.5, 0.05 * Double(1 << min(max(attempt - 1, 0), 8)))
    }

    private func remaining(_ credential: Credential, _ now: Date) -> Double {
        credential.expiresAt.timeIntervalSince(now)
    }
}
