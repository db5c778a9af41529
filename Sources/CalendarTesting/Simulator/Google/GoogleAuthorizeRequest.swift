import CalendarCore
import Foundation

/// The parameters of the consent page, checked as the page checks them.
///
/// See https://developers.google.com/identity/protocols/oauth2/web-server. Parameters that only help the person choose
/// (`login_hint`, `hd`, `enable_granular_consent`) refuse nothing.
struct GoogleAuthorizeRequest {
    let client: OAuthClient
    let redirectURI: String
    /// The scopes asked for, as answers spell them.
    let scopes: [String]
    let state: String?
    let nonce: String?
    let challenge: String?
    let isOffline: Bool
    let prompts: Set<String>
    let includesGrantedScopes: Bool

    init(_ url: URL, _ authorization: GoogleAuthorizationState) throws(CalendarError) {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        func check(_ isRight: Bool, _ reason: String, _ field: String) throws(CalendarError) {
            guard !isRight else { return }
            throw CalendarError(
                .configuration,
                "The consent page refuses the request.",
                field: field,
                reason: reason
            )
        }
        try check(url.path(percentEncoded: false).hasSuffix("/auth"), "invalid_request", "path")
        let known = authorization.client(query["client_id"])
        try check(known != nil, "invalid_client", "client_id")
        client = known ?? authorization.clients[0]
        if let refusal = authorization.refusal { try check(!refusal.isShownOnPage, refusal.rawValue, "client_id") }
        redirectURI = query["redirect_uri"] ?? ""
        try check(!redirectURI.isEmpty, "invalid_request", "redirect_uri")
        try check(client.accepts(redirectURI: redirectURI), "redirect_uri_mismatch", "redirect_uri")
        try check(query["response_type"] != nil, "invalid_request", "response_type")
        try check(query["response_type"] == "code", "unsupported_response_type", "response_type")
        let asked = (query["scope"] ?? "").split(separator: " ").map(String.init)
        try check(!asked.isEmpty, "invalid_request", "scope")
        try check(asked.allSatisfy(GoogleScopes.exists), "invalid_scope", "scope")
        scopes = asked.map(GoogleScopes.reported)
        try check(["online", "offline", nil].contains(query["access_type"]), "invalid_request", "access_type")
        isOffline = query["access_type"] == "offline"
        prompts = Set((query["prompt"] ?? "").split(separator: " ").map(String.init))
        try check(prompts.isSubset(of: ["none", "consent", "select_account"]), "invalid_request", "prompt")
        // OpenID Connect Core 1.0, section 3.1.2.1: `none` stands alone.
        try check(!prompts.contains("none") || prompts.count == 1, "invalid_request", "prompt")
        let included = query["include_granted_scopes"]
        try check(["true", "false", nil].contains(included), "invalid_request", "include_granted_scopes")
        includesGrantedScopes = included == "true"
        challenge = query["code_challenge"]
        if challenge != nil || query["code_challenge_method"] != nil {
            // Without a method the service assumes `plain`, which nobody should send.
            try check(query["code_challenge_method"] == "S256", "invalid_request", "code_challenge_method")
            try check(challenge?.utf8.count == 43, "invalid_request", "code_challenge")
        }
        state = query["state"]
        nonce = query["nonce"]
    }

    /// The callback with an error.
    func callback(error: String) throws(CalendarError) -> URL {
        var answer = FormFields([("error", error)])
        answer.add("state", state)
        return try callback(answer)
    }

    /// The callback's address.
    func callback(_ answer: FormFields) throws(CalendarError) -> URL {
        let separator = redirectURI.contains("?") ? "&" : "?"
        guard let url = URL(string: redirectURI + separator + answer.encoded) else {
            throw CalendarError(.configuration, "The redirect address is not usable.", field: "redirect_uri")
        }
        return url
    }
}

extension OAuthClient {
    /// Whether a redirect address is the registered one, byte for byte; a native app on loopback chooses its own port.
    ///
    /// See RFC 8252 section 7.3.
    func accepts(redirectURI text: String) -> Bool {
        if text == redirectURI { return true }
        guard secret == nil, let registered = URLComponents(string: redirectURI), registered.scheme == "http",
            ["127.0.0.1", "::1", "[::1]"].contains(registered.host), var asked = URLComponents(string: text)
        else { return false }
        asked.port = registered.port
        return asked.string == registered.string
    }
}

extension GoogleScopes {
    /// Whether the service knows a scope; those of other services are known by their form.
    static func exists(_ scope: String) -> Bool {
        isIdentity(reported(scope)) || scope.hasPrefix(prefix) || scope == "https://mail.google.com/"
    }

    /// Whether a scope, as answers spell it, only says who somebody is.
    static func isIdentity(_ scope: String) -> Bool {
        ["openid", prefix + "userinfo.email", prefix + "userinfo.profile"].contains(scope)
    }
}
