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
        do throws(GoogleRefusal) {
            let bearer = try authenticate(request.headers)
            let call = GoogleCall(
                method: request.method,
                path: Array(segments[(version + 1)...]),
                query: FormFields(parsing: request.url.query(percentEncoded: true) ?? ""),
                headers: request.headers,
                body: request.body,
                account: bearer.account,
                scopes: bearer.access.scopes,
                client: bearer.access.client
            )
            try spend(call)
            try checkInvitations(call)
            let response = try route(call)
            noticeChanges()
            return response
        } catch {
            return error.response
        }
    }

    /// Answers a request to the Calendar API by its path and method.
    mutating func route(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        switch (path.first, path.count, call.method) {
        case (_, _, .post) where path.last == "watch": return try openChannel(call)
        case ("channels", 2, .post) where path[1] == "stop": return try stopChannel(call)
        case ("users", 3, .get) where path[2] == "calendarList":
            return try listCalendars(call)
        case ("users", 4, .get) where path[2] == "calendarList":
            return try getListEntry(call, id: path[3])
        case ("calendars", 2, .get):
            return try getCalendar(call, id: path[1])
        case ("freeBusy", 1, .post):
            return try queryFreeBusy(call)
        case ("calendars", 3..., _) where path[2] == "events":
            return try routeEvents(call)
        default:
            throw .notFound
        }
    }

    private mutating func routeEvents(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let path = call.path
        switch (call.method, path.count) {
        case (.get, 3): return try listEvents(call)
        case (.post, 3): return try insertEvent(call)
        case (.get, 4): return try getEvent(call, id: path[3])
        case (.patch, 4): return try updateEvent(call, id: path[3], replacing: false)
        case (.put, 4): return try updateEvent(call, id: path[3], replacing: true)
        case (.delete, 4): return try deleteEvent(call, id: path[3])
        case (.get, 5) where path[4] == "instances": return try listInstances(call, id: path[3])
        default: throw .notFound
        }
    }

    /// The calendar that a request names, when the account may do with it what the request needs.
    ///
    /// A calendar without access answers 404, like one that does not exist.
    func calendar(
        _ call: GoogleCall,
        _ id: String,
        needing needed: RemoteCalendar.Access
    ) throws(GoogleRefusal) -> (index: Int, access: RemoteCalendar.Access) {
        let account = accounts[call.account]
        let resolved = id == "primary" ? account.address : id
        guard let entry = account.entries.first(where: { $0.calendar.lowercased() == resolved.lowercased() }),
            let index = calendarIndex(entry.calendar)
        else { throw .notFound }
        guard entry.access >= needed else { throw needed >= .write ? .writerRequired : .forbidden }
        return (index, entry.access)
    }
}
