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

    /// Reads the account out of the id token, and checks that it is one that was asked for.
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
        if let domain = attempt.domain, !server.isInDomain(claims, domain) {
            throw CalendarError(
                .accountMismatch,
                "The account does not belong to the domain that was asked for.",
                field: "domain"
            )
        }
        return try server.account(claims)
    }

    /// Checks that the grant is good for what was asked and for longer than an hour (requirements ).
    ///
    /// A token that lacks a required scope is given back, so that the next attempt is asked for every scope again.
    func requireScopes(
        _ grant: TokenGrant,
        _ account: ExternalAccount,
        _ attempt: AuthorizationAttempt,
        _ registration: ProviderRegistration
    ) async throws {
        let plan = ScopePlan(registration.provider.authorizationServer)
        let refusal = plan.refusal(
            requested: attempt.requestedScopes,
            granted: grant.scopes,
            required: attempt.requiredCapabilities
        )
        if let refusal {
            let holder = GrantHolder(provider: attempt.provider, clientID: attempt.clientID, account: account.key)
            try await GrantRevocation(connections: connections)
                .revoke(grant.refreshToken ?? grant.accessToken, of: holder, besides: nil, registration)
            throw refusal
        }
        guard grant.refreshToken != nil else {
            throw CalendarError(
                .reconnectRequired,
                "The service gave no refresh token, so the connection would end within the hour.",
                reason: "missing_refresh_token"
            )
        }
    }
}
