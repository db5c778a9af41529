import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: refusals of the sign-in service")
struct GraphRefusalTests {
    private let clock = ManualClock()
    private let graph: MicrosoftGraphSimulator

    init() {
        graph = GraphDesk.service(clock)
    }

    /// What the reference says of the classes: number, `error`, status.
    private static let rows: [(Int, String, Int)] = [
        (50173, "invalid_grant", 400), (700_082, "invalid_grant", 400), (700_084, "invalid_grant", 400),
        (70043, "invalid_grant", 400), (54005, "invalid_grant", 400), (50076, "interaction_required", 400),
        (50079, "interaction_required", 400), (53003, "invalid_grant", 400), (65001, "invalid_grant", 400),
        (90094, "invalid_grant", 400), (50105, "invalid_grant", 400), (50020, "invalid_grant", 400),
        (50057, "invalid_grant", 400), (7_000_215, "invalid_client", 401), (7_000_222, "invalid_client", 401),
        (700_027, "invalid_client", 401), (700_016, "unauthorized_client", 400), (50194, "invalid_request", 400),
        (9_001_023, "invalid_request", 400), (70011, "invalid_scope", 400), (900_144, "invalid_request", 400),
        (90033, "temporarily_unavailable", 503), (90055, "temporarily_unavailable", 503),
    ]

    @Test("F-02: the token endpoint refuses by the number that is set, in the service's own shape", arguments: rows)
    func shape(number: Int, error: String, status: Int) async throws {
        let tokens = try graph.issueTokens(for: GraphDesk.nora)
        graph.signInRefusal = MicrosoftSignInRefusal(number)

        let reply = try await GraphDesk.refresh(graph, tokens.refreshToken.reveal())

        #expect(reply.status == status && reply.json["error"]?.string == error)
        #expect(reply.json["error_codes"]?.elements == [.int(number)])
        #expect(reply.json["error_description"]?.string?.hasPrefix("AADSTS\(number): ") == true)
        let stamp = try #require(reply.json["timestamp"]?.string)
        #expect(stamp.wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/) != nil)
        for name in ["trace_id", "correlation_id"] {
            #expect(reply.json[name]?.string.flatMap { UUID(uuidString: $0) } != nil)
        }
        graph.signInRefusal = nil
        #expect(try await GraphDesk.refresh(graph, tokens.refreshToken.reveal()).status == 200)
    }

    @Test("F-02: a further step of signing in brings a suberror and the claims to ask for")
    func claims() async throws {
        let claims = #"{"access_token":{"capolids":{"essential":true,"values":["x"]}}}"#
        let tokens = try graph.issueTokens(for: GraphDesk.nora)
        graph.signInRefusal = MicrosoftSignInRefusal(50076, claims: claims)

        let reply = try await GraphDesk.refresh(graph, tokens.refreshToken.reveal())

        #expect(reply.json["suberror"]?.string == "basic_action" && reply.json["claims"]?.string == claims)
        #expect(MicrosoftSignInRefusal(65001)?.suberror == "consent_required")
        #expect(MicrosoftSignInRefusal(1) == nil)
    }

    private func callback(_ url: URL) throws -> FormFields {
        FormFields(parsing: try graph.consent(to: url, as: GraphDesk.nora).query(percentEncoded: true) ?? "")
    }

    @Test("F-02: people meet some refusals on the page, and the host others on the callback")
    func page() throws {
        let url = try GraphDesk.authorizeURL(graph, scope: "User.Read")

        graph.signInRefusal = MicrosoftSignInRefusal(50105)
        let shown = #expect(throws: CalendarError.self) { try graph.consent(to: url, as: GraphDesk.nora) }
        graph.signInRefusal = MicrosoftSignInRefusal(90033)
        let sent = try callback(url)
        graph.signInRefusal = MicrosoftSignInRefusal(50173)
        let passed = try callback(url)

        #expect(shown?.reason == "AADSTS50105")
        #expect(sent["error"] == "temporarily_unavailable" && sent["state"] == "st ate")
        #expect(passed["code"] != nil)
    }
}

@Suite("Graph simulator: claims challenges")
struct GraphClaimsTests {
    private static let capability = #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
    private static let demand = #"{"access_token":{"nbf":{"essential":true,"value":"1772400000"}}}"#
    private let graph = GraphDesk.service(ManualClock())

    private func me(_ token: String) async throws -> HTTPResponse {
        let url = try #require(URL(string: "https://graph.microsoft.com/v1.0/me"))
        let headers: HTTPHeaders = ["Authorization": "Bearer " + token]
        return try await graph.send(HTTPRequest(.get, url, operation: "me", headers: headers))
    }

    private func refresh(_ token: String, claims: String?) async throws -> GraphReply {
        var fields = [("grant_type", "refresh_token"), ("refresh_token", token)]
        if let claims { fields.append(("claims", claims)) }
        return try await GraphDesk.tokenRequest(graph, fields)
    }

    private static let merged =
        #"{"access_token":{"xms_cc":{"values":["cp1"]},"nbf":{"essential":true,"value":"1772400000"}}}"#

    @Test("F-02: a token of a client that answers challenges lives long and is challenged until it has the claims")
    func challenge() async throws {
        let tokens = try graph.issueTokens(for: GraphDesk.nora)
        let capable = try await refresh(tokens.refreshToken.reveal(), claims: Self.capability)
        let token = try #require(capable.json["access_token"]?.string)
        graph.demandClaims(Self.demand, of: GraphDesk.nora)

        let refused = try await me(token)
        let plain = try await me(tokens.accessToken.reveal())
        let better = try await refresh(tokens.refreshToken.reveal(), claims: Self.merged)
        let accepted = try await me(try #require(better.json["access_token"]?.string))
        graph.demandClaims(nil, of: GraphDesk.nora)

        #expect((capable.json["expires_in"]?.int ?? 0) >= 86_400)
        let header = try #require(refused.headers["WWW-Authenticate"])
        #expect(refused.status == 401 && header.contains(#"error="insufficient_claims""#))
        #expect(header.contains(#"claims="\#(Data(Self.demand.utf8).base64EncodedString())""#))
        #expect([plain.status, accepted.status] == [200, 200] as [Int])
        #expect(try await me(token).status == 200)
    }

    @Test("F-02: where a refresh is not enough it fails with the claims, and a sign-in that asks for them helps")
    func signIn() async throws {
        let tokens = try graph.issueTokens(for: GraphDesk.nora)
        graph.demandClaims(Self.demand, of: GraphDesk.nora, isRefreshEnough: false)

        let failed = try await refresh(tokens.refreshToken.reveal(), claims: Self.merged)
        let page = try GraphDesk.authorizeURL(graph, scope: "openid offline_access User.Read").absoluteString
        let claims = FormFields([("claims", Self.merged)]).encoded
        let callback = try graph.consent(to: try #require(URL(string: page + "&" + claims)), as: GraphDesk.nora)
        let grant = try await GraphDesk.redeem(graph, code: try GraphDesk.code(callback))
        let again = try await refresh(try #require(grant.json["refresh_token"]?.string), claims: Self.merged)

        #expect(failed.json["error"]?.string == "interaction_required")
        #expect(failed.json["claims"]?.string == Self.demand)
        #expect(try await me(try #require(grant.json["access_token"]?.string)).status == 200)
        #expect(again.status == 200)
    }
}
