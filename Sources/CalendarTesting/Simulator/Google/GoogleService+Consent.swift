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
        let request = try GoogleAuthorizeRequest(url, authorization)
        if authorization.refusal == .accessDenied { return try request.callback(error: "access_denied") }
        let holder = accounts[account].address
        let earlier = authorization.consented[holder] ?? []
        let isAsked = request.prompts.contains("consent") || !earlier.isSuperset(of: request.scopes)
        if isAsked, request.prompts.contains("none") { return try request.callback(error: "consent_required") }
        var granted = Set(
            request.scopes.filter { scope in
                guard isAsked, let granting else { return true }
                // Identity scopes cannot be unticked.
                return GoogleScopes.isIdentity(scope) || granting.contains(scope)
            }
        )
        authorization.consented[holder] = earlier.union(granted)
        // The answer covers everything the person ever granted to the project, from any of its clients.
        if request.includesGrantedScopes { granted.formUnion(earlier) }
        // The service reports scopes in an order of its own.
        let scopes = granted.sorted()
        let code = "4/0A" + nextText(40)
        authorization.codes[code] = GoogleAuthorizationState.Code(
            address: holder,
            scopes: scopes,
            challenge: request.challenge,
            nonce: request.nonce,
            isOffline: request.isOffline && isAsked,
            expiresAt: now.addingTimeInterval(600),
            client: request.client.id,
            redirectURI: request.redirectURI
        )
        var answer = FormFields()
        answer.add("state", request.state)
        answer.add("iss", "https://accounts.google.com")
        answer.add("code", code)
        answer.add("scope", scopes.joined(separator: " "))
        answer.add("authuser", "0")
        answer.add("hd", accounts[account].hostedDomain)
        answer.add("prompt", isAsked ? "consent" : "none")
        return try request.callback(answer)
    }

    /// The callback after the person said no.
    func refusal(of url: URL) throws(CalendarError) -> URL {
        try GoogleAuthorizeRequest(url, authorization).callback(error: "access_denied")
    }
}

extension GoogleAccount {
    /// The domain of an organisation's account; nil for a consumer's.
    var hostedDomain: String? { isWorkspace ? domain : nil }
}
