import CalendarCore
import CalendarTesting
import Foundation
import Testing
import TrafficSchemas

/// A simulator with two accounts, and Nora's access token: what the tests write raw requests with.
struct GraphDesk {
    static let nora = "nora@example.com"
    static let omar = "omar@example.com"
    static let immutable = #"IdType="ImmutableId""#

    let graph: MicrosoftGraphSimulator
    let clock: ManualClock
    let token: String
    /// Whether the service answers nonsense on purpose, so that its answers are not checked.
    var isBroken = false

    init(
        scope: String = "openid offline_access User.Read Calendars.ReadWrite",
        clock: ManualClock = ManualClock(),
        receivers: (any HTTPTransport)? = nil
    ) async throws {
        self.clock = clock
        graph = Self.service(clock, receivers: receivers)
        let grant = try await Self.signIn(graph, scope: scope)
        token = try #require(grant.json["access_token"]?.string)
    }

    static func service(_ clock: ManualClock, receivers: (any HTTPTransport)? = nil) -> MicrosoftGraphSimulator {
        let graph = MicrosoftGraphSimulator(clock: clock, crypto: TransparentCryptoSuite(), receivers: receivers)
        graph.addAccount(nora, name: "Nora Lind", zone: EventZone("Europe/Berlin"))
        graph.addAccount(omar, name: "Omar Said", zone: EventZone("America/New_York"))
        return graph
    }

    /// The address of the consent page with a challenge for `verifier`.
    static func authorizeURL(
        _ graph: MicrosoftGraphSimulator,
        scope: String,
        method: String = "S256"
    ) throws -> URL {
        let digest = TransparentCryptoSuite().sha256(Data(verifier.utf8))
        let query = FormFields([
            ("client_id", graph.client.id), ("response_type", "code"), ("redirect_uri", graph.client.redirectURI),
            ("scope", scope), ("state", "st ate"), ("nonce", "n-1"), ("code_challenge", Base64URL.encode(digest)),
            ("code_challenge_method", method),
        ])
        return try #require(
            URL(string: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?" + query.encoded)
        )
    }

    static let verifier = "a-verifier-of-at-least-forty-three-characters-in-all"

    /// The code on a callback.
    static func code(_ callback: URL) throws -> String {
        try #require(FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"])
    }

    static func signIn(
        _ graph: MicrosoftGraphSimulator,
        scope: String,
        granting: Set<String>? = nil
    ) async throws -> GraphReply {
        let page = try authorizeURL(graph, scope: scope)
        let callback = try graph.consent(to: page, as: nora, granting: granting)
        return try await redeem(graph, code: try code(callback))
    }

    static func redeem(
        _ graph: MicrosoftGraphSimulator,
        code: String,
        verifier: String = verifier
    ) async throws -> GraphReply {
        try await tokenRequest(
            graph,
            [
                ("grant_type", "authorization_code"), ("code", code), ("code_verifier", verifier),
                ("redirect_uri", graph.client.redirectURI),
            ]
        )
    }

    static func refresh(_ graph: MicrosoftGraphSimulator, _ token: String, scope: String? = nil) async throws
        -> GraphReply
    {
        var fields = [("grant_type", "refresh_token"), ("refresh_token", token)]
        if let scope { fields.append(("scope", scope)) }
        return try await tokenRequest(graph, fields)
    }

    static func tokenRequest(
        _ graph: MicrosoftGraphSimulator,
        _ fields: [(String, String)],
        secret: String? = nil
    ) async throws -> GraphReply {
        let own = [
            ("client_id", graph.client.id), ("client_secret", secret ?? graph.client.secret?.reveal() ?? ""),
        ]
        let url = try #require(URL(string: "https://login.microsoftonline.com/common/oauth2/v2.0/token"))
        let body = Data(FormFields(own + fields).encoded.utf8)
        return GraphReply(try await graph.send(HTTPRequest(.post, url, operation: "token", body: body)))
    }

    /// Sends a request below `/v1.0`, or to a whole address.
    func call(
        _ method: HTTPMethod,
        _ path: String,
        _ body: JSONNode? = nil,
        prefer: String? = nil,
        ifMatch: String? = nil
    ) async throws -> GraphReply {
        let text = path.hasPrefix("http") ? path : "https://graph.microsoft.com/v1.0" + path
        let url = try #require(URL(string: text))
        var headers: HTTPHeaders = ["Authorization": "Bearer " + token]
        headers["Prefer"] = prefer
        headers["If-Match"] = ifMatch
        let request = HTTPRequest(method, url, operation: "test", headers: headers, body: body?.data)
        let schema = isBroken ? nil : SharedDescriptions.microsoft
        let checked = ValidatingTransport(graph, schema: schema, checksRequests: false) { Issue.record("\($0)") }
        return GraphReply(try await checked.send(request))
    }

    /// Creates an event and gives its answer.
    func create(_ changes: JSONNode = [:]) async throws -> GraphReply {
        var body: JSONNode = [
            "subject": "Planning",
            "start": ["dateTime": "2026-03-03T09:00:00", "timeZone": "W. Europe Standard Time"],
            "end": ["dateTime": "2026-03-03T09:30:00", "timeZone": "W. Europe Standard Time"],
        ]
        for member in changes.object?.members ?? [] { body[member.key] = member.value }
        return try await call(.post, "/me/events", body)
    }

    /// The weekly series of Tuesdays at nine in Berlin that starts on 3 March 2026.
    static func weekly(count: Int) -> JSONNode {
        [
            "pattern": ["type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]],
            "range": ["type": "numbered", "startDate": "2026-03-03", "numberOfOccurrences": .int(count)],
        ]
    }

    static func attendees(_ addresses: String...) -> JSONNode {
        .array(addresses.map { ["emailAddress": ["address": .string($0)], "type": "required"] })
    }

    /// The address of the default calendar's view.
    func view(_ from: String = "2026-03-01", _ to: String = "2026-04-30", delta: Bool = false) -> String {
        let name = delta ? "calendarView/delta" : "calendarView"
        return "/me/calendar/\(name)?startDateTime=\(from)T00:00:00Z&endDateTime=\(to)T00:00:00Z"
    }

    /// Follows a feed to its end, and gives its items and the link for the next round.
    func round(_ link: String, prefer: String? = nil) async throws -> (items: [JSONNode], pages: Int, next: String) {
        var items: [JSONNode] = []
        var pages = 0
        var link = link
        while true {
            let reply = try await call(.get, link, prefer: prefer)
            items += reply.json["value"]?.elements ?? []
            pages += 1
            if let end = reply.json["@odata.deltaLink"]?.string { return (items, pages, end) }
            link = try #require(reply.json["@odata.nextLink"]?.string)
        }
    }

    func path(_ id: String) -> String { "/me/events/" + PercentEncoding.encode(id) }
}

/// An answer with its body read.
struct GraphReply {
    let status: Int
    let headers: HTTPHeaders
    let json: JSONNode

    init(_ response: HTTPResponse) {
        status = response.status
        headers = response.headers
        json = (try? JSONNode([UInt8](response.body))) ?? .null
    }

    var id: String { json["id"]?.string ?? "" }
    var etag: String? { json["@odata.etag"]?.string }
    var code: String? { json["error"]?["code"]?.string }
    var values: [JSONNode] { json["value"]?.elements ?? [] }
}
