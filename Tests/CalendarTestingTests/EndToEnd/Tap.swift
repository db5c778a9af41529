import CalendarCore
import Foundation
import Synchronization

/// A transport in front of a simulator that records what passes and may step in.
final class Tap: HTTPTransport {
    typealias Step = @Sendable (HTTPRequest, any HTTPTransport) async throws -> HTTPResponse

    private struct State {
        var step: Step?
        var requests: [HTTPRequest] = []
        var responses: [HTTPResponse] = []
    }

    private let next: any HTTPTransport
    private let state = Mutex(State())

    init(_ next: any HTTPTransport) {
        self.next = next
    }

    var requests: [HTTPRequest] { state.withLock(\.requests) }

    var responses: [HTTPResponse] { state.withLock(\.responses) }

    /// Lets a function answer in place of the simulator; nil ends it.
    func intercept(_ step: Step?) {
        state.withLock { $0.step = step }
    }

    /// Lets a function change answers to requests whose path contains a text.
    func rewrite(_ text: String, _ change: @escaping @Sendable (inout HTTPResponse) throws -> Void) {
        intercept { request, next in
            var response = try await next.send(request)
            if request.url.path(percentEncoded: false).contains(text) { try change(&response) }
            return response
        }
    }

    /// Ends the process, as far as the SDK can tell, before or after a create reaches the service.
    func crash(afterCreating: Bool) {
        intercept { request, next in
            guard request.isCreate else { return try await next.send(request) }
            if afterCreating { _ = try await next.send(request) }
            throw CancellationError()
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let step = state.withLock { state in
            state.requests.append(request)
            return state.step
        }
        let response = if let step { try await step(request, next) } else { try await next.send(request) }
        state.withLock { $0.responses.append(response) }
        return response
    }
}

extension HTTPRequest {
    /// Whether it makes an event.
    var isCreate: Bool { method == .post && url.path(percentEncoded: false).hasSuffix("/events") }
}
