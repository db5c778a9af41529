import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// A simulated Google service with an account, and raw HTTP to talk to it.
struct GoogleDesk {
    static let calendarScope = "https://www.googleapis.com/auth/calendar"
    static let vienna = EventZone("Europe/Vienna")

    let clock = ManualClock()
    let google: GoogleCalendarSimulator
    var token = ""

    /// Ada and Grace at example.com; the token is Ada's.
    init(scopes: String = GoogleDesk.calendarScope) async throws {
        google = GoogleCalendarSimulator(clock: clock, crypto: TransparentCryptoSuite())
        google.addAccount("ada@example.com", name: "Ada", zone: Self.vienna)
        google.addAccount("grace@example.com", name: "Grace", zone: Self.vienna)
        token = try await bearer(for: "ada@example.com", scopes: scopes)
    }

    /// An answer taken apart.
    struct Answer {
        let status: Int
        let body: JSONNode
        let headers: HTTPHeaders

        var reason: String? { body["error"]?["errors"]?[0]["reason"]?.string }
        var items: [JSONNode] { body["items"]?.elements ?? [] }
        var ids: [String] { items.compactMap { $0["id"]?.string } }
        var keys: Set<String> { Set(body.object?.keys ?? []) }
        var etag: String? { body["etag"]?.string }
        var syncToken: String? { body["nextSyncToken"]?.string }
        var pageToken: String? { body["nextPageToken"]?.string }
    }

    func send(
        _ method: HTTPMethod,
        _ url: String,
        body: Data? = nil,
        headers: HTTPHeaders = [:]
    ) async throws -> Answer {
        let address = try #require(URL(string: url))
        let response = try await google.send(
            HTTPRequest(method, address, operation: "test", headers: headers, body: body)
        )
        let node = response.body.isEmpty ? JSONNode.null : JSONNode(try JSONDocument(response.body).root)
        return Answer(status: response.status, body: node, headers: response.headers)
    }

    /// Calls the Calendar API; path segments are encoded already.
    func call(
        _ method: HTTPMethod,
        _ path: String,
        _ query: [(String, String)] = [],
        body: JSONNode? = nil,
        headers: HTTPHeaders = [:],
        token: String? = nil
    ) async throws -> Answer {
        var headers = headers
        headers["Authorization"] = "Bearer \(token ?? self.token)"
        let text = query.isEmpty ? "" : "?" + FormFields(query).encoded
        return try await send(
            method,
            "https://www.googleapis.com/calendar/v3/\(path)\(text)",
            body: body?.data,
            headers: headers
        )
    }

    func list(_ query: [(String, String)] = []) async throws -> Answer {
        try await call(.get, "calendars/primary/events", query)
    }

    func insert(_ body: JSONNode, _ query: [(String, String)] = []) async throws -> Answer {
        try await call(.post, "calendars/primary/events", query, body: body)
    }

    func patch(
        _ id: String,
        _ body: JSONNode,
        _ query: [(String, String)] = [],
        headers: HTTPHeaders = [:],
        token: String? = nil
    ) async throws -> Answer {
        try await call(.patch, "calendars/primary/events/\(id)", query, body: body, headers: headers, token: token)
    }

    /// A resource at 10 o'clock on a day of January 2026, one hour long.
    static func meeting(_ title: String, day: Int = 7, _ more: JSONNode = .object(JSONObject())) -> JSONNode {
        let date = day < 10 ? "2026-01-0\(day)" : "2026-01-\(day)"
        let meeting: JSONNode = [
            "summary": .string(title),
            "start": ["dateTime": .string("\(date)T10:00:00+01:00"), "timeZone": "Europe/Vienna"],
            "end": ["dateTime": .string("\(date)T11:00:00+01:00"), "timeZone": "Europe/Vienna"],
        ]
        return meeting.merging(more)
    }

    static let daily: JSONNode = ["recurrence": ["RRULE:FREQ=DAILY;COUNT=5"]]

    // MARK: - OAuth

    func authorizeURL(
        scopes: String = GoogleDesk.calendarScope,
        changing changes: [String: String] = [:]
    ) throws -> URL {
        var fields: [(String, String)] = [
            ("client_id", google.client.id), ("redirect_uri", google.client.redirectURI), ("response_type", "code"),
            ("scope", scopes), ("state", "s t/1"), ("access_type", "offline"), ("prompt", "consent"),
            ("code_challenge_method", "S256"), ("code_challenge", Self.challenge), ("nonce", "n-1"),
        ]
        for index in fields.indices { fields[index].1 = changes[fields[index].0] ?? fields[index].1 }
        let text = "https://accounts.google.com/o/oauth2/v2/auth?" + FormFields(fields).encoded
        return try #require(URL(string: text))
    }

    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = Base64URL.encode(TransparentCryptoSuite().sha256(Data(verifier.utf8)))

    func code(for address: String, scopes: String = GoogleDesk.calendarScope) throws -> String {
        let callback = try google.consent(to: authorizeURL(scopes: scopes), as: address)
        return try #require(FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"])
    }

    func tokens(_ changes: [String: String]) async throws -> Answer {
        var fields = [
            "client_id": google.client.id, "client_secret": google.client.secret?.reveal() ?? "",
            "redirect_uri": google.client.redirectURI, "grant_type": "authorization_code",
            "code_verifier": Self.verifier,
        ]
        for (name, value) in changes { fields[name] = value }
        let form = FormFields(fields.map { ($0.key, $0.value) }).encoded
        return try await send(.post, "https://oauth2.googleapis.com/token", body: Data(form.utf8))
    }

    func bearer(for address: String, scopes: String = GoogleDesk.calendarScope) async throws -> String {
        let answer = try await tokens(["code": code(for: address, scopes: scopes)])
        return try #require(answer.body["access_token"]?.string)
    }
}
