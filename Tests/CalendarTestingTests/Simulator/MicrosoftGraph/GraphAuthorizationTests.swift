import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: the consent page and the tokens it leads to")
struct GraphAuthorizationTests {
    private static let verifier = GraphDesk.verifier
    private let clock = ManualClock()
    private let graph: MicrosoftGraphSimulator

    init() {
        graph = GraphDesk.service(clock)
        graph.addAccount("eve@outlook.com", name: "Eve", zone: .utc)
    }

    /// The page's address with some parameters changed, or by nil left out.
    private func page(
        tenant: String = "common",
        client: OAuthClient? = nil,
        _ changes: [String: String?] = [:]
    ) throws -> URL {
        let client = client ?? graph.client
        let digest = Base64URL.encode(TransparentCryptoSuite().sha256(Data(Self.verifier.utf8)))
        var fields: [String: String?] = [
            "client_id": client.id, "response_type": "code", "redirect_uri": client.redirectURI,
            "scope": "openid offline_access User.Read Calendars.ReadWrite", "state": "s1", "nonce": "n1",
            "code_challenge": digest, "code_challenge_method": "S256",
        ]
        fields.merge(changes) { $1 }
        let query = FormFields(fields.sorted { $0.key < $1.key }.compactMap { name, value in value.map { (name, $0) } })
        let text = "https://login.microsoftonline.com/\(tenant)/oauth2/v2.0/authorize?" + query.encoded
        return try #require(URL(string: text))
    }

    private func get(_ url: URL) async throws -> HTTPResponse {
        try await graph.send(HTTPRequest(.get, url, operation: "page"))
    }

    private func token(
        _ fields: [(String, String)],
        tenant: String = "common",
        headers: HTTPHeaders = [:]
    ) async throws -> GraphReply {
        let url = try #require(URL(string: "https://login.microsoftonline.com/\(tenant)/oauth2/v2.0/token"))
        let body = Data(FormFields(fields).encoded.utf8)
        let request = HTTPRequest(.post, url, operation: "token", headers: headers, body: body)
        return GraphReply(try await graph.send(request))
    }

    private func redemption(_ callback: URL, _ client: OAuthClient, verifier: String? = Self.verifier) throws
        -> [(String, String)]
    {
        let text = callback.query(percentEncoded: true) ?? callback.fragment(percentEncoded: true) ?? ""
        let code = try #require(FormFields(parsing: text)["code"])
        var fields = [
            ("grant_type", "authorization_code"), ("client_id", client.id), ("code", code),
            ("redirect_uri", client.redirectURI),
        ]
        if let secret = client.secret { fields.append(("client_secret", secret.reveal())) }
        if let verifier { fields.append(("code_verifier", verifier)) }
        return fields
    }

    private func codes(_ reply: GraphReply) -> [JSONNode] { reply.json["error_codes"]?.elements ?? [] }

    @Test(
        "F-02: the page refuses what makes no sense, names it, and does not go back to the host",
        arguments: [
            ("client_id", "nobody", "AADSTS700016"), ("client_id", nil, "AADSTS900144"),
            ("redirect_uri", "https://evil.example/", "AADSTS50011"), ("response_type", "token", "AADSTS700054"),
            ("response_mode", "pigeon", "AADSTS70007"), ("scope", nil, "AADSTS900144"),
            ("scope", "https://outlook.office.com/Mail.Read User.Read", "AADSTS28003"),
            ("prompt", "maybe", "AADSTS90023"), ("code_challenge", "short", "AADSTS501491"),
            ("code_challenge_method", "plain", "AADSTS501491"), ("claims", "[]", "AADSTS90014"),
        ] as [(String, String?, String)]
    )
    func pageErrors(name: String, value: String?, reason: String) async throws {
        let url = try page([name: value])

        let error = #expect(throws: CalendarError.self) { try graph.consent(to: url, as: GraphDesk.nora) }
        let shown = try await get(url)

        #expect(error?.reason == reason)
        #expect(shown.status == 400 && shown.headers["Location"] == nil)
        #expect(String(decoding: shown.body, as: UTF8.self).contains(reason))
    }

    @Test("F-02: over HTTP the account that as= or login_hint= names agrees at once, or refuses")
    func browser() async throws {
        let agreed = try await get(try page(["login_hint": GraphDesk.nora]))
        let named = try await get(try page(["as": GraphDesk.omar, "granting": "User.Read"]))
        let refused = try await get(try page(["refuse": "true"]))
        let nobody = try await get(try page())

        #expect([agreed.status, named.status, refused.status, nobody.status] == [302, 302, 302, 400] as [Int])
        let callback = try #require(agreed.headers["Location"].flatMap { URL(string: $0) })
        #expect(callback.absoluteString.hasPrefix(graph.client.redirectURI + "?code="))
        let reply = try await token(try redemption(callback, graph.client))
        #expect(reply.json["scope"]?.string == "openid User.Read Calendars.ReadWrite")
        let narrow = try #require(named.headers["Location"].flatMap { URL(string: $0) })
        #expect(try await token(try redemption(narrow, graph.client)).json["scope"]?.string == "openid User.Read")
        let fields = FormFields(parsing: refused.headers["Location"]?.split(separator: "?").last.map(String.init) ?? "")
        #expect(fields["error"] == "access_denied" && fields["state"] == "s1")
    }

    @Test(
        "F-02: .default stands for the registered permissions, whose names may have the resource in front",
        arguments: [
            ("openid https://graph.microsoft.com/.default", 5), ("https://graph.microsoft.us/Calendars.Read", 1),
        ]
    )
    func defaultScope(scope: String, count: Int) async throws {
        let callback = try graph.consent(to: try page(["scope": scope]), as: GraphDesk.nora)

        let granted = try await token(try redemption(callback, graph.client)).json["scope"]?.string ?? ""

        #expect(granted.split(separator: " ").count == count && granted.contains("Calendars.Read"))
    }

    @Test("F-02: an answer travels in the query, in the fragment or in a form that the browser posts")
    func modes() async throws {
        let fragment = try graph.consent(to: try page(["response_mode": "fragment"]), as: GraphDesk.nora)
        let form = try await get(try page(["response_mode": "form_post", "login_hint": GraphDesk.nora]))

        #expect(fragment.query() == nil && fragment.fragment()?.contains("code=") == true)
        #expect(try await token(try redemption(fragment, graph.client)).status == 200)
        let html = String(decoding: form.body, as: UTF8.self)
        #expect(form.status == 200 && html.contains(#"method="POST""#) && html.contains(#"name="code""#))
        #expect(throws: CalendarError.self) {
            try graph.consent(to: try page(["response_mode": "form_post"]), as: GraphDesk.nora)
        }
    }

    @Test("F-02: without a challenge no verifier is needed, and with one only its own fits")
    func challenge() async throws {
        let bare = try graph.consent(
            to: try page(["code_challenge": nil, "code_challenge_method": nil]),
            as: GraphDesk.nora
        )
        let proved = try graph.consent(to: try page(), as: GraphDesk.nora)

        #expect(try await token(try redemption(bare, graph.client, verifier: nil)).status == 200)
        #expect(codes(try await token(try redemption(proved, graph.client, verifier: nil))) == [501_481])
        #expect(try await token(try redemption(proved, graph.client)).status == 200)
        #expect(codes(try await token(try redemption(proved, graph.client))) == [54005])
    }

    @Test("F-02: prompt=none answers only for somebody who is signed in and has consented")
    func promptNone() throws {
        func error(_ changes: [String: String?] = [:]) throws -> String? {
            let url = try page(["prompt": "none"].merging(changes) { $1 })
            let callback = try graph.consent(to: url, as: GraphDesk.nora)
            return FormFields(parsing: callback.query(percentEncoded: true) ?? "")["error"]
        }

        #expect(try error() == "login_required")
        _ = try graph.consent(to: try page(), as: GraphDesk.nora)
        #expect(try error() == nil)
        #expect(try error(["scope": "openid Mail.Read"]) == "consent_required")
        graph.revoke(GraphDesk.nora)
        #expect(try error() == "login_required")
    }

    @Test(
        "F-02: which accounts a path admits",
        arguments: [
            ("common", GraphDesk.nora, nil), ("organizations", GraphDesk.nora, nil),
            ("example.com", GraphDesk.nora, nil),
            ("consumers", GraphDesk.nora, "AADSTS500208"), ("common", "eve@outlook.com", nil),
            ("consumers", "eve@outlook.com", nil), ("organizations", "eve@outlook.com", "AADSTS50020"),
            ("example.com", "eve@outlook.com", "AADSTS50020"), ("nowhere.example", GraphDesk.nora, "AADSTS90002"),
            ("common", "nobody@example.com", "AADSTS50034"),
        ] as [(String, String, String?)]
    )
    func tenants(tenant: String, address: String, reason: String?) async throws {
        let url = try page(tenant: tenant)

        if let reason {
            let error = #expect(throws: CalendarError.self) { try graph.consent(to: url, as: address) }
            #expect(error?.reason == reason)
        } else {
            let callback = try graph.consent(to: url, as: address)
            let reply = try await token(try redemption(callback, graph.client), tenant: tenant)
            let claims = try IDTokenClaims(tokenFromEndpoint: Secret(reply.json["id_token"]?.string ?? ""))
            let isPersonal = address.hasSuffix("outlook.com")
            let directory = isPersonal ? "9188040d-6c67-4c5b-b112-36a304b66dad" : graph.directory
            #expect(claims["tid"] == directory)
            #expect(claims["iss"] == "https://login.microsoftonline.com/\(directory)/v2.0")
        }
    }

    @Test("F-02: an application of one directory is refused at common, and an unknown one everywhere")
    func audiences() async throws {
        let single = OAuthClient(id: "single", secret: Secret("s"), redirectURI: "https://host.example.com/single")
        graph.register(single, audience: .oneDirectory)
        let form = [("grant_type", "refresh_token"), ("client_id", "single"), ("client_secret", "s")]

        let error = #expect(throws: CalendarError.self) {
            try graph.consent(to: try page(client: single), as: GraphDesk.nora)
        }
        let atCommon = try await token(form)
        let unknown = try await token([("grant_type", "refresh_token"), ("client_id", "nobody")])

        #expect(error?.reason == "AADSTS50194")
        #expect(atCommon.json["error"]?.string == "invalid_request" && codes(atCommon) == [50194])
        #expect(unknown.json["error"]?.string == "unauthorized_client" && codes(unknown) == [700_016])
        let own = try page(tenant: graph.directory, client: single)
        #expect(try graph.consent(to: own, as: GraphDesk.nora).query()?.contains("code=") == true)
    }

    @Test("F-02: a public client sends no secret, a confidential one must")
    func secrets() async throws {
        let native = OAuthClient(id: "native", secret: nil, redirectURI: "http://127.0.0.1/callback")
        graph.register(native)
        let ported = OAuthClient(id: "native", secret: nil, redirectURI: "http://127.0.0.1:4711/callback")
        let callback = try graph.consent(to: try page(client: ported), as: GraphDesk.nora)
        let fields = try redemption(callback, ported)

        let withSecret = try await token(fields + [("client_secret", "x")])
        let without = try await token(fields)
        let confidential = try await token([("grant_type", "refresh_token"), ("client_id", graph.client.id)])

        #expect(withSecret.status == 401 && codes(withSecret) == [700_025])
        #expect(without.status == 200)
        #expect(confidential.status == 401 && codes(confidential) == [7_000_218])
    }

    @Test("F-02: a single-page application redeems with an origin, and its refresh tokens end after a day")
    func singlePage() async throws {
        let client = OAuthClient(id: "page", secret: nil, redirectURI: "https://host.example.com/page")
        graph.register(client, isSinglePage: true)
        let callback = try graph.consent(to: try page(client: client), as: GraphDesk.nora)
        let origin: HTTPHeaders = ["Origin": "https://host.example.com"]

        let bare = try await token(try redemption(callback, client))
        let reply = try await token(try redemption(callback, client), headers: origin)
        clock.advance(by: 43_200)
        let refresh = [("grant_type", "refresh_token"), ("client_id", "page")]
        let first = try #require(reply.json["refresh_token"]?.string)
        let next = try await token(refresh + [("refresh_token", first)], headers: origin)
        clock.advance(by: 43_201)
        let second = try #require(next.json["refresh_token"]?.string)
        let late = try await token(refresh + [("refresh_token", second)], headers: origin)

        #expect(codes(bare) == [9_002_327])
        #expect(reply.status == 200 && next.status == 200)
        #expect(codes(late) == [700_084])
        let web = try graph.consent(to: try page(), as: GraphDesk.nora)
        #expect(codes(try await token(try redemption(web, graph.client), headers: origin)) == [9_002_326])
    }

    @Test("F-02: a refresh token rests for ninety days, and each use gives a new one with a life of its own")
    func rest() async throws {
        let callback = try graph.consent(to: try page(), as: GraphDesk.nora)
        let first = try await token(try redemption(callback, graph.client))
        let life = try #require(first.json["expires_in"]?.int)
        clock.advance(by: 89 * 86_400)
        let second = try await GraphDesk.refresh(graph, try #require(first.json["refresh_token"]?.string))
        clock.advance(by: 2 * 86_400)

        let old = try await GraphDesk.refresh(graph, try #require(first.json["refresh_token"]?.string))
        let new = try await GraphDesk.refresh(graph, try #require(second.json["refresh_token"]?.string))

        #expect((3600..<5400).contains(life))
        #expect(codes(old) == [700_082] && new.status == 200)
    }

    @Test("F-02: a stranger gets an account where strangers are welcome, and clients nobody knows refresh")
    func strangers() async throws {
        let url = try page()
        #expect(throws: CalendarError.self) { try graph.consent(to: url, as: "new@example.com") }
        graph.welcomesStrangers = true

        let callback = try graph.consent(to: url, as: "new@example.com")
        let reply = try await token(try redemption(callback, graph.client))
        let refresh = try #require(reply.json["refresh_token"]?.string)
        let other = try await token([
            ("grant_type", "refresh_token"), ("client_id", "nobody"), ("refresh_token", refresh),
        ])

        #expect(reply.status == 200 && other.status == 200)
    }

    @Test("F-02: issued tokens open the mailbox and refresh, and the discovery document leads to the endpoints")
    func issued() async throws {
        graph.publicRoot = URL(string: "http://127.0.0.1:8080/")
        let tokens = try graph.issueTokens(for: GraphDesk.nora)
        let url = try #require(URL(string: "http://127.0.0.1:8080/common/v2.0/.well-known/openid-configuration"))

        let document = GraphReply(try await get(url)).json
        let refreshed = try await GraphDesk.refresh(graph, tokens.refreshToken.reveal())

        #expect(document["token_endpoint"]?.string == "http://127.0.0.1:8080/common/oauth2/v2.0/token")
        #expect(document["issuer"]?.string == "http://127.0.0.1:8080/{tenantid}/v2.0")
        #expect(refreshed.status == 200)
        let claims = try IDTokenClaims(tokenFromEndpoint: Secret(refreshed.json["id_token"]?.string ?? ""))
        #expect(claims["iss"] == "http://127.0.0.1:8080/\(graph.directory)/v2.0")
        #expect(throws: CalendarError.self) { try graph.issueTokens(for: "nobody@example.com") }
    }

    @Test("F-02: a user revokes the own sessions by a call, and refreshes end")
    func revocation() async throws {
        let tokens = try graph.issueTokens(
            for: GraphDesk.nora,
            scopes: ["User.Read", "User.RevokeSessions.All", "offline_access"]
        )
        let url = try #require(URL(string: "https://graph.microsoft.com/v1.0/me/revokeSignInSessions"))
        let headers: HTTPHeaders = ["Authorization": "Bearer " + tokens.accessToken.reveal()]

        let reply = GraphReply(try await graph.send(HTTPRequest(.post, url, operation: "revoke", headers: headers)))
        let refresh = try await GraphDesk.refresh(graph, tokens.refreshToken.reveal())

        #expect(reply.status == 200 && reply.json["value"]?.bool == true)
        #expect(codes(refresh) == [50173])
    }
}
