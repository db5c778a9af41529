import Foundation

extension ConnectionAuthorizer {
    /// How often a write that met another writer is tried.
    private static let rounds = 4

    /// Stores the credential, then the connection, so that no crash leaves a connection without a credential.
    func store(
        _ grant: TokenGrant,
        account: ExternalAccount,
        attempt: AuthorizationAttempt,
        principal: Principal,
        _ registration: ProviderRegistration
    ) async throws -> Connection {
        for _ in 0..<Self.rounds {
            let existing = try await existingConnection(account, attempt)
            try policy.require(.connect, for: principal, connection: existing)
            let connection = try renewed(existing, grant, account, attempt, registration)
            do {
                try await saveCredential(grant, for: connection.key)
                return try await connections.save(connection, expecting: existing?.revision)
            } catch let error as CalendarError where error.code == .revisionConflict {
                continue
            }
        }
        throw CalendarError(.revisionConflict, "The connection kept changing while it was stored.")
    }

    private func existingConnection(
        _ account: ExternalAccount,
        _ attempt: AuthorizationAttempt
    ) async throws -> Connection? {
        switch attempt.intent {
        case .reconnect(let id):
            let key = ConnectionKey(tenant: attempt.tenant, connection: id)
            guard let connection = try await connections.connection(key), connection.provider == attempt.provider else {
                throw CalendarError(.notFound, "The connection was removed meanwhile.", identifier: id.rawValue)
            }
            guard connection.account.key == account.key else {
                throw CalendarError(
                    .accountMismatch,
                    "Another account was chosen than the one this connection belongs to.",
                    identifier: id.rawValue
                )
            }
            return connection
        case .connect:
            return try await connections.connections(of: attempt.tenant).first { connection in
                connection.owner == attempt.owner && connection.environment == attempt.environment
                    && connection.provider == attempt.provider && connection.account.key == account.key
            }
        }
    }

    private func renewed(
        _ existing: Connection?,
        _ grant: TokenGrant,
        _ account: ExternalAccount,
        _ attempt: AuthorizationAttempt,
        _ registration: ProviderRegistration
    ) throws -> Connection {
        let now = clock.now
        let client = try registration.resolvedClient()
        let capabilities = ScopePlan(registration.provider.authorizationServer).capabilities(of: grant.scopes)
        var connection =
            existing
            ?? Connection(
                key: ConnectionKey(tenant: attempt.tenant, connection: identifier(account, attempt)),
                owner: attempt.owner,
                environment: attempt.environment,
                provider: attempt.provider,
                account: account,
                clientID: client.id,
                clientLabel: client.label,
                grantedScopes: [],
                capabilities: [],
                createdAt: now,
                updatedAt: now
            )
        connection.account = account
        connection.clientID = client.id
        connection.clientLabel = client.label
        connection.grantedScopes = grant.scopes
        connection.capabilities = capabilities
        connection.status = .active
        connection.lastFailure = nil
        connection.tokenExpiresAt = grant.expiresAt
        connection.updatedAt = now
        return connection
    }

    /// An id that follows from whose account it is.
    ///
    /// Two attempts that finish at the same moment meet in one id, where the second finds the first's connection,
    /// instead of making two connections of one account.
    private func identifier(_ account: ExternalAccount, _ attempt: AuthorizationAttempt) -> ConnectionID {
        let owner =
            switch attempt.owner {
            case .user(let user): "user:\(user.rawValue)"
            case .organization: "organization"
            }
        let environment = attempt.environment.map { "in:\($0)" } ?? "none"
        let parts = [attempt.tenant.rawValue, owner, environment, attempt.provider.rawValue, account.key]
        let text = parts.map { "\($0.utf8.count):\($0)" }.joined()
        return ConnectionID(Base64URL.encode(crypto.sha256(Data(text.utf8)).prefix(16)))
    }

    private func saveCredential(_ grant: TokenGrant, for key: ConnectionKey) async throws {
        let credential = Credential(
            accessToken: grant.accessToken,
            refreshToken: grant.refreshToken,
            expiresAt: grant.expiresAt,
            scopes: grant.scopes
        )
        let version = try await tokens.credential(for: key)?.version
        try await tokens.save(credential, for: key, expecting: version, lease: nil)
    }
}
