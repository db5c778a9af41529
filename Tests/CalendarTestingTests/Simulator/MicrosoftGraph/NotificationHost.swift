import CalendarCore
import CalendarTesting
import Foundation
import Synchronization
import Testing

/// A host's address for notifications, which answers the service's question as its manner is.
final class NotificationHost: HTTPTransport {
    /// How the host answers the question.
    enum Manner: String, CaseIterable, Sendable {
        case proper, quoted, encoded, created, html, empty, slow, silent
    }

    private struct State {
        var manner: Manner
        var statuses: [Int] = []
        var requests: [HTTPRequest] = []
    }

    let clock = ManualClock()
    private let state: Mutex<State>

    init(_ manner: Manner = .proper) {
        state = Mutex(State(manner: manner))
    }

    var manner: Manner {
        get { state.withLock(\.manner) }
        set { state.withLock { $0.manner = newValue } }
    }

    /// What the next deliveries are answered; 202 afterwards, 0 for no answer.
    var statuses: [Int] {
        get { state.withLock(\.statuses) }
        set { state.withLock { $0.statuses = newValue } }
    }

    var requests: [HTTPRequest] { state.withLock(\.requests) }

    /// The addresses that were asked, with their queries.
    var questions: [String] {
        requests.filter { $0.url.absoluteString.contains("validationToken=") }.map(\.url.absoluteString)
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (manner, status) = state.withLock { state in
            state.requests.append(request)
            return (state.manner, state.statuses.isEmpty ? 202 : state.statuses[0])
        }
        let query = URLComponents(url: request.url, resolvingAgainstBaseURL: false)?.percentEncodedQueryItems ?? []
        guard let encoded = query.first(where: { $0.name == "validationToken" })?.value else {
            state.withLock { if !$0.statuses.isEmpty { $0.statuses.removeFirst() } }
            guard status > 0 else { throw CalendarError(.connectionFailed, "Nobody listens.") }
            return HTTPResponse(status: status)
        }
        let token = encoded.replacing("+", with: " ").removingPercentEncoding ?? ""
        let plain: HTTPHeaders = ["Content-Type": "text/plain; charset=utf-8"]
        func answer(_ text: String, _ status: Int = 200, _ headers: HTTPHeaders = plain) -> HTTPResponse {
            HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
        }
        switch manner {
        case .proper: return answer(token)
        case .quoted: return answer("\"\(token)\"")
        case .encoded: return answer(encoded)
        case .created: return answer(token, 201)
        case .html: return answer(token, 200, ["Content-Type": "text/html"])
        case .empty: return answer("")
        case .slow:
            clock.advance(by: 11)
            return answer(token)
        case .silent: throw CalendarError(.timedOut, "Nobody answers.")
        }
    }
}

extension GraphDesk {
    static let hook = "https://hooks.example.com/graph?endpoint=7"
    static let lifecycleHook = "https://hooks.example.com/graph/lifecycle"

    /// A service whose questions a host answers, on the host's clock.
    init(host: NotificationHost) async throws {
        try await self.init(clock: host.clock, receivers: host)
    }

    /// An instant so many minutes from now, as subscriptions name it.
    func instant(minutes: Double) -> JSONNode {
        .string(clock.now.addingTimeInterval(minutes * 60).rfc3339Text)
    }

    /// Opens a subscription to a resource; members of `changes` replace those of its body.
    func subscribe(
        _ resource: String = "me/events",
        _ changes: JSONNode = [:],
        prefer: String? = nil
    ) async throws -> GraphReply {
        var body: JSONNode = [
            "changeType": "created,updated,deleted", "notificationUrl": .string(Self.hook),
            "lifecycleNotificationUrl": .string(Self.lifecycleHook), "resource": .string(resource),
            "expirationDateTime": instant(minutes: 4200), "clientState": "s3cret",
        ]
        for member in changes.object?.members ?? [] { body[member.key] = member.value }
        return try await call(.post, "/subscriptions", body, prefer: prefer)
    }

    /// The notifications that are due, all deliveries in one list.
    func notifications() throws -> [JSONNode] {
        try graph.takeDeliveries().flatMap { delivery in
            try #require(try JSONNode([UInt8](delivery.body))["value"]).elements
        }
    }
}
