import CalendarCore
import Foundation

/// A question to an address whether it wants notifications
/// (https://learn.microsoft.com/graph/change-notifications-delivery-webhooks).
struct GraphQuestion: Sendable {
    let url: URL
    let token: String

    /// How long the answer may take, in seconds.
    static let patience: Double = 10

    /// The question as it is sent: query parameters that the address has are kept, blanks become plus signs.
    var request: HTTPRequest? {
        let encoded = PercentEncoding.encode(token).replacing("%20", with: "+")
        let separator = url.query(percentEncoded: true) == nil ? "?" : "&"
        let text = url.absoluteString.prefix { $0 != "#" } + separator + "validationToken=" + encoded
        guard let url = URL(string: String(text)) else { return nil }
        return HTTPRequest(
            .post,
            url,
            operation: "webhook.validate",
            headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Data(),
            timeout: .seconds(Self.patience)
        )
    }

    /// What the answer deserves; nil when it is the right one.
    ///
    /// - Parameters:
    ///   - response: The answer; nil when there was none.
    ///   - seconds: How long it took.
    /// - Returns: The refusal of the request that caused the question.
    func verdict(on response: HTTPResponse?, after seconds: Double) -> GraphFailure? {
        guard let response, seconds <= Self.patience else { return .unanswered }
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        guard response.status == 200, type.hasPrefix("text/plain") else {
            return .wrongAnswer("be 200 OK in plain text")
        }
        return response.body == Data(token.utf8) ? nil : .wrongAnswer("exactly match validationToken query parameter")
    }
}

/// What addresses answered to their questions.
struct GraphProofs: Sendable {
    /// The refusal each address has earned; nil for those that answered well.
    private var verdicts: [URL: GraphFailure?] = [:]

    mutating func note(_ verdict: GraphFailure?, of url: URL) {
        verdicts[url] = .some(verdict)
    }

    /// Refuses an address that was not asked or did not answer well.
    func check(_ url: URL) throws(GraphFailure) {
        guard let verdict = verdicts[url] else { throw .unanswered }
        if let verdict { throw verdict }
    }
}

extension GraphFailure {
    static let unanswered = GraphFailure(
        status: 400,
        code: "InvalidRequest",
        message: "Subscription validation request timed out."
    )

    /// An answer to the question that is none.
    static func wrongAnswer(_ rule: String) -> GraphFailure {
        let message = "Subscription validation request failed. Response must \(rule)."
        return GraphFailure(status: 400, code: "ValidationError", message: message)
    }
}

extension GraphState {
    /// The questions that must be asked before a request can be served; none where it will be refused anyway.
    ///
    /// Each address is asked, also when both are the same.
    mutating func questions(for request: HTTPRequest) -> [GraphQuestion] {
        let path = request.url.path(percentEncoded: true).lowercased()
        guard path.contains("/subscriptions") || path.hasSuffix("batch") else { return [] }
        let segments = GraphCall.segments(of: request.url)
        if GraphBatch.isBatch(segments) {
            let steps = (try? GraphBatch(request))?.steps ?? []
            return steps.flatMap { $0.request.map { questions(for: $0) } ?? [] }
        }
        guard let call = try? call(request, segments), call.segments.first?.lowercased() == "subscriptions" else {
            return []
        }
        var urls: [URL] = []
        switch (call.method, call.segments.count) {
        case (.post, 1):
            guard let input = (try? subscription(call))?.input else { return [] }
            urls = [input.notificationURL, input.lifecycleURL].compactMap { $0 }
        case (.patch, 2):
            let known = push.subscriptions.first { $0.id == call.segments[1].lowercased() && $0.expires > now }
            guard let known, known.account == call.account, let body = try? call.json() else { return [] }
            urls = (try? questioned(known, by: body)) ?? []
        default: return []
        }
        guard urls.isEmpty || push.rules.unsentQuestions == 0 else {
            push.rules.unsentQuestions -= 1
            return []
        }
        let text = "Validation: Testing client application reachability for subscription Request-Id: "
        return urls.map { GraphQuestion(url: $0, token: text + identifiers.guid()) }
    }
}
