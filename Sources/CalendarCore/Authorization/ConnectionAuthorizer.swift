public import Foundation

/// Connects accounts: sends users to the consent page and turns their return into a connection.
///
/// The authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636), following RFC 9700. A failed attempt changes
/// no connection and no credential.
public struct ConnectionAuthorizer: Sendable {
    /// How long an attempt stays usable, in seconds.
    static let attemptLifetime: Double = 600

    let connections: any ConnectionRepository
    let tokens: any TokenStore
    let crypto: any CryptoSuite
    let clock: any WallClock
    let policy: any AccessPolicy

    /// Creates an authorizer.
    public init(
        connections: any ConnectionRepository,
        tokens: any TokenStore,
        crypto: any CryptoSuite,
        clock: any WallClock,
        policy: any AccessPolicy = OwnerAccessPolicy()
    ) {
        self.connections = connections
        self.tokens = tokens
        self.crypto = crypto
        self.clock = clock
        self.policy = policy
    }

    /// Starts an attempt and gives the address to send the user to; no request is made.
    ///
    /// The attempt can be completed once, within ten minutes, by the same user in the same browser.
    ///
    /// - Parameters:
    ///   - registration: The service to connect to.
    ///   - principal: Who starts.
    ///   - owner: Who will own the connection; a reconnect keeps the owner it has.
    ///   - environment: The host's label for the environment; a reconnect keeps the one it has.
    ///   - capabilities: What must be granted.
    ///   - optional: What is asked for too, and may be left out by the user.
    ///   - intent: A new connection, or a new grant for one.
    ///   - consent: Hints to the consent page.
    /// - Returns: Where to send the browser, and the cookie to set in it.
    /// - Throws: `CalendarError.permissionDenied`, `configuration` when the client is not set up, `unsupported` for a
    ///   capability that no scope opens, `notFound` for an unknown connection.
    public func start(
        _ registration: ProviderRegistration,
        principal: Principal,
        owner: Connection.Owner,
        environment: String?,
        capabilities: Set<ProviderCapability>,
        optional: Set<ProviderCapability> = [],
        intent: AuthorizationAttempt.Intent,
        consent: ConsentOptions = ConsentOptions()
    ) async throws -> AuthorizationStart {
        let existing = try await reconnectable(intent, principal: principal, provider: registration.provider)
        try policy.require(.connect, for: principal, connection: existing)
        let owner = existing?.owner ?? owner
        if case .user(let user) = owner, user != principal.user {
            throw CalendarError(.permissionDenied, "An account is connected by its owner only.", field: "owner")
        }
        let client = try registration.resolvedClient()
        let server = registration.provider.authorizationServer
        let scopes = try ScopePlan(server).scopes(for: capabilities.union(optional))
        let isFurther = try await hasAccount(
            of: registration.provider.descriptor.id,
            tenant: principal.tenant,
            owner: owner,
            environment: environment
        )
        let request = ConsentRequest(
            options: consent,
            account: existing?.account,
            isFurtherAccount: existing == nil && isFurther
        )
        let state = randomText()
        let cookie = randomText()
        let nonce = randomText().reveal()
        let pkce = PKCE.random(from: crypto)
        let now = clock.now
        let url = try AuthorizationAddress(
            server: server,
            client: client,
            scopes: scopes,
            state: state,
            nonce: nonce,
            challenge: pkce.challenge,
            parameters: server.consentParameters(request),
            demandedClaims: existing?.demandedClaims
        ).url
        let attempt = AuthorizationAttempt(
            stateDigest: digest(state),
            cookieDigest: digest(cookie),
            tenant: principal.tenant,
            user: principal.user,
            provider: registration.provider.descriptor.id,
            owner: owner,
            environment: existing?.environment ?? environment,
            clientID: client.id,
            redirectURI: client.redirectURI,
            requestedScopes: scopes,
            requiredCapabilities: optional.isEmpty ? nil : capabilities,
            domain: consent.domain,
            codeVerifier: pkce.verifier,
            nonce: nonce,
            intent: intent,
            createdAt: now,
            expiresAt: now.addingTimeInterval(Self.attemptLifetime)
        )
        try await connections.save(attempt)
        return AuthorizationStart(url: url, cookie: cookie, expiresAt: attempt.expiresAt)
    }

    /// Completes an attempt: checks the callback, exchanges the code and stores the connection.
    ///
    /// Connecting an account again (same owner, environment and service) renews the connection it has, with its id and
    /// selection. Not idempotent: a second call with the same callback fails and changes nothing.
    ///
    /// - Parameters:
    ///   - callback: The address the browser was sent back to, with its query.
    ///   - cookie: The cookie set at the start, as the browser sent it.
    ///   - principal: Who is signed in at the host.
    ///   - registrations: The services by id; the attempt names the one used.
    /// - Returns: The connection as stored.
    /// - Throws: `CalendarError.attemptInvalid` for an unknown, used, expired or foreign attempt, `accessDenied` when the
    ///   grant was refused, `scopeMissing` naming what was not granted, `reconnectRequired` when the service gave no
    ///   refresh token, `accountMismatch` when a reconnect came back with another account.
    public func complete(
        callback: URL,
        cookie: Secret,
        principal: Principal,
        registrations: [ProviderID: ProviderRegistration]
    ) async throws -> Connection {
        try policy.require(.connect, for: principal)
        let answer = try AuthorizationCallback(callback)
        let attempt = try await take(answer.state, cookie: cookie, principal: principal)
        guard let registration = registrations[attempt.provider] else {
            throw CalendarError(.configuration, "The provider is not registered.", provider: attempt.provider)
        }
        do {
            let grant = try await exchange(answer, attempt, registration)
            let account = try account(grant, attempt, registration.provider.authorizationServer)
            try await requireScopes(grant, account, attempt, registration)
            return try await store(
                grant,
                NewConnection(attempt, account: account, client: try registration.resolvedClient()),
                principal: principal,
                server: registration.provider.authorizationServer
            )
        } catch let error as CalendarError {
            throw error.adding(provider: attempt.provider, operation: "oauth.complete")
        }
    }

    func digest(_ text: Secret) -> String {
        Base64URL.encode(crypto.sha256(Data(text.reveal().utf8)))
    }

    private func randomText() -> Secret {
        Secret(Base64URL.encode(crypto.randomBytes(32)))
    }

    private func reconnectable(
        _ intent: AuthorizationAttempt.Intent,
        principal: Principal,
        provider: any CalendarProvider
    ) async throws -> Connection? {
        guard case .reconnect(let id) = intent else { return nil }
        let key = ConnectionKey(tenant: principal.tenant, connection: id)
        guard let connection = try await connections.connection(key), connection.provider == provider.descriptor.id
        else {
            throw CalendarError(.notFound, "There is no such connection to this service.", identifier: id.rawValue)
        }
        guard connection.grant == .authorizationCode else {
            throw CalendarError(
                .unsupported,
                "A connection of the host's own key is renewed without anybody's consent.",
                identifier: id.rawValue
            )
        }
        return connection
    }

    private func hasAccount(
        of provider: ProviderID,
        tenant: TenantID,
        owner: Connection.Owner,
        environment: String?
    ) async throws -> Bool {
        try await connections.connections(of: tenant).contains {
            $0.provider == provider && $0.owner == owner && $0.environment == environment
        }
    }
}
