extension ConnectionAuthorizer {
    /// Connects a mailbox with the host's own key, without anybody's consent (requirement M-07).
    ///
    /// The key is tried by reading the mailbox's calendars before anything is stored (requirement R-19). Connecting a
    /// mailbox again renews the connection it has.
    ///
    /// - Parameters:
    ///   - registration: The service, which holds the organisation's ``ApplicationGrant``.
    ///   - mailbox: The address of the mailbox, which must be on the grant's list.
    ///   - principal: Who asks: an administrator, with the permissions `connect` and `view-all`.
    ///   - owner: Who will own the connection.
    ///   - environment: The host's label for the environment.
    ///   - capabilities: What the connection is for.
    /// - Returns: The connection as stored.
    /// - Throws: `CalendarError.permissionDenied` without the permissions or for a mailbox that is not on the list,
    ///   `configuration` when the organisation has no grant, also with the reason `delegationMissing`, `duplicate` while
    ///   its owner's consent is in force. In each case nothing was stored.
    public func connect(
        _ registration: ProviderRegistration,
        impersonating mailbox: String,
        principal: Principal,
        owner: Connection.Owner,
        environment: String?,
        capabilities: Set<ProviderCapability>
    ) async throws -> Connection {
        let provider = registration.provider.descriptor.id
        do {
            try policy.require(.connect, for: principal)
            try policy.require(.viewAll, for: principal)
            let application = try await registration.applications.grant(of: principal.tenant)
            let new = NewConnection(
                tenant: principal.tenant,
                owner: owner,
                environment: environment,
                provider: provider,
                mailbox: try application.listed(mailbox),
                capabilities: capabilities,
                application: application
            )
            try await requireNoConsent(for: new)
            let tokens = try await TokenEndpoint(registration, client: nil, clock: clock).token(
                application,
                mailbox: new.account.address,
                scopes: try application.scopes(capabilities),
                identifier: Base64URL.encode(crypto.randomBytes(16))
            )
            try await verify(tokens, new, application, registration)
            return try await store(
                tokens,
                new,
                principal: principal,
                server: registration.provider.authorizationServer
            )
        } catch let error as CalendarError {
            throw error.adding(provider: provider, operation: "oauth.impersonate")
        }
    }

    /// Two grants to one mailbox would mirror it twice, and the person's own word goes before the administrator's.
    private func requireNoConsent(for new: NewConnection) async throws {
        let own = try await connections.connections(of: new.tenant).first {
            $0.provider == new.provider && $0.environment == new.environment && $0.isUsable
                && $0.grant == .authorizationCode && $0.account.address.lowercased() == new.account.address
        }
        guard let own else { return }
        throw CalendarError(
            .duplicate,
            "The mailbox's owner has connected it already.",
            identifier: own.key.connection.rawValue
        )
    }

    /// Reads the mailbox's calendars, which a key without the administrator's word cannot.
    private func verify(
        _ tokens: TokenGrant,
        _ new: NewConnection,
        _ application: ApplicationGrant,
        _ registration: ProviderRegistration
    ) async throws {
        let session = ProviderSession(
            connection: ConnectionKey(tenant: new.tenant, connection: "unverified"),
            accountAddress: new.account.address,
            accountKey: new.account.key,
            http: ImpersonatedTransport(
                next: registration.transport,
                token: tokens.accessToken,
                mailbox: new.account.address,
                application: application
            ),
            clock: clock
        )
        do {
            _ = try await registration.provider.calendars(session: session)
        } catch let error as CalendarError {
            throw application.explaining(error)
        }
    }
}

/// Sends requests with one token for one mailbox, for as long as there is no connection.
private struct ImpersonatedTransport: HTTPTransport {
    let next: any HTTPTransport
    let token: Secret
    let mailbox: String
    let application: ApplicationGrant

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.url = try application.address(request.url, mailbox)
        request.headers["Authorization"] = "Bearer \(token.reveal())"
        return try await next.send(request)
    }
}
