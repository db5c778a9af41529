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

    private func parameters(
        _ options: ConsentOptions = ConsentOptions(),
        account: ExternalAccount? = nil,
        isFurther: Bool = false,
        endpoints: GoogleCalendarProvider.AuthorizationEndpoints = .init()
    ) -> [String: String] {
        GoogleCalendarProvider(configuration: .init(authorization: endpoints)).authorizationServer
            .consentParameters(ConsentRequest(options: options, account: account, isFurtherAccount: isFurther))
    }

    @Test("the consent page gets the hints, the subject on a reconnect, and the choice of accounts for a further one")
    func consentParameters() {
        let account = ExternalAccount(key: "108", address: "ada@example.com")
        let hints = ConsentOptions(loginHint: "ada@example.com", domain: "example.com")

        #expect(parameters() == [:])
        #expect(parameters(hints) == ["login_hint": "ada@example.com", "hd": "example.com"])
        #expect(parameters(hints, account: account)["login_hint"] == "108")
        #expect(parameters(isFurther: true) == ["prompt": "select_account consent"])
    }

    @Test("scopes granted to other clients of the project are included only on request")
    func grantedScopes() {
        #expect(parameters(endpoints: .init(includesGrantedScopes: true)) == ["include_granted_scopes": "true"])
    }

    @Test(
        "the domain is what the id token says, and a personal account has none",
        arguments: [("example.com", true), ("EXAMPLE.com", true), ("example.org", false), (nil, false)]
    )
    func domain(claim: String?, isIn: Bool) {
        var strings = ["sub": "108", "email": "ada@example.com"]
        strings["hd"] = claim

        let claims = IDTokenClaims(strings: strings, expiresAt: nil, audiences: [])
        #expect(server.isInDomain(claims, "example.com") == isIn)
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
