import CalendarCore
import Foundation

extension GoogleService {
    /// Answers a request to the Calendar API: what all methods have in common, around the method itself.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - path: The decoded path below `calendar/v3`.
    /// - Returns: The answer with its headers, cut to the fields that were asked for.
    mutating func answerResource(_ request: HTTPRequest, path: [String]) -> HTTPResponse {
        do throws(GoogleRefusal) {
            let call = try call(request, path: path)
            if let alt = call.query["alt"], alt != "json" {
                throw .invalidParameter("alt", "Invalid string value: '\(alt)'. Allowed values: [json]")
            }
            let answer = try conditionally(call, masked(call))
            return Self.finish(answer, call)
        } catch {
            return error.response
        }
    }

    /// Reads a request, with the method that it really means and the query that it was too long for.
    private func call(_ request: HTTPRequest, path: [String]) throws(GoogleRefusal) -> GoogleCall {
        var method = request.method
        var text = request.url.query(percentEncoded: true) ?? ""
        var body = request.body
        if method == .post, let override = request.headers["X-HTTP-Method-Override"] {
            method = HTTPMethod(override)
            // Clients send a query that is too long for an address as a form.
            if method == .get, let form = body {
                text += (text.isEmpty ? "" : "&") + String(decoding: form, as: UTF8.self)
                body = nil
            }
        }
        let query = FormFields(parsing: text)
        var headers = request.headers
        if headers["Authorization"] == nil, let token = query["access_token"] ?? query["oauth_token"] {
            headers["Authorization"] = "Bearer \(token)"
        }
        let bearer = try authenticate(headers)
        return GoogleCall(
            method: method,
            path: path,
            query: query,
            headers: headers,
            body: body,
            account: bearer.account,
            scopes: bearer.access.scopes,
            client: bearer.access.client
        )
    }

    /// Carries out a request that was read, within the quota, and tells who watches what it changed.
    private mutating func perform(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try spend(call)
        try checkInvitations(call)
        let response = try route(call)
        noticeChanges()
        return response
    }

    /// Carries out a request and cuts the answer to the fields asked for; fields that do not exist undo it.
    private mutating func masked(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        guard let text = call.query["fields"], !text.isEmpty else { return try perform(call) }
        let mask = try GoogleFieldMask(text)
        let before = self
        var answer = try perform(call)
        guard answer.status == 200, let document = try? JSONDocument(answer.body) else { return answer }
        let node = JSONNode(document.root)
        if let shape = node["kind"]?.string.flatMap(GoogleShapes.shape) {
            do throws(GoogleRefusal) {
                try mask.check(against: shape)
            } catch {
                self = before
                throw error
            }
        }
        answer.body = (mask.apply(to: node) ?? [:]).data
        return answer
    }

    /// Answers a read with 304 when the caller has this version, and with 412 when it wants another one.
    ///
    /// A collection is judged by the etag in its body.
    private func conditionally(_ call: GoogleCall, _ answer: HTTPResponse) throws(GoogleRefusal) -> HTTPResponse {
        guard call.method == .get, answer.status == 200,
            call.headers["If-None-Match"] != nil || call.headers["If-Match"] != nil,
            let etag = answer.headers["ETag"] ?? Self.etag(of: answer)
        else { return answer }
        guard !call.isUnchanged(etag) else { return HTTPResponse(status: 304, headers: ["ETag": etag]) }
        try call.checkConditions(etag)
        return answer
    }

    private static func etag(of answer: HTTPResponse) -> String? {
        (try? JSONDocument(answer.body)).flatMap { JSONNode($0.root)["etag"]?.string }
    }

    /// Adds the headers about caches, and white space where it is asked for.
    ///
    /// The service prints with white space unless told not to; here it takes the explicit wish.
    private static func finish(_ answer: HTTPResponse, _ call: GoogleCall) -> HTTPResponse {
        var answer = answer
        let isRead = call.method == .get
        answer.headers["Cache-Control"] =
            isRead
            ? "private, max-age=0, must-revalidate, no-transform"
            : "no-cache, no-store, max-age=0, must-revalidate"
        if !isRead { answer.headers["Pragma"] = "no-cache" }
        answer.headers["Vary"] = "Origin, X-Origin, Referer"
        if call.query["prettyPrint"] == "true" { answer.body = GooglePrettyPrint.apply(to: answer.body) }
        return answer
    }
}
