public import CalendarCore
import Foundation
internal import Synchronization

/// A transport that expects certain requests in a certain order and refuses every other one.
///
/// Every request is recorded, also the refused ones, so that a test can assert the traffic.
public final class ScriptedTransport: HTTPTransport {
    /// What happens when an expected request arrives.
    public enum Reply: Sendable {
        /// This answer.
        case response(HTTPResponse)
        /// No answer but this failure.
        case failure(CalendarError)
        /// Whatever a function makes of the request.
        case computed(@Sendable (HTTPRequest) async throws -> HTTPResponse)

        /// An answer with a JSON body.
        public static func json(_ text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> Reply {
            var headers = headers
            headers["Content-Type"] = "application/json"
            return .response(HTTPResponse(status: status, headers: headers, body: Data(text.utf8)))
        }
    }

    /// One expected request with its reply.
    public struct Step: Sendable {
        fileprivate let expectation: String
        fileprivate let reply: Reply
        fileprivate let matches: @Sendable (HTTPRequest) -> Bool

        /// Expects a method and a path, percent-encoded as it is sent and without the query.
        public static func expect(_ method: HTTPMethod, path: String, _ reply: Reply) -> Step {
            Step(expectation: "\(method) \(path)", reply: reply) {
                $0.method == method && $0.url.path(percentEncoded: true) == path
            }
        }

        /// Expects an operation by name, such as `events.list`.
        public static func expect(operation: String, _ reply: Reply) -> Step {
            Step(expectation: operation, reply: reply) { $0.operation == operation }
        }
    }

    private struct State {
        var steps: [Step]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>

    /// Creates a transport with the requests it expects, in order.
    public init(_ steps: [Step] = []) {
        state = Mutex(State(steps: steps))
    }

    /// Expects one more request after the others.
    public func append(_ step: Step) {
        state.withLock { $0.steps.append(step) }
    }

    /// Every request made so far, also the refused ones.
    public var requests: [HTTPRequest] { state.withLock(\.requests) }

    /// How many expected requests have not been made yet.
    public var remaining: Int { state.withLock { $0.steps.count } }

    /// Replies as planned.
    ///
    /// - Throws: `CalendarError.unsupported` for a request that is not the next one expected, which no middleware
    ///   repeats; the failure of the plan otherwise.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let reply = try state.withLock { state throws(CalendarError) in
            state.requests.append(request)
            guard let step = state.steps.first, step.matches(request) else {
                throw Self.unplanned(request, expected: state.steps.first?.expectation)
            }
            state.steps.removeFirst()
            return step.reply
        }
        switch reply {
        case .response(let response): return response
        case .failure(let error): throw error
        case .computed(let answer): return try await answer(request)
        }
    }

    private static func unplanned(_ request: HTTPRequest, expected: String?) -> CalendarError {
        CalendarError(
            .unsupported,
            "An unplanned \(request.method) was sent; expected: \(expected ?? "no further request").",
            operation: request.operation
        )
    }
}
