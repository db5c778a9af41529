import CalendarCore
import Foundation

extension GoogleService {
    /// Plays the consent page: checks the request as the page does and makes the callback's address.
    ///
    /// - Throws: `CalendarError.configuration` whose reason is the error the page would show, which never redirects.
    mutating func consent(to url: URL, as address: String, granting: Set<String>?) throws(CalendarError) -> URL {
        guard let account = accountIndex(address) else {
            throw CalendarError.invalidArgument("address", "The service has no such account.")
        }
        let query = try checkedQuery(of: url)
        let holder = accounts[account].address
        let asked = (query["scope"] ?? "").split(separator: " ").map(String.init)
        var granted: [String] = []
        for scope in asked where !granted.contains(GoogleScopes.reported(scope)) {
            let isIdentity = ["openid", "email", "profile"].contains(scope)
            if isIdentity || granting?.contains(scope) ?? true { granted.append(GoogleScopes.reported(scope)) }
        }
        // The service reports scopes in an order of its own.
        granted.sort()
        let prompts = (query["prompt"] ?? "").split(separator: " ")
        let isAsked = prompts.contains("consent") || !authorization.consented.contains(holder)
        authorization.consented.insert(holder)
        let code = "4/0A" + nextText(40)
        authorization.codes[code] = GoogleAuthorizationState.Code(
            address: holder,
            scopes: granted,
            challenge: query["code_challenge"] ?? "",
            nonce: query["nonce"],
            isOffline: query["access_type"] == "offline" && isAsked,
            expiresAt: now.addingTimeInterval(600)
        )
        var answer = FormFields()
        answer.add("state", query["state"])
        answer.add("iss", "https://accounts.google.com")
        answer.add("code", code)
        answer.add("scope", granted.joined(separator: " "))
        answer.add("authuser", "0")
        answer.add("prompt", isAsked ? "consent" : "none")
        return try callback(answer)
    }

    /// The callback after the person said no.
    func refusal(of url: URL) throws(CalendarError) -> URL {
        let query = FormFields(parsing: url.query(percentEncoded: true) ?? "")
        var answer = FormFields([("error", "access_denied")])
        answer.add("state", query["state"])
        return try callback(answer)
    }

    private func checkedQuery(of url: URL) throws(CalendarError) -> FormFields {
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
        try check(query["client_id"] == client.id, "invalid_client", "client_id")
        try check(query["redirect_uri"] == client.redirectURI, "redirect_uri_mismatch", "redirect_uri")
        try check(query["response_type"] == "code", "unsupported_response_type", "response_type")
        try check(!(query["scope"] ?? "").isEmpty, "invalid_request", "scope")
        try check(query["code_challenge_method"] == "S256", "invalid_request", "code_challenge_method")
        try check(query["code_challenge"]?.utf8.count == 43, "invalid_request", "code_challenge")
        return query
    }

    private func callback(_ answer: FormFields) throws(CalendarError) -> URL {
        let separator = client.redirectURI.contains("?") ? "&" : "?"
        guard let url = URL(string: client.redirectURI + separator + answer.encoded) else {
            throw CalendarError(.configuration, "The redirect address is not usable.", field: "redirect_uri")
        }
        return url
    }
}
