package import CalendarCore
import Synchronization

/// A transport that fails once, at its nth request, before or after the request took effect.
package final class NthFailure: HTTPTransport {
    /// Which side of the effect fails.
    package enum Moment: String, CaseIterable, Sendable {
        /// The service never sees the request.
        case beforeEffect
        /// The service does it, and the answer is lost.
        case afterEffect
    }

    private let next: any HTTPTransport
    private let failing: Int
    private let moment: Moment
    private let count = Mutex(0)

    /// Counts from 1.
    package init(_ next: any HTTPTransport, failing: Int, _ moment: Moment) {
        self.next = next
        self.failing = failing
        self.moment = moment
    }

    /// Whether the failure has happened.
    package var hasFailed: Bool { count.withLock { $0 >= failing } }

    /// Sends a request, unless it is the one that fails.
    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        guard number == failing else { return try await next.send(request) }
        if moment == .afterEffect { _ = try await next.send(request) }
        throw CalendarError(.connectionFailed, "The connection was cut.", isOutcomeUnknown: true)
    }
}
