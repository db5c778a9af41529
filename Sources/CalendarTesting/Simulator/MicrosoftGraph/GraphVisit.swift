import CalendarCore
import Foundation

/// A request from its arrival to its answer.
struct GraphVisit: Sendable {
    let request: HTTPRequest
    /// The fault that strikes it.
    let effect: SimulatedFault.Effect?
    /// The mailbox in which it takes up one of the places for requests at the same time; nil for none.
    var mailbox: Int?
    /// What must be asked of addresses before it can be served.
    var questions: [GraphQuestion] = []
    /// How many seconds it takes.
    var duration: Double = 0
    /// The answer; nil while there is none, and when it is lost.
    var response: HTTPResponse?
    /// Whether nothing more happens to it.
    var isOver = false
}

/// Requests with the faults that strike them.
extension GraphState {
    /// Lets a request arrive, and answers it at once unless it takes time.
    mutating func arrive(_ request: HTTPRequest) -> GraphVisit {
        var visit = strike(request)
        if !visit.isOver { occupy(&visit) }
        if !visit.isOver { visit.questions = questions(for: request) }
        if visit.isOver || (visit.questions.isEmpty && visit.duration == 0) { finish(&visit) }
        return visit
    }

    /// Answers a request after its time, and writes it into the log.
    mutating func finish(_ visit: inout GraphVisit) {
        clientRequestID = visit.request.headers["client-request-id"]
        if !visit.isOver {
            visit.response = reply(to: visit.request, under: visit.effect)
            visit.isOver = true
        }
        if let id = visit.request.headers["client-request-id"] { visit.response?.headers["client-request-id"] = id }
        let path = visit.request.url.path(percentEncoded: false)
        requests.append(SimulatedRequest(method: visit.request.method, path: path, status: visit.response?.status))
    }

    /// What a fault does to a request before it is served.
    mutating func strike(_ request: HTTPRequest) -> GraphVisit {
        clientRequestID = request.headers["client-request-id"]
        var visit = GraphVisit(request: request, effect: faults.strike(request))
        switch visit.effect {
        case .loseRequest: visit.isOver = true
        case .answer(let response):
            visit.response = response
            visit.isOver = true
        case .status(let status, let reason, let retryAfter):
            visit.response = failure(status, reason, retryAfter: retryAfter)
            visit.isOver = true
        case .expireSyncTokens: generation += 1
        case .expireAccessTokens: accessTokens = [:]
        case nil, .loseReply, .statusAfterEffect, .malformedBody, .unknownField, .unknownValue: break
        }
        return visit
    }

    /// The answer, and what a fault makes of it; nil when the connection is cut.
    private mutating func reply(to request: HTTPRequest, under effect: SimulatedFault.Effect?) -> HTTPResponse? {
        let response = answer(request)
        switch effect {
        case nil: return response
        case .statusAfterEffect(let status)?: return failure(status, nil, retryAfter: nil)
        case let effect?: return effect.reply(response)
        }
    }

    /// A refusal that a fault asks for, with the usual code of its status.
    private mutating func failure(_ status: Int, _ reason: String?, retryAfter: Int?) -> HTTPResponse {
        let codes = [
            401: "InvalidAuthenticationToken", 403: "ErrorAccessDenied", 404: "ErrorItemNotFound",
            410: "syncStateNotFound", 429: "TooManyRequests", 500: "InternalServerError", 502: "UnknownError",
            503: "UnknownError", 504: "UnknownError",
        ]
        let code = reason ?? codes[status] ?? "BadRequest"
        let message = code == "UnknownError" ? "" : "The service refuses the request."
        var refusal = GraphFailure(status: status, code: code, message: message)
        refusal.retryAfter = retryAfter.map { String($0) }
        return response(to: refusal)
    }
}
