package import CalendarCore
import Synchronization

/// A transport in front of a simulator that holds every message against the service's own description.
///
/// A report names the method, the path's shape and the field, never a value. Without a description everything passes.
package final class ValidatingTransport: HTTPTransport {
    private let next: any HTTPTransport
    private let schema: (any TrafficSchema)?
    private let checksRequests: Bool
    private let report: @Sendable (String) -> Void
    private let count = Mutex(0)

    /// Creates a transport that gives what it finds to a function.
    ///
    /// Requests that a test writes itself may be nonsense on purpose; then only answers are checked.
    package init(
        _ next: any HTTPTransport,
        schema: (any TrafficSchema)?,
        checksRequests: Bool = true,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.next = next
        self.schema = schema
        self.checksRequests = checksRequests
        self.report = report
    }

    /// How many bodies and queries have been held against the description.
    package var validated: Int { count.withLock { $0 } }

    /// Sends a request, and reports what is wrong with it and with its answer.
    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let schema, schema.covers(request) else { return try await next.send(request) }
        // The method that counts then stands in a header, and a query in the body.
        guard request.headers["X-HTTP-Method-Override"] == nil else { return try await next.send(request) }
        guard let operation = schema.operation(of: request) else {
            if checksRequests { report("\(request.method): no such method") }
            return try await next.send(request)
        }
        if checksRequests { check(operation.violations(in: request), "request", operation) }
        let response = try await next.send(request)
        guard response.isSuccess else { return response }
        check(operation.violations(in: response), "answer", operation)
        return response
    }

    private func check(_ violations: [String], _ side: String, _ operation: any TrafficOperation) {
        count.withLock { $0 += 1 }
        for violation in violations { report("\(operation.name), \(side): \(violation)") }
    }
}
