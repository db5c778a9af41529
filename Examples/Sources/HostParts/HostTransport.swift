import CalendarCore
import Synchronization

/// The host's own way to the services: it counts requests and says who is asking.
///
/// A host with an HTTP client of its own would call that one instead of `next`.
package struct HostTransport: HTTPTransport {
    let next: any HTTPTransport
    let traffic: HostTraffic

    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        traffic.count(request.operation)
        var request = request
        request.headers["User-Agent"] = "example-host/1.0"
        return try await next.send(request)
    }
}

/// How many requests the host has made, by operation, such as `events.list`.
package final class HostTraffic: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    package init() {}

    package var total: Int { counts.withLock { $0.values.reduce(0, +) } }

    package subscript(_ operation: String) -> Int { counts.withLock { $0[operation] ?? 0 } }

    func count(_ operation: String) { counts.withLock { $0[operation, default: 0] += 1 } }
}
