import CalendarCore

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
