import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: sign-in")
struct GraphSignInTests {
    static let scope = "openid profile offline_access User.Read Calendars.ReadWrite"

    @Test("a callback carries code, state and session state")
    func callback() throws {
        let graph = GraphDesk.service(ManualClock())
        let page = try GraphDesk.authorizeURL(graph, scope: Self.scope)

        let url = try graph.consent(to: page, as: GraphDesk.nora)

        let fields = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        #expect(fields.pairs.map(\.name) == ["code", "state", "session_state"])
        #expect(fields["state"] == "st ate")
        #expect(url.absoluteString.hasPrefix(graph.client.redirectURI))
    }

    @Test("a refusal comes back as access_denied with the state")
    func refusal() throws {
        let graph = GraphDesk.service(ManualClock())

        let url = graph.refuse(try GraphDesk.authorizeURL(graph, scope: Self.scope))

        let fields = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        #expect(fields["error"] == "access_denied")
        #expect(fields["state"] == "st ate")
    }

    @Test("a consent page without a challenge of method S256 goes nowhere")
    func plainChallenge() throws {
        let graph = GraphDesk.service(ManualClock())
        let page = try GraphDesk.authorizeURL(graph, scope: Self.scope, method: "plain")

        #expect(throws: CalendarError.self) { try graph.consent(to: page, as: GraphDesk.nora) }
    }

    @Test("the granted scopes never name offline_access, although there is a refresh token")
    func scopes() async throws {
        let graph = GraphDesk.service(ManualClock())

        let reply = try await GraphDesk.signIn(graph, scope: Self.scope)

        #expect(reply.json["scope"]?.string == "openid profile User.Read Calendars.ReadWrite")
        #expect(reply.json["refresh_token"]?.string != nil)
    }

    @Test("without offline_access there is no refresh token, without openid no id token")
    func withoutOffline() async throws {
        let graph = GraphDesk.service(ManualClock())

        let reply = try await GraphDesk.signIn(graph, scope: "Calendars.Read")

        #expect(reply.status == 200)
        #expect(reply.json["refresh_token"] == nil)
        #expect(reply.json["id_token"] == nil)
    }

    @Test("a permission that was not granted is missing from the scopes and refused by the API")
    func partialGrant() async throws {
        let graph = GraphDesk.service(ManualClock())
        let reply = try await GraphDesk.signIn(graph, scope: Self.scope, granting: ["User.Read"])
        let token = try #require(reply.json["access_token"]?.string)
        let url = try #require(URL(string: "https://graph.microsoft.com/v1.0/me/calendars"))

        let answer = try await graph.send(
            HTTPRequest(.get, url, operation: "test", headers: ["Authorization": "Bearer " + token])
        )

        #expect(reply.json["scope"]?.string == "openid profile User.Read")
        #expect(GraphReply(answer).code == "ErrorAccessDenied")
    }

    @Test("the id token names issuer, audience, person, tenant and nonce")
    func identity() async throws {
        let clock = ManualClock()
        let graph = GraphDesk.service(clock)

        let reply = try await GraphDesk.signIn(graph, scope: Self.scope)

        let parts = try #require(reply.json["id_token"]?.string).split(separator: ".")
        let payload = try #require(parts.dropFirst().first)
        let data = try #require(Base64URL.decode(String(payload)))
        let claims = try JSONNode([UInt8](data))
        let tenant = try #require(claims["tid"]?.string)
        #expect(parts.count == 3)
        #expect(claims["iss"]?.string == "https://login.microsoftonline.com/\(tenant)/v2.0")
        #expect(claims["aud"]?.string == graph.client.id)
        #expect(claims["email"]?.string == GraphDesk.nora)
        #expect(claims["nonce"]?.string == "n-1")
        #expect(claims["oid"]?.string != claims["sub"]?.string)
        #expect((claims["exp"]?.int ?? 0) > Int(clock.now.timeIntervalSince1970))
    }

    @Test("a code works once")
    func codeOnce() async throws {
        let graph = GraphDesk.service(ManualClock())
        let page = try GraphDesk.authorizeURL(graph, scope: Self.scope)
        let code = try GraphDesk.code(try graph.consent(to: page, as: GraphDesk.nora))
        let first = try await GraphDesk.redeem(graph, code: code)

        let second = try await GraphDesk.redeem(graph, code: code)

        #expect(first.status == 200)
        #expect(second.status == 400)
        #expect(second.json["error"]?.string == "invalid_grant")
        #expect(second.json["error_codes"]?.elements == [54005])
    }

    @Test("a code is refused with another verifier, and after ten minutes")
    func codeRefused() async throws {
        let clock = ManualClock()
        let graph = GraphDesk.service(clock)
        let page = try GraphDesk.authorizeURL(graph, scope: Self.scope)
        let code = try GraphDesk.code(try graph.consent(to: page, as: GraphDesk.nora))

        let wrong = try await GraphDesk.redeem(graph, code: code, verifier: "another")
        clock.advance(by: 601)
        let late = try await GraphDesk.redeem(graph, code: code)

        #expect(wrong.json["error_codes"]?.elements == [501_481])
        #expect(late.json["error_codes"]?.elements == [70_008])
    }

    @Test("each refresh brings a new refresh token, and the old one stays valid")
    func rotation() async throws {
        let graph = GraphDesk.service(ManualClock())
        let grant = try await GraphDesk.signIn(graph, scope: Self.scope)
        let old = try #require(grant.json["refresh_token"]?.string)

        let first = try await GraphDesk.refresh(graph, old)
        let second = try await GraphDesk.refresh(graph, old)

        #expect(first.status == 200)
        #expect(second.status == 200)
        #expect(Set([old, first.json["refresh_token"]?.string, second.json["refresh_token"]?.string]).count == 3)
    }

    @Test("a refresh with a scope nobody consented to fails although the grant is healthy")
    func refreshScope() async throws {
        let graph = GraphDesk.service(ManualClock())
        let grant = try await GraphDesk.signIn(graph, scope: Self.scope)
        let token = try #require(grant.json["refresh_token"]?.string)

        let wider = try await GraphDesk.refresh(graph, token, scope: "Calendars.ReadWrite Mail.Read")
        let same = try await GraphDesk.refresh(graph, token, scope: "Calendars.ReadWrite")

        #expect(wider.json["suberror"]?.string == "consent_required")
        #expect(same.status == 200)
    }

    @Test("after revocation a refresh is an invalid grant with the code for it")
    func revoked() async throws {
        let graph = GraphDesk.service(ManualClock())
        let grant = try await GraphDesk.signIn(graph, scope: Self.scope)
        graph.revoke(GraphDesk.nora)

        let reply = try await GraphDesk.refresh(graph, try #require(grant.json["refresh_token"]?.string))

        #expect(reply.json["error"]?.string == "invalid_grant")
        #expect(reply.json["error_codes"]?.elements == [50_173])
    }

    @Test("a wrong client secret is a fault of the client, not of the grant")
    func wrongSecret() async throws {
        let graph = GraphDesk.service(ManualClock())

        let reply = try await GraphDesk.tokenRequest(graph, [("grant_type", "refresh_token")], secret: "wrong")

        #expect(reply.status == 401)
        #expect(reply.json["error"]?.string == "invalid_client")
        #expect(reply.json["error_codes"]?.elements == [7_000_215])
    }

    @Test("an access token dies with its time, and when all are expired on purpose")
    func accessExpires() async throws {
        let desk = try await GraphDesk()
        let other = try await GraphDesk()

        desk.clock.advance(by: 5400)
        other.graph.expireAccessTokens()

        let late = try await desk.call(.get, "/me")
        #expect(late.status == 401)
        #expect(late.code == "InvalidAuthenticationToken")
        #expect(late.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        #expect(try await other.call(.get, "/me").status == 401)
    }
}
