import CalendarCore
import Foundation

extension AuthorizationServer {
    /// Google's authorization server ("Using OAuth 2.0 for Web Server Applications").
    ///
    /// `access_type=offline` with `prompt=consent` makes every grant carry a refresh token. Scopes granted to other
    /// clients of the same project stay out: `include_granted_scopes` is not sent.
    static func google(_ endpoints: GoogleCalendarProvider.AuthorizationEndpoints) -> AuthorizationServer {
        let issuers = endpoints.issuers
        return AuthorizationServer(
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

/// What the token endpoint's errors mean (RFC 6749 section 5.2 and Google's additions).
enum GoogleTokenFailure {
    private static let clientFaults: Set<String> = [
        "invalid_client", "unauthorized_client", "invalid_request", "invalid_scope", "unsupported_grant_type",
        "redirect_uri_mismatch", "origin_mismatch", "deleted_client", "org_internal", "disallowed_useragent",
    ]

    /// The SDK's error.
    static func error(_ failure: TokenEndpointFailure) -> CalendarError {
        let reason = (failure.suberror ?? failure.error).flatMap(ShortCode.init)?.text
        func make(_ code: CalendarError.Code, _ message: String) -> CalendarError {
            CalendarError(code, message, provider: .google, reason: reason, retryAfter: failure.retryAfter)
        }
        if failure.status == 429 || failure.error == "rateLimitExceeded" {
            return make(.rateLimited, "Google's token endpoint limits requests.")
        }
        if failure.status >= 500 || failure.status == 408 || failure.error == "temporarily_unavailable" {
            return make(.unavailable, "Google's token endpoint cannot answer at the moment.")
        }
        return switch failure.error {
        case "invalid_grant": make(.reconnectRequired, "The grant is no longer valid.")
        case "admin_policy_enforced":
            make(.reconnectRequired, "An administrator has to allow this client before the account is connected again.")
        case "access_denied": make(.accessDenied, "The account's owner refused the grant.")
        case let error? where clientFaults.contains(error):
            make(.configuration, "Google refuses the OAuth client or the way it is used.")
        default: make(.invalidResponse, "Google's token endpoint answered something undocumented.")
        }
    }
}
