/// The error codes of OAuth answers, which come from outside and may end up in an error of ours.
package enum OAuthErrorCode {
    /// The code, or nil when it is not a short name of letters, digits, underscores and hyphens.
    package static func wellFormed(_ text: String) -> String? {
        guard (1...64).contains(text.utf8.count) else { return nil }
        let isName = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isName ? text : nil
    }

    /// The error for an authorization answer that is an error (RFC 6749 section 4.1.2.1, OpenID Connect Core 3.1.2.6).
    package static func refusal(_ code: String?) -> CalendarError {
        switch code {
        case "temporarily_unavailable", "server_error":
            CalendarError(.unavailable, "The service could not answer the authorization request.", reason: code)
        case "access_denied", "admin_policy_enforced", "consent_required", "interaction_required", "login_required":
            CalendarError(.accessDenied, "The grant was refused at the service.", reason: code)
        default:
            CalendarError(.configuration, "The service refused the authorization request.", reason: code)
        }
    }
}
