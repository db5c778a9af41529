import CalendarCore
import Synchronization

/// A transport that fails once, at its nth request, before or after the request took effect.
final class NthFailure: HTTPTransport {
    enum Moment: String, CaseIterable, Sendable {
        case beforeEffect
        case afterEffect
    }

    private let next: any HTTPTransport
    private let failing: Int
    private let moment: Moment
    private let count = Mutex(0)

    /// Counts from 1.
    init(_ next: any HTTPTransport, failing: Int, _ moment: Moment) {
        self.next = next
        self.failing = failing
        self.moment = moment
    }

    /// Whether the failure has happened.
    var hasFailed: Bool { count.withLock { $0 >= failing } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        guard number == failing else { return try await next.send(request) }
        if moment == .afterEffect { _ = try await next.send(request) }
        throw CalendarError(.connectionFailed, "The connection was cut.", isOutcomeUnknown: true)
    }
}
