/// Why the simulated Google refuses to let people sign in, whoever asks.
///
/// See https://developers.google.com/identity/protocols/oauth2/web-server, "Errors".
public enum GoogleSignInRefusal: String, Hashable, Sendable, CaseIterable {
    /// An administrator must trust the client first; the consent page and the refresh say so.
    case adminPolicyEnforced = "admin_policy_enforced"
    /// The client belongs to another organisation; the consent page says so.
    case orgInternal = "org_internal"
    /// The page was opened in an embedded view; the consent page says so.
    case disallowedUserAgent = "disallowed_useragent"
    /// The client was deleted; the consent page and the token endpoint say so.
    case deletedClient = "deleted_client"
    /// The person is not on the list of testers: the callback says `access_denied`.
    case accessDenied = "access_denied"
    /// The session must be renewed: the refresh fails with `invalid_grant` and this subtype.
    case invalidRapt = "invalid_rapt"

    /// Whether the consent page shows it to the person, without returning to the host.
    var isShownOnPage: Bool {
        switch self {
        case .adminPolicyEnforced, .orgInternal, .disallowedUserAgent, .deletedClient: true
        case .accessDenied, .invalidRapt: false
        }
    }
}
