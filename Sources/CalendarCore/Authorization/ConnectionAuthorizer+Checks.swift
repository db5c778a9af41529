extension ConnectionAuthorizer {
    /// Takes the attempt out of the store, once, and checks whose it is.
    ///
    /// What is wrong is not told apart, so that a guesser learns nothing.
    func take(_ state: Secret, cookie: Secret, principal: Principal) async throws -> AuthorizationAttempt {
        let now = clock.now
        guard let attempt = try await connections.takeAttempt(stateDigest: digest(state), now: now),
            attempt.expiresAt > now,
            constantTimeEquals(Array(attempt.cookieDigest.utf8), Array(digest(cookie).utf8)),
            attempt.tenant == principal.tenant, attempt.user == principal.user
        else {
            throw CalendarError(
                .attemptInvalid,
                "The attempt is unknown, expired, used already or belongs to another session."
            )
        }
        return attempt
    }

    /// Checks where the callback comes from, then exchanges its code.
    func exchange(
        _ answer: AuthorizationCallback,
        _ attempt: AuthorizationAttempt,
        _ registration: ProviderRegistration
    ) async throws -> TokenGrant {
        let server = registration.provider.authorizationServer
        if let issuer = answer.issuer, !server.isIssuer(issuer, nil) {
            throw CalendarError(.attemptInvalid, "The callback comes from another issuer.", field: "iss")
        }
        guard !answer.isError else { throw OAuthErrorCode.refusal(answer.error) }
        guard let code = answer.code else {
            throw CalendarError(.attemptInvalid, "The callback carries no code.", field: "code")
        }
        let client = try registration.resolvedClient()
        guard client.id == attempt.clientID else {
            throw CalendarError(.configuration, "The OAuth client changed since the attempt was started.")
        }
        return try await TokenEndpoint(registration, client: client, clock: clock).exchange(
            code: code,
            verifier: attempt.codeVerifier,
            redirectURI: attempt.redirectURI,
            requestedScopes: attempt.requestedScopes
        )
    }

    /// Reads the account out of the id token, and checks that the grant is good for anything.
    func account(
        _ grant: TokenGrant,
        _ attempt: AuthorizationAttempt,
        _ server: AuthorizationServer
    ) throws -> ExternalAccount {
        guard let idToken = grant.idToken else {
            throw CalendarError(.invalidResponse, "The token endpoint's answer holds no id token.", field: "id_token")
        }
        let claims = try IDTokenClaims(tokenFromEndpoint: idToken)
        try claims.check(clientID: attempt.clientID, nonce: attempt.nonce, now: clock.now, server: server)
        let account = try server.account(claims)
        let missing = ScopePlan(server).missing(requested: attempt.requestedScopes, granted: grant.scopes)
        guard missing.isEmpty else {
            let names = missing.map(\.rawValue).joined(separator: ", ")
            throw CalendarError(.scopeMissing, "The user did not grant: \(names).", field: "scope")
        }
        guard grant.refreshToken != nil else {
            throw CalendarError(
                .reconnectRequired,
                "The service gave no refresh token, so the connection would end within the hour.",
                reason: "missing_refresh_token"
            )
        }
        return account
    }
}
