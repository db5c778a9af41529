import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: the authorization server")
struct GoogleSignInSimulationTests {
    static let events = "https://www.googleapis.com/auth/calendar.events"
    static let freeBusy = "https://www.googleapis.com/auth/calendar.freebusy"

    private static func url(_ desk: GoogleDesk, adding more: [(String, String)], scopes: String? = nil) throws -> URL {
        let url = try desk.authorizeURL(scopes: scopes ?? GoogleDesk.calendarScope)
        return try #require(URL(string: url.absoluteString + "&" + FormFields(more).encoded))
    }

    private static func fields(_ callback: URL?) -> FormFields {
        FormFields(parsing: callback?.query(percentEncoded: true) ?? "")
    }

    private static func location(_ answer: GoogleDesk.Answer) -> URL? {
        answer.headers["Location"].flatMap { URL(string: $0) }
    }

    @Test(
        "the consent page refuses a parameter with a value it does not know, without redirecting",
        arguments: [
            ("access_type", "always", "invalid_request"), ("prompt", "login", "invalid_request"),
            ("prompt", "none consent", "invalid_request"), ("scope", "calendar", "invalid_scope"),
            ("redirect_uri", "", "invalid_request"), ("client_id", "", "invalid_client"),
        ]
    )
    func faultyParameter(field: String, value: String, reason: String) async throws {
        let desk = try await GoogleDesk()
        let url = try desk.authorizeURL(changing: [field: value])

        let error = #expect(throws: CalendarError.self) { try desk.google.consent(to: url, as: "ada@example.com") }

        #expect(error?.code == .configuration)
        #expect(error?.field == field)
        #expect(error?.reason == reason)
    }

    @Test("prompt=none answers consent_required to the callback until the person agreed to all of it once")
    func silent() async throws {
        let desk = try await GoogleDesk()
        let silent = try desk.authorizeURL(changing: ["prompt": "none"])
        let wider = try desk.authorizeURL(
            scopes: "\(GoogleDesk.calendarScope) \(Self.events)",
            changing: ["prompt": "none"]
        )

        let unknown = Self.fields(try desk.google.consent(to: silent, as: "grace@example.com"))
        let known = Self.fields(try desk.google.consent(to: silent, as: "ada@example.com"))
        let more = Self.fields(try desk.google.consent(to: wider, as: "ada@example.com"))

        #expect(unknown["error"] == "consent_required")
        #expect(unknown["state"] == "s t/1")
        #expect(unknown["code"] == nil)
        #expect(known["code"] != nil)
        #expect(known["prompt"] == "none")
        #expect(more["error"] == "consent_required")
    }

    @Test("include_granted_scopes covers what the person granted to any client of the project")
    func includedScopes() async throws {
        let desk = try await GoogleDesk()
        let other = OAuthClient(id: "other", secret: Secret("s"), redirectURI: "https://other.example.com/cb")
        desk.google.register(other)
        let included = try Self.url(desk, adding: [("include_granted_scopes", "true")], scopes: Self.events)
        let changed = included.absoluteString
            .replacingOccurrences(
                of: "client_id=\(PercentEncoding.encode(desk.google.client.id))",
                with: "client_id=other"
            )
            .replacingOccurrences(
                of: PercentEncoding.encode(desk.google.client.redirectURI),
                with: PercentEncoding.encode(other.redirectURI)
            )

        let plain = Self.fields(
            try desk.google.consent(to: desk.authorizeURL(scopes: Self.events), as: "ada@example.com")
        )
        let all = Self.fields(
            try desk.google.consent(to: try #require(URL(string: changed)), as: "ada@example.com")
        )

        #expect(plain["scope"] == Self.events)
        #expect(all["scope"] == "\(GoogleDesk.calendarScope) \(Self.events)")
    }

    @Test("an organisation's domain is in the callback and the id token, a consumer's is not")
    func hostedDomain() async throws {
        let desk = try await GoogleDesk()
        desk.google.addAccount("eve@gmail.com", name: "Eve", zone: GoogleDesk.vienna)

        let ada = Self.fields(try desk.google.consent(to: desk.authorizeURL(), as: "ada@example.com"))
        let eve = Self.fields(try desk.google.consent(to: desk.authorizeURL(), as: "eve@gmail.com"))
        let answer = try await desk.tokens(["code": desk.code(for: "ada@example.com", scopes: "openid")])

        #expect(ada["hd"] == "example.com")
        #expect(eve["hd"] == nil)
        let claims = try #require(answer.body["id_token"]?.string?.split(separator: ".").dropFirst().first)
        let data = try #require(Base64URL.decode(String(claims)))
        #expect(JSONNode(try JSONDocument(data).root)["hd"] == "example.com")
    }

    @Test("over HTTP the account named by as or login_hint agrees at once and the answer redirects")
    func page() async throws {
        let desk = try await GoogleDesk()

        let named = try await desk.send(.get, Self.url(desk, adding: [("as", "ada@example.com")]).absoluteString)
        let hinted = try await desk.send(
            .get,
            Self.url(desk, adding: [("login_hint", "grace@example.com")]).absoluteString
        )
        let code = try #require(Self.fields(Self.location(named))["code"])
        let tokens = try await desk.tokens(["code": code])

        #expect(named.status == 302)
        #expect(named.headers["Location"]?.hasPrefix(desk.google.client.redirectURI + "?") == true)
        #expect(hinted.status == 302)
        #expect(tokens.status == 200)
        #expect(tokens.body["refresh_token"] != nil)
    }

    @Test("over HTTP scopes can be left unticked, and the person can say no")
    func partialPage() async throws {
        let desk = try await GoogleDesk()
        let scopes = "openid \(Self.events) \(Self.freeBusy)"
        let partial = try Self.url(
            desk,
            adding: [("as", "ada@example.com"), ("granting", Self.events)],
            scopes: scopes
        )
        let refused = try Self.url(desk, adding: [("as", "ada@example.com"), ("refuse", "true")])

        let some = try await desk.send(.get, partial.absoluteString)
        let none = try await desk.send(.get, refused.absoluteString)

        #expect(Self.fields(Self.location(some))["scope"] == "\(Self.events) openid")
        #expect(Self.fields(Self.location(none))["error"] == "access_denied")
        #expect(Self.fields(Self.location(none))["state"] == "s t/1")
    }

    @Test("over HTTP a faulty request shows a page with the error and never redirects")
    func errorPage() async throws {
        let desk = try await GoogleDesk()
        let url = try desk.authorizeURL(changing: ["redirect_uri": "https://evil.example.com/"])

        let response = try await desk.google.send(HTTPRequest(.get, url, operation: "authorize"))
        let nobody = try await desk.google.send(HTTPRequest(.get, try desk.authorizeURL(), operation: "authorize"))

        #expect(response.status == 400)
        #expect(response.headers["Location"] == nil)
        #expect(String(decoding: response.body, as: UTF8.self).contains("redirect_uri_mismatch"))
        #expect(nobody.status == 400)
    }

    @Test(
        "a refusal by policy is shown on the page where the table says so",
        arguments: [
            (GoogleSignInRefusal.adminPolicyEnforced, "admin_policy_enforced"), (.orgInternal, "org_internal"),
            (.disallowedUserAgent, "disallowed_useragent"), (.deletedClient, "deleted_client"),
        ]
    )
    func pageRefusal(refusal: GoogleSignInRefusal, reason: String) async throws {
        let desk = try await GoogleDesk()
        desk.google.signInRefusal = refusal

        let error = #expect(throws: CalendarError.self) {
            try desk.google.consent(to: desk.authorizeURL(), as: "ada@example.com")
        }

        #expect(error?.reason == reason)
    }

    @Test("somebody who is no tester is sent back with access_denied")
    func notATester() async throws {
        let desk = try await GoogleDesk()
        desk.google.signInRefusal = .accessDenied

        let callback = try desk.google.consent(to: desk.authorizeURL(), as: "ada@example.com")

        #expect(Self.fields(callback)["error"] == "access_denied")
        #expect(Self.fields(callback)["state"] == "s t/1")
    }

    @Test(
        "a refresh fails by policy as the table says",
        arguments: [
            (GoogleSignInRefusal.adminPolicyEnforced, 400, "admin_policy_enforced", String?.none),
            (.invalidRapt, 400, "invalid_grant", "invalid_rapt"), (.deletedClient, 401, "deleted_client", nil),
        ]
    )
    func refreshRefusal(refusal: GoogleSignInRefusal, status: Int, error: String, subtype: String?) async throws {
        let desk = try await GoogleDesk()
        let token = try desk.google.issueTokens(for: "ada@example.com").refreshToken.reveal()
        desk.google.signInRefusal = refusal

        let answer = try await desk.tokens(["grant_type": "refresh_token", "refresh_token": token])

        #expect(answer.status == status)
        #expect(answer.body["error"]?.string == error)
        #expect(answer.body["error_subtype"]?.string == subtype)
    }

    @Test("userinfo tells what the scopes open, and nothing without an identity scope")
    func userInfo() async throws {
        let desk = try await GoogleDesk()
        let address = "https://openidconnect.googleapis.com/v1/userinfo"
        let full = try await desk.bearer(for: "ada@example.com", scopes: "openid email profile")
        let bare = try await desk.bearer(for: "ada@example.com", scopes: "openid")

        let all = try await desk.send(.get, address, headers: ["Authorization": "Bearer \(full)"])
        let subject = try await desk.send(.get, address, headers: ["Authorization": "Bearer \(bare)"])
        let none = try await desk.send(.get, address, headers: ["Authorization": "Bearer \(desk.token)"])
        let stranger = try await desk.send(.get, address)

        #expect(all.status == 200)
        #expect(all.body["email"] == "ada@example.com")
        #expect(all.body["email_verified"] == true)
        #expect(all.body["name"] == "Ada")
        #expect(all.body["sub"]?.string?.count == 21)
        #expect(subject.body["sub"] == all.body["sub"])
        #expect(subject.body["email"] == nil)
        #expect(none.status == 401)
        #expect(stranger.status == 401)
    }
}
