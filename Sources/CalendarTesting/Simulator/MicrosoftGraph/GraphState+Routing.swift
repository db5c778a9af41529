import CalendarCore
import Foundation

extension GraphState {
    /// Answers a request without faults and without the log.
    mutating func answer(_ request: HTTPRequest) -> HTTPResponse {
        let segments = GraphCall.segments(of: request.url)
        if segments.suffix(3).map({ $0.lowercased() }) == ["oauth2", "v2.0", "token"] {
            return token(request, tenant: segments.dropLast(3).last ?? "")
        }
        do throws(GraphFailure) {
            if GraphBatch.isBatch(segments) { return try answerBatch(request) }
            let call = try self.call(request, segments)
            try admit(call)
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
    func call(_ request: HTTPRequest, _ all: [String]) throws(GraphFailure) -> GraphCall {
        let access = try bearer(request)
        guard let account = index(of: access.address) else { throw .unauthenticated }
        var segments = all[...]
        if let root = all.firstIndex(where: { $0.lowercased() == "v1.0" }) { segments = all[(root + 1)...] }
        let isAboutSubscriptions = segments.first?.lowercased() == "subscriptions"
        if segments.first?.lowercased() == "me" {
            segments = segments.dropFirst()
        } else if segments.first?.lowercased() == "users", segments.count > 1 {
            let user = segments.dropFirst().first?.lowercased() ?? ""
            guard user == accounts[account].id || user == accounts[account].address.lowercased() else { throw .denied }
            segments = segments.dropFirst(2)
        } else if !isAboutSubscriptions {
            throw .badRequest("Resource not found for the segment '\(segments.first ?? "")'.")
        }
        guard isAboutSubscriptions || segments.first?.lowercased() != "subscriptions" else {
            throw .badRequest("Resource not found for the segment 'subscriptions'.")
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

    /// The access behind a request's token.
    func bearer(_ request: HTTPRequest) throws(GraphFailure) -> GraphAccess {
        let authorization = request.headers["Authorization"] ?? ""
        guard authorization.lowercased().hasPrefix("bearer "),
            let access = accessTokens[String(authorization.dropFirst(7))], access.expires > now
        else { throw .unauthenticated }
        return access
    }

    private mutating func route(_ call: GraphCall) throws(GraphFailure) -> GraphAnswer {
        let account = accounts[call.account]
        let rest = call.segments.dropFirst()
        switch call.segments.first?.lowercased() {
        case nil: return GraphAnswer(body: user(account))
        case "subscriptions": return try subscriptions(call)
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
