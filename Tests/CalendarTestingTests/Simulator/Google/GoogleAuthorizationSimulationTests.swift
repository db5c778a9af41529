import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: authorization")
struct GoogleAuthorizationSimulationTests {
    @Test("consent returns a code, the state as it came, the issuer and the granted scopes")
    func callback() async throws {
        let desk = try await GoogleDesk()

        let callback = try desk.google.consent(to: desk.authorizeURL(scopes: "openid email"), as: "ada@example.com")

        let fields = FormFields(parsing: callback.query(percentEncoded: true) ?? "")
        #expect(callback.absoluteString.hasPrefix(desk.google.client.redirectURI))
        #expect(fields["state"] == "s t/1")
        #expect(fields["iss"] == "https://accounts.google.com")
        #expect(fields["code"]?.isEmpty == false)
        #expect(fields["scope"] == "https://www.googleapis.com/auth/userinfo.email openid")
    }

    @Test(
        "the consent page refuses a faulty request without redirecting",
        arguments: [
            ("client_id", "other"), ("redirect_uri", "http://127.0.0.1:8080/google/callback/"),
            ("response_type", "token"), ("code_challenge_method", "plain"), ("code_challenge", ""), ("scope", ""),
        ]
    )
    func faultyRequest(field: String, value: String) async throws {
        let desk = try await GoogleDesk()
        let url = try desk.authorizeURL(changing: [field: value])

        let error = #expect(throws: CalendarError.self) { try desk.google.consent(to: url, as: "ada@example.com") }

        #expect(error?.field == field)
    }

    @Test("a refusal returns access_denied and the state")
    func refusal() async throws {
        let desk = try await GoogleDesk()

        let callback = desk.google.refuse(try desk.authorizeURL())

        let fields = FormFields(parsing: callback.query(percentEncoded: true) ?? "")
        #expect(fields["error"] == "access_denied")
        #expect(fields["state"] == "s t/1")
    }

    @Test("a code is good once")
    func codeIsSingleUse() async throws {
        let desk = try await GoogleDesk()
        let code = try desk.code(for: "ada@example.com")

        let first = try await desk.tokens(["code": code])
        let second = try await desk.tokens(["code": code])

        #expect(first.status == 200)
        #expect(second.status == 400)
        #expect(second.body["error"] == "invalid_grant")
    }

    @Test(
        "the token endpoint refuses what does not fit the authorization",
        arguments: [
            ("code_verifier", "another-verifier-that-is-long-enough-for-pkce-1", 400, "invalid_grant"),
            ("redirect_uri", "http://127.0.0.1:8080/", 400, "redirect_uri_mismatch"),
            ("client_secret", "wrong", 401, "invalid_client"),
            ("grant_type", "password", 400, "unsupported_grant_type"),
        ]
    )
    func refusedExchange(field: String, value: String, status: Int, error: String) async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.tokens(["code": desk.code(for: "ada@example.com"), field: value])

        #expect(answer.status == status)
        #expect(answer.body["error"]?.string == error)
    }

    @Test("the id token names issuer, audience, a stable subject, the address, the nonce and its expiry")
    func idToken() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.tokens(["code": desk.code(for: "ada@example.com", scopes: "openid email")])

        let parts = try #require(answer.body["id_token"]?.string).split(separator: ".")
        #expect(parts.count == 3)
        let claims = JSONNode(try JSONDocument(try #require(Base64URL.decode(String(parts[1])))).root)
        #expect(claims["iss"] == "https://accounts.google.com")
        #expect(claims["aud"]?.string == desk.google.client.id)
        #expect(claims["sub"]?.string?.count == 21)
        #expect(claims["email"] == "ada@example.com")
        #expect(claims["nonce"] == "n-1")
        #expect(claims["exp"]?.int == 1_767_603_600 + 3600)
    }

    @Test("a refresh gives a new access token and no refresh token")
    func refresh() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.tokens(["code": desk.code(for: "ada@example.com")])
        let refreshToken = try #require(first.body["refresh_token"]?.string)

        let second = try await desk.tokens(["grant_type": "refresh_token", "refresh_token": refreshToken])

        #expect(second.status == 200)
        #expect(second.body["refresh_token"] == nil)
        #expect(second.body["access_token"] != first.body["access_token"])
    }

    @Test("without offline access there is no refresh token")
    func onlineAccess() async throws {
        let desk = try await GoogleDesk()
        let url = try desk.authorizeURL(changing: ["access_type": "online"])
        let callback = try desk.google.consent(to: url, as: "ada@example.com")
        let code = FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"]

        let answer = try await desk.tokens(["code": code ?? ""])

        #expect(answer.status == 200)
        #expect(answer.body["refresh_token"] == nil)
    }

    @Test("a second authorization that does not ask for consent gives no refresh token")
    func silentConsent() async throws {
        let desk = try await GoogleDesk()
        let url = try desk.authorizeURL(changing: ["prompt": ""])
        let callback = try desk.google.consent(to: url, as: "ada@example.com")
        let code = FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"]

        let answer = try await desk.tokens(["code": code ?? ""])

        #expect(answer.body["refresh_token"] == nil)
    }

    @Test("a withdrawn grant fails the refresh with invalid_grant and the next call with 401")
    func revocation() async throws {
        let desk = try await GoogleDesk()
        let first = try await desk.tokens(["code": desk.code(for: "ada@example.com")])
        let refreshToken = try #require(first.body["refresh_token"]?.string)

        desk.google.revoke("ADA@example.com")

        let refreshed = try await desk.tokens(["grant_type": "refresh_token", "refresh_token": refreshToken])
        #expect(refreshed.status == 400)
        #expect(refreshed.body["error"] == "invalid_grant")
        #expect(try await desk.list().status == 401)
    }

    @Test("the revocation endpoint ends the whole grant and answers 400 the second time")
    func revocationEndpoint() async throws {
        let desk = try await GoogleDesk()
        let form = Data("token=\(desk.token)".utf8)

        let first = try await desk.send(.post, "https://oauth2.googleapis.com/revoke", body: form)
        let second = try await desk.send(.post, "https://oauth2.googleapis.com/revoke", body: form)

        #expect(first.status == 200)
        #expect(second.status == 400)
        #expect(try await desk.list().reason == "authError")
    }

    @Test("a partial grant opens only what was ticked")
    func partialGrant() async throws {
        let desk = try await GoogleDesk()
        let events = "https://www.googleapis.com/auth/calendar.events"
        let freeBusy = "https://www.googleapis.com/auth/calendar.freebusy"
        let url = try desk.authorizeURL(scopes: "openid \(events) \(freeBusy)")
        let callback = try desk.google.consent(to: url, as: "ada@example.com", granting: [events])
        let code = FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"]

        let answer = try await desk.tokens(["code": code ?? ""])
        let token = answer.body["access_token"]?.string ?? ""

        #expect(answer.body["scope"]?.string == "\(events) openid")
        let question: JSONNode = ["timeMin": "2026-01-07T00:00:00Z", "timeMax": "2026-01-08T00:00:00Z"]
        let refused = try await desk.call(.post, "freeBusy", body: question, token: token)
        #expect(refused.status == 403)
        #expect(refused.reason == "insufficientPermissions")
        #expect(try await desk.call(.get, "users/me/calendarList", token: token).status == 403)
        #expect(try await desk.call(.get, "calendars/primary/events", token: token).status == 200)
    }

    @Test("an expired access token answers 401 and a refreshed one works again")
    func expiry() async throws {
        var desk = try await GoogleDesk()
        let first = try await desk.tokens(["code": desk.code(for: "ada@example.com")])
        let refreshToken = try #require(first.body["refresh_token"]?.string)

        desk.clock.advance(by: 3601)
        let expired = try await desk.list()
        let second = try await desk.tokens(["grant_type": "refresh_token", "refresh_token": refreshToken])
        desk.token = second.body["access_token"]?.string ?? ""

        #expect(expired.status == 401)
        #expect(expired.reason == "authError")
        #expect(try await desk.list().status == 200)
        desk.google.expireAccessTokens()
        #expect(try await desk.list().status == 401)
    }

    @Test("a call without a bearer is told to log in")
    func noBearer() async throws {
        let desk = try await GoogleDesk()

        let answer = try await desk.send(.get, "https://www.googleapis.com/calendar/v3/users/me/calendarList")

        #expect(answer.status == 401)
        #expect(answer.reason == "required")
    }
}
