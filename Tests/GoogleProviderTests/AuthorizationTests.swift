import CalendarCore
import Foundation
import GoogleProvider
import Testing

@Suite("Google: authorization")
struct AuthorizationTests {
    private let server = GoogleCalendarProvider().authorizationServer

    @Test("the endpoints are Google's, and a grant is asked for in the way that yields a refresh token (M-01)")
    func endpoints() {
        #expect(server.authorizationEndpoint.absoluteString == "https://accounts.google.com/o/oauth2/v2/auth")
        #expect(server.tokenEndpoint.absoluteString == "https://oauth2.googleapis.com/token")
        #expect(server.revocationEndpoint?.absoluteString == "https://oauth2.googleapis.com/revoke")
        #expect(server.authorizationParameters == ["access_type": "offline", "prompt": "consent"])
        #expect(server.identityScopes == ["openid", "email"])
        #expect(server.scopeAliases["https://www.googleapis.com/auth/userinfo.email"] == "email")
    }

    @Test("the scopes asked for are those of reading and writing, the list of calendars, and free/busy")
    func scopes() {
        let asked = Set(server.scopes.values.compactMap(\.first))
        let prefix = "https://www.googleapis.com/auth/calendar."

        #expect(asked == [prefix + "events", prefix + "calendarlist.readonly", prefix + "freebusy"])
        #expect(server.scopes[.freeBusy]?.contains(prefix + "events") == false)
        #expect(server.scopes[.writeEvents]?.contains(prefix + "readonly") == false)
    }

    @Test(
        "only Google's own names are its issuers",
        arguments: [
            ("https://accounts.google.com", true), ("accounts.google.com", true),
            ("https://accounts.google.com/", false), ("https://accounts.google.com.evil.example", false), ("", false),
        ]
    )
    func issuers(_ issuer: String, _ isGoogle: Bool) {
        #expect(server.isIssuer(issuer, nil) == isGoogle)
    }

    @Test("the account's key is the subject, never the address")
    func account() throws {
        let claims = IDTokenClaims(strings: ["sub": "108", "email": "ada@example.com"], expiresAt: nil, audiences: [])
        let nameless = IDTokenClaims(strings: ["email": "ada@example.com"], expiresAt: nil, audiences: [])

        #expect(try server.account(claims) == ExternalAccount(key: "108", address: "ada@example.com"))
        #expect(throws: CalendarError.self) { try server.account(nameless) }
    }

    @Test(
        "each failure of the token endpoint has its class (R-13)",
        arguments: [
            (400, "invalid_grant", CalendarError.Code.reconnectRequired), (401, "invalid_client", .configuration),
            (401, "unauthorized_client", .configuration), (400, "redirect_uri_mismatch", .configuration),
            (400, "invalid_scope", .configuration), (400, "invalid_request", .configuration),
            (400, "admin_policy_enforced", .reconnectRequired), (400, "access_denied", .accessDenied),
            (403, "rateLimitExceeded", .rateLimited), (429, "", .rateLimited), (500, "internal_failure", .unavailable),
            (503, "invalid_grant", .unavailable), (400, "something_new", .invalidResponse),
        ]
    )
    func failures(_ status: Int, _ error: String, _ code: CalendarError.Code) {
        let failure = TokenEndpointFailure(status: status, error: error.isEmpty ? nil : error, retryAfter: 3)

        let mapped = server.failure(failure)

        #expect(mapped.code == code)
        #expect(mapped.provider == .google)
        #expect(mapped.reason == (error.isEmpty ? nil : error))
        #expect(mapped.retryAfter == 3)
    }

    @Test("a session policy of the organisation is told apart by its own reason")
    func reauthentication() {
        let failure = TokenEndpointFailure(status: 400, error: "invalid_grant", suberror: "invalid_rapt")

        #expect(server.failure(failure).code == .reconnectRequired)
        #expect(server.failure(failure).reason == "invalid_rapt")
    }

    @Test("a registration names the provider and carries its parts")
    func registration() throws {
        let client = OAuthClient(id: "id", secret: nil, redirectURI: "https://host.example/callback")
        let registration = ProviderRegistration.google(client: .value(client), transport: ScriptedGoogle([]))

        #expect(registration.provider.descriptor.id == "google")
        #expect(registration.provider.descriptor.environmentPrefixes == ["GOOGLE_CALENDAR"])
        #expect(registration.provider.descriptor.mailControl == .perWrite)
        #expect(registration.provider.descriptor.can(.freeBusy))
    }
}
