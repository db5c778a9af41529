import CalendarCore
import Foundation

extension GraphState {
    /// Answers a request without faults and without the log.
    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        let segments = GraphCall.segments(of: request.url)
        if let response = answerSignIn(request, segments) { return response }
        do throws(GraphFailure) {
            if GraphBatch.isBatch(segments) { return try answerBatch(request) }
            let call = try self.call(request, segments)
            try admit(call)
            let answer = try route(call)
            guard !call.isCount || answer.raw != nil else {
                throw .badRequest("Resource not found for the segment '$count'.")
            }
            return response(answer, to: call)
        } catch {
            return response(to: error)
        }
    }

    private mutating func response(_ answer: GraphAnswer, to call: GraphCall) -> HTTPResponse {
        var headers: HTTPHeaders = ["request-id": identifiers.guid()]
        let applied = answer.applied + call.preferences.applied
        if !applied.isEmpty { headers["Preference-Applied"] = applied.joined(separator: ", ") }
        if let raw = answer.raw {
            headers["Content-Type"] = raw.type
            return HTTPResponse(status: answer.status, headers: headers, body: raw.data)
        }
        guard let body = answer.body else { return HTTPResponse(status: answer.status, headers: headers) }
        headers["Content-Type"] = "application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8"
        return HTTPResponse(status: answer.status, headers: headers, body: body.data)
    }

    /// Checks the token and takes the request apart.
    func call(_ request: HTTPRequest, _ all: [String]) throws(GraphFailure) -> GraphCall {
        let access = try bearer(request)
        var segments = all[...]
        if let root = all.firstIndex(where: { $0.lowercased() == "v1.0" }) { segments = all[(root + 1)...] }
        let isCount = request.method == .get && segments.last?.lowercased() == "$count"
        if isCount { segments.removeLast() }
        let target = try target(request.method, segments, access)
        return GraphCall(
            method: request.method,
            segments: target.path,
            query: FormFields(parsing: request.url.query(percentEncoded: true) ?? ""),
            preferences: try GraphPreferences(request.headers["Prefer"]),
            ifMatch: request.headers["If-Match"],
            body: request.body,
            link: request.url.absoluteString.split(separator: "?", maxSplits: 1).first.map { String($0) } ?? "",
            account: target.account,
            viewer: target.viewer,
            isCount: isCount
        )
    }

    private mutating func route(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        if let answer = try mailboxAnswer(call) { return answer }
        let account = accounts[call.account]
        let rest = Array(call.segments.dropFirst())
        switch call.segments.first?.lowercased() {
        case "subscriptions": return try subscriptions(call)
        case "calendargroups": return try calendarGroups(call, rest)
        case "calendars":
            guard let id = rest.first else { return try calendars(call, in: nil) }
            return try calendarAnswer(call, in: id, Array(rest.dropFirst()), isScoped: true)
        case "calendar": return try calendarAnswer(call, in: account.primary, rest, isScoped: true)
        default:
            if let share = share(holding: call.segments, account) {
                return try answer(call, through: share, call.segments)
            }
            return try calendarAnswer(call, in: account.primary, call.segments, isScoped: false)
        }
    }

    /// Answers a call to a calendar or to what lies below it.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - id: The calendar.
    ///   - path: What follows the calendar in the path.
    ///   - isScoped: Whether the path names the calendar, so that events of others are not found there.
    /// - Returns: The answer.
    /// - Throws: What the service refuses.
    mutating func calendarAnswer(
        _ call: GraphCall,
        in id: String,
        _ path: [String],
        isScoped: Bool
    ) throws(GraphFailure) -> GraphAnswer {
        guard let calendar = accounts[call.account].calendars.first(where: { $0.id == id }) else { throw .notFound }
        let words = path.map { Self.function($0.lowercased()) }
        switch words.first {
        case "getschedule" where words.count == 1:
            guard call.method == .post else { throw .notAllowed }
            return try schedule(call)
        case "calendarpermissions": return try permissions(call, id, Array(path.dropFirst()))
        case let word? where word.hasPrefix("allowedcalendarsharingroles("):
            return try sharingRoles(call, path[0], calendar)
        case nil where calendar.share != nil: return try self.calendar(call, id)
        default: break
        }
        if let share = calendar.share { return try answer(call, through: share, path) }
        var call = call
        if call.isElsewhere, call.role == nil {
            call.role = role(in: calendar, call)
            guard let role = call.role, role > .freeBusyRead else { throw .denied }
        }
        if words.isEmpty { return try self.calendar(call, id) }
        if let role = call.role, call.method != .get, role < .write { throw .denied }
        if let answer = try eventAnswer(call, in: id, path, isScoped: isScoped) { return answer }
        throw .badRequest("Resource not found for the segment '\(path.last ?? "")'.")
    }
}
