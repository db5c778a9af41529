import CalendarCore

/// What a refusal of the token endpoint means.
///
/// Decided on `error` and `suberror`, as Microsoft asks; the numbers only where those are missing or too coarse
/// (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
enum MicrosoftTokenFailure {
    /// Faults of the service, or a cool-down, whatever `error` they travel under.
    private static let transient: Set<Int> = [
        90033, 90024, 50033, 50087, 90006, 90012, 90090, 90055, 50196,
    ]
    /// Faults of the registered client.
    private static let configuration: Set<Int> = [
        7_000_215, 7_000_222, 70002, 7_000_218, 700_025, 700_027, 50012, 700_016, 700_011, 70001, 7_000_112, 50011,
        900_971, 50194, 9_001_023, 90130, 70011, 28002, 28003, 700_022, 700_023, 900_144, 9_002_313, 90014,
    ]
    /// The authorization code was used already, or its verifier does not fit.
    private static let attempt: Set<Int> = [54005, 501_481, 50147, 501_491]

    /// The SDK's error.
    @Sendable
    static func error(for failure: TokenEndpointFailure) -> CalendarError {
        let (code, message) = classify(failure)
        let parts = [failure.error, failure.suberror].compactMap(\.self).filter { !$0.isEmpty }
        return CalendarError(
            code,
            message,
            provider: .microsoft,
            reason: parts.isEmpty ? failure.codes.first.map { "AADSTS\($0)" } : parts.joined(separator: "/"),
            retryAfter: failure.retryAfter
        )
    }

    private static func classify(_ failure: TokenEndpointFailure) -> (CalendarError.Code, String) {
        if failure.status == 429 { return (.rateLimited, "The sign-in service asks to wait.") }
        let unavailable = (CalendarError.Code.unavailable, "The sign-in service cannot answer at the moment.")
        if failure.status >= 500 { return unavailable }
        let reconnect = (CalendarError.Code.reconnectRequired, "The user has to sign in again.")
        let setup = (CalendarError.Code.configuration, "The OAuth client is set up wrongly.")
        switch failure.error?.lowercased() {
        case "temporarily_unavailable", "server_error": return unavailable
        case "invalid_client", "unauthorized_client", "invalid_scope", "invalid_resource", "unsupported_grant_type",
            "unsupported_response_type":
            return failure.codes.contains(where: transient.contains) ? unavailable : setup
        case "invalid_request":
            return failure.codes.contains(where: transient.contains) ? unavailable : setup
        case "access_denied": return (.accessDenied, "The grant was refused.")
        case "interaction_required", "consent_required", "login_required": return reconnect
        case "invalid_grant":
            if failure.codes.contains(where: transient.contains) { return unavailable }
            if failure.codes.contains(where: attempt.contains) {
                return (.attemptInvalid, "The authorization code was used already or does not fit the attempt.")
            }
            return reconnect
        default:
            if failure.codes.contains(where: transient.contains) { return unavailable }
            if failure.codes.contains(where: configuration.contains) { return setup }
            if failure.codes.isEmpty, failure.error == nil { return unavailable }
            return reconnect
        }
    }
}
