import CalendarCore
import Foundation

extension AuthorizationServer {
    /// Google's authorization server ("Using OAuth 2.0 for Web Server Applications").
    ///
    /// `access_type=offline` with `prompt=consent` makes every grant carry a refresh token. Scopes granted to other
    /// clients of the same project stay out unless asked for, because one revocation would end them all.
    static func google(_ endpoints: GoogleCalendarProvider.AuthorizationEndpoints) -> AuthorizationServer {
        let issuers = endpoints.issuers
        let includesGrantedScopes = endpoints.includesGrantedScopes
        var server = AuthorizationServer(
            authorizationEndpoint: endpoints.authorization,
            tokenEndpoint: endpoints.token,
            revocationEndpoint: endpoints.revocation,
            authorizationParameters: ["access_type": "offline", "prompt": "consent"],
            identityScopes: ["openid", "email"],
            scopes: GoogleScope.byCapability,
            scopeAliases: [GoogleScope.url("userinfo.email"): "email", GoogleScope.url("userinfo.profile"): "profile"],
            account: { claims in try GoogleAccount.account(claims) },
            isIssuer: { issuer, _ in issuers.contains(issuer) },
            failure: { GoogleTokenFailure.error($0) }
        )
        server.consentParameters = { consentParameters($0, includesGrantedScopes: includesGrantedScopes) }
        // `hd` asks for a domain and forces none: only the id token tells ("OpenID Connect", "hd" claim).
        server.isInDomain = { claims, domain in claims["hd"]?.lowercased() == domain.lowercased() }
        return server
    }

    /// The fields that depend on the attempt; a known account is named by its `sub`, which never changes.
    private static func consentParameters(
        _ request: ConsentRequest,
        includesGrantedScopes: Bool
    ) -> [String: String] {
        var parameters: [String: String] = [:]
        parameters["login_hint"] = request.account?.key ?? request.options.loginHint
        parameters["hd"] = request.options.domain
        if request.isFurtherAccount { parameters["prompt"] = "select_account consent" }
        if includesGrantedScopes { parameters["include_granted_scopes"] = "true" }
        return parameters
    }
}

/// The scopes of the calendar API and what each opens (Google's per-method lists).
enum GoogleScope {
    /// The full name of a scope.
    static func url(_ suffix: String) -> String { "https://www.googleapis.com/auth/" + suffix }

    /// The scopes that open each capability; the first is the narrowest that serves reading and writing together.
    static let byCapability: [ProviderCapability: [String]] = [
        .listCalendars: scopes("calendarlist.readonly", "calendarlist", "readonly"),
        .readEvents: scopes("events", "events.readonly", "readonly"),
        .writeEvents: scopes("events"),
        .instances: scopes("events", "events.readonly", "readonly"),
        .respond: scopes("events"),
        // `calendar.app.created` opens other writes, but no move.
        .moveEvents: scopes("events"),
        .notifications: scopes("events", "events.readonly", "readonly"),
        // `calendar.events` does not open freeBusy.query.
        .freeBusy: scopes("freebusy", "events.freebusy", "readonly"),
    ]

    private static func scopes(_ suffixes: String...) -> [String] {
        suffixes.map { url("calendar.\($0)") } + [url("calendar")]
    }
}

/// The account behind an id token.
enum GoogleAccount {
    /// The account, keyed by `sub`, because an address can change or be given to somebody else.
    static func account(_ claims: IDTokenClaims) throws -> ExternalAccount {
        guard let subject = claims["sub"], !subject.isEmpty else {
            throw CalendarError(.invalidResponse, "The id token names no account.", field: "sub", provider: .google)
        }
        return ExternalAccount(key: subject, address: claims["email"] ?? "")
    }
}
