import CalendarCore
import Foundation

extension GraphState {
    /// Serves a request, with the faults that strike it, and writes it into the log.
    mutating func serve(_ request: HTTPRequest) throws -> HTTPResponse {
        let lost = CalendarError(.connectionFailed, "The connection was lost.", isOutcomeUnknown: true)
        switch faults.strike(request) {
        case .loseRequest:
            log(request, nil)
            throw lost
        case .loseReply:
            _ = answer(request)
            log(request, nil)
            throw lost
        case .answer(let response):
            log(request, response.status)
            return response
        case nil:
            let response = answer(request)
            log(request, response.status)
            return response
        }
    }

    private mutating func log(_ request: HTTPRequest, _ status: Int?) {
        let path = request.url.path(percentEncoded: false)
        requests.append(SimulatedRequest(method: request.method, path: path, status: status))
    }

    private mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        let segments = GraphCall.segments(of: request.url)
        if segments.suffix(3).map({ $0.lowercased() }) == ["oauth2", "v2.0", "token"] {
            return token(request, tenant: segments.dropLast(3).last ?? "")
        }
        do throws(GraphFailure) {
            let call = try self.call(request, segments)
            return response(try route(call), to: call)
        } catch {
            return response(to: error)
        }
    }

    private mutating func response(_ answer: GraphAnswer, to call: GraphCall) -> HTTPResponse {
        var headers: HTTPHeaders = ["request-id": identifiers.guid()]
        let applied = answer.applied + call.preferences.applied
        if !applied.isEmpty { headers["Preference-Applied"] = applied.joined(separator: ", ") }
        guard let body = answer.body else { return HTTPResponse(status: answer.status, headers: headers) }
        headers["Content-Type"] = "application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8"
        return HTTPResponse(status: answer.status, headers: headers, body: body.data)
    }

    /// Checks the token and takes the request apart.
    private func call(_ request: HTTPRequest, _ all: [String]) throws(GraphFailure) -> GraphCall {
        let authorization = request.headers["Authorization"] ?? ""
        guard authorization.lowercased().hasPrefix("bearer "),
            let access = accessTokens[String(authorization.dropFirst(7))],
            access.expires > now, let account = index(of: access.address)
        else { throw .unauthenticated }
        var segments = all[...]
        if let root = all.firstIndex(where: { $0.lowercased() == "v1.0" }) { segments = all[(root + 1)...] }
        if segments.first?.lowercased() == "me" {
            segments = segments.dropFirst()
        } else if segments.first?.lowercased() == "users", segments.count > 1 {
            let user = segments.dropFirst().first?.lowercased() ?? ""
            guard user == accounts[account].id || user == accounts[account].address.lowercased() else { throw .denied }
            segments = segments.dropFirst(2)
        } else {
            throw .badRequest("Resource not found for the segment '\(segments.first ?? "")'.")
        }
        try access.check(request.method, Array(segments))
        return GraphCall(
            method: request.method,
            segments: Array(segments),
            query: FormFields(parsing: request.url.query(percentEncoded: true) ?? ""),
            preferences: try GraphPreferences(request.headers["Prefer"]),
            ifMatch: request.headers["If-Match"],
            body: request.body,
            link: request.url.absoluteString.split(separator: "?", maxSplits: 1).first.map { String($0) } ?? "",
            account: account
        )
    }

    private mutating func route(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        let account = accounts[call.account]
        let rest = call.segments.dropFirst()
        switch call.segments.first?.lowercased() {
        case nil: return GraphAnswer(body: user(account))
        case "mailboxsettings" where rest.isEmpty: return GraphAnswer(body: mailboxSettings(account))
        case "calendars":
            guard let id = rest.first else {
                guard call.method == .get else { throw .notAllowed }
                return try page(account.calendars.map { $0.json(in: account) }, call, type: "calendars")
            }
            return try route(call, in: id, Array(rest.dropFirst()), isScoped: true)
        case "calendar": return try route(call, in: account.primary, Array(rest), isScoped: true)
        default: return try route(call, in: account.primary, call.segments, isScoped: false)
        }
    }

    private mutating func route(
        _ call: GraphCall,
        in id: String,
        _ path: [String],
        isScoped: Bool
    ) throws(GraphFailure) -> GraphAnswer {
        let account = accounts[call.account]
        guard let calendar = account.calendars.first(where: { $0.id == id }) else { throw .notFound }
        if call.method != .get, path.first?.lowercased() == "events", calendar.access < .write { throw .denied }
        let words = path.enumerated().map { $0.offset == 1 && $0.element.count > 8 ? "{id}" : $0.element.lowercased() }
        switch (call.method, words.joined(separator: "/")) {
        case (.get, ""): return GraphAnswer(body: calendar.json(in: account))
        case (.get, "events"): return try events(call, in: id)
        case (.post, "events"): return try create(call, in: id)
        case (.get, "events/{id}"): return try event(call, path[1], in: isScoped ? id : nil)
        case (.patch, "events/{id}"): return try update(call, path[1], in: isScoped ? id : nil)
        case (.delete, "events/{id}"): return try delete(call, path[1], in: isScoped ? id : nil)
        case (.get, "events/{id}/instances"): return try instances(call, path[1], in: isScoped ? id : nil)
        case (.get, "calendarview"): return try view(call, in: id)
        case (.get, "calendarview/delta"): return try delta(call, in: id)
        case (.post, "getschedule"): return try schedule(call)
        case (_, "events"), (_, "events/{id}"), (_, "calendarview"), (_, "getschedule"): throw .notAllowed
        default:
            if words.first == "events", words.count == 2 { throw .malformedID }
            throw .badRequest("Resource not found for the segment '\(path.last ?? "")'.")
        }
    }

    private func user(_ account: GraphAccount) -> JSONNode {
        [
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity",
            "displayName": .string(account.name), "mail": .string(account.address),
            "userPrincipalName": .string(account.address), "id": .string(account.id),
        ]
    }

    private func mailboxSettings(_ account: GraphAccount) -> JSONNode {
        let zone = GraphTime.name(of: account.zone)
        return ["timeZone": .string(zone), "workingHours": Self.workingHours(zone)]
    }

    static func workingHours(_ zone: String) -> JSONNode {
        [
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000", "timeZone": ["name": .string(zone)],
        ]
    }
}
