import CalendarCore

/// What a refusal of the token endpoint means.
///
/// Decided on `error`, as Microsoft asks: the numbers may change, so they choose the message, and may at most spare a
/// grant that would otherwise end
/// (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
enum MicrosoftTokenFailure {
    /// Faults of the service, or of too many requests, which end no grant whatever `error` they travel under.
    private static let transient: Set<Int> = [
        90033, 90024, 50033, 50087, 90006, 90012, 90090, 70012, 90055, 50196,
    ]

    /// The SDK's error.
    @Sendable
    static func error(for failure: TokenEndpointFailure) -> CalendarError {
        let code = code(for: failure)
        let parts = [failure.error, failure.suberror].compactMap(\.self).filter { !$0.isEmpty }
        return CalendarError(
            code,
            MicrosoftErrorAdvice.message(for: failure.codes) ?? message(for: code),
            provider: .microsoft,
            reason: parts.isEmpty ? failure.codes.first.map { "AADSTS\($0)" } : parts.joined(separator: "/"),
            retryAfter: failure.retryAfter
        )
    }

    private static func code(for failure: TokenEndpointFailure) -> CalendarError.Code {
        if failure.status == 429 { return .rateLimited }
        if failure.status >= 500 || failure.status == 408 { return .unavailable }
        if failure.codes.contains(where: transient.contains) { return .unavailable }
        return switch failure.error?.lowercased() {
        case "temporarily_unavailable", "server_error": .unavailable
        case "invalid_grant", "interaction_required", "consent_required", "login_required": .reconnectRequired
        case "access_denied": .accessDenied
        case "invalid_client", "unauthorized_client", "invalid_scope", "invalid_resource", "invalid_request",
            "unsupported_grant_type", "unsupported_response_type":
            .configuration
        case nil: .unavailable
        default: .reconnectRequired
        }
    }

    private static func message(for code: CalendarError.Code) -> String {
        switch code {
        case .rateLimited: "The sign-in service asks to wait."
        case .unavailable: "The sign-in service cannot answer at the moment."
        case .accessDenied: "The grant was refused."
        case .configuration: "The OAuth client is set up wrongly."
        default: "The user has to sign in again."
        }
    }
}
