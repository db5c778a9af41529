import CalendarCore
import Foundation

extension GraphState {
    /// Serves a request, with the faults that strike it, and writes it into the log.
    mutating func serve(_ request: HTTPRequest) throws -> HTTPResponse {
        let effect = faults.strike(request)
        let response = reply(to: request, under: effect)
        log(request, response?.status)
        guard let response else {
            throw CalendarError(.connectionFailed, "The connection was lost.", isOutcomeUnknown: true)
        }
        return response
    }

    /// The answer, or what a fault makes of it; nil when the connection is cut.
    private mutating func reply(to request: HTTPRequest, under effect: SimulatedFault.Effect?) -> HTTPResponse? {
        switch effect {
        case nil: return answer(request)
        case .loseRequest: return nil
        case .answer(let response): return response
        case .status(let status, let reason, let retryAfter): return failure(status, reason, retryAfter: retryAfter)
        case .expireSyncTokens: generation += 1
        case .expireAccessTokens: accessTokens = [:]
        case .loseReply, .statusAfterEffect, .malformedBody, .unknownField, .unknownValue: break
        }
        let response = answer(request)
        guard case .statusAfterEffect(let status)? = effect else { return effect?.reply(response) }
        return failure(status, nil, retryAfter: nil)
    }

    /// A refusal that a fault asks for, with the usual code of its status.
    private mutating func failure(_ status: Int, _ reason: String?, retryAfter: Int?) -> HTTPResponse {
        let codes = [
            401: "InvalidAuthenticationToken", 403: "ErrorAccessDenied", 404: "ErrorItemNotFound",
            410: "syncStateNotFound", 429: "TooManyRequests", 500: "InternalServerError", 502: "BadGateway",
            503: "ServiceUnavailable", 504: "GatewayTimeout",
        ]
        let code = reason ?? codes[status] ?? "BadRequest"
        var result = response(to: GraphFailure(status: status, code: code, message: "The service refuses the request."))
        if let retryAfter { result.headers["Retry-After"] = String(retryAfter) }
        return result
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
        let words = path.map { $0.lowercased() }
        if let answer = try eventAnswer(call, in: id, path, isScoped: isScoped) { return answer }
        switch (call.method, words.joined(separator: "/")) {
        case (.get, ""): return GraphAnswer(body: calendar.json(in: account))
        case (.post, "getschedule"): return try schedule(call)
        case (_, "getschedule"): throw .notAllowed
        default:
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
