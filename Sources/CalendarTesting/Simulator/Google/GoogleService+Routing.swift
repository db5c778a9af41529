import CalendarCore
import Foundation

/// A request to the Calendar API after its path, query, body and bearer were read.
struct GoogleCall {
    var method: HTTPMethod
    /// The decoded path below `calendar/v3`.
    var path: [String]
    let query: FormFields
    var headers: HTTPHeaders
    var body: Data?
    /// The position of the account.
    let account: Int
    let scopes: Set<String>
    /// The OAuth client that the token was issued to.
    let client: String

    /// The body, which must be an object; an absent one is empty.
    func resource() throws(GoogleRefusal) -> JSONNode {
        guard let body, !body.isEmpty else { return .object(JSONObject()) }
        guard let document = try? JSONDocument(body) else { throw .parseError }
        let node = JSONNode(document.root)
        guard node.object != nil else { throw .parseError }
        return node
    }
}

extension GoogleService {
    /// Answers a request, or does what a fault says, and logs it.
    mutating func handle(_ request: HTTPRequest) throws(CalendarError) -> HTTPResponse {
        guard let response = serve(request) else {
            throw CalendarError(
                .connectionFailed,
                "The connection was lost.",
                operation: request.operation,
                isOutcomeUnknown: true
            )
        }
        return response
    }

    /// Answers a request without faults and without the log.
    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        let path = request.url.path(percentEncoded: true)
        if let response = answerSignIn(request) { return response }
        if path.hasSuffix("/batch/calendar/v3") { return answerBatch(request) }
        let segments = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        guard let version = segments.firstIndex(of: "v3"), version > 0, segments[version - 1] == "calendar" else {
            return HTTPResponse(status: 404, headers: ["Content-Type": "text/html; charset=UTF-8"])
        }
        return answerResource(request, path: Array(segments[(version + 1)...]))
    }

    /// Finds the method that a request calls.
    mutating func route(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        switch (path.first, path.count, call.method) {
        case (_, 3..., .post) where path.last == "watch":
            return try openChannel(call)
        case ("channels", 2, .post) where path[1] == "stop":
            return try stopChannel(call)
        case ("users", _, _):
            return try routeAccount(call)
        case ("colors", 1, .get):
            return try getColors(call)
        case ("freeBusy", 1, .post):
            return try queryFreeBusy(call)
        case ("calendars", 3..., _) where path[2] == "events":
            try checkTokenAge(call)
            return try routeEvents(call)
        case ("calendars", 3..., _) where path[2] == "acl":
            return try routeRules(call)
        case ("calendars", _, _):
            return try routeCalendars(call)
        default:
            throw Self.unknown(call)
        }
    }

    private mutating func routeEvents(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        switch (call.method, path.count) {
        case (.get, 3): return try listEvents(call)
        case (.post, 3): return try insertEvent(call)
        case (.post, 4) where path[3] == "import": return try importEvent(call)
        case (.post, 4) where path[3] == "quickAdd": return try quickAddEvent(call)
        case (.post, 5) where path[4] == "move": return try moveEvent(call, id: path[3])
        case (.get, 4): return try getEvent(call, id: path[3])
        case (.patch, 4): return try updateEvent(call, id: path[3], replacing: false)
        case (.put, 4): return try updateEvent(call, id: path[3], replacing: true)
        case (.delete, 4): return try deleteEvent(call, id: path[3])
        case (.get, 5) where path[4] == "instances": return try listInstances(call, id: path[3])
        default: throw Self.unknown(call)
        }
    }
}
