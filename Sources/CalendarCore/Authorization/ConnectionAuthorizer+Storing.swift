import Foundation

extension ConnectionAuthorizer {
    /// How often a write that met another writer is tried.
    private static let rounds = 4

    /// Stores the credential, then the connection, so that no crash leaves a connection without a credential.
    func store(
        _ tokens: TokenGrant,
        _ new: NewConnection,
        principal: Principal,
        server: AuthorizationServer
    ) async throws -> Connection {
        for _ in 0..<Self.rounds {
            let existing = try await existingConnection(new)
            try policy.require(.connect, for: principal, connection: existing)
            let connection = renewed(existing, tokens, new, server)
            do {
                try await saveCredential(tokens, for: connection.key)
                return try await connections.save(connection, expecting: existing?.revision)
            } catch let error as CalendarError where error.code == .revisionConflict {
                continue
            }
        }
        throw CalendarError(.revisionConflict, "The connection kept changing while it was stored.")
    }

    private func existingConnection(_ new: NewConnection) async throws -> Connection? {
        switch new.intent {
        case .reconnect(let id):
            let key = ConnectionKey(tenant: new.tenant, connection: id)
            guard let connection = try await connections.connection(key), connection.provider == new.provider else {
                throw CalendarError(.notFound, "The connection was removed meanwhile.", identifier: id.rawValue)
            }
            guard connection.account.key == new.account.key else {
                throw CalendarError(
                    .accountMismatch,
                    "Another account was chosen than the one this connection belongs to.",
                    identifier: id.rawValue
                )
            }
            return connection
        case .connect:
            return try await connections.connections(of: new.tenant).first { connection in
                connection.owner == new.owner && connection.environment == new.environment
                    && connection.provider == new.provider && connection.account.key == new.account.key
            }
        }
    }

    private func renewed(
        _ existing: Connection?,
        _ tokens: TokenGrant,
        _ new: NewConnection,
        _ server: AuthorizationServer
    ) -> Connection {
        let now = clock.now
        var connection =
            existing
            ?? Connection(
                key: ConnectionKey(tenant: new.tenant, connection: identifier(new)),
                owner: new.owner,
                environment: new.environment,
                provider: new.provider,
                account: new.account,
                clientID: new.clientID,
                clientLabel: new.clientLabel,
                grantedScopes: [],
                capabilities: [],
                createdAt: now,
                updatedAt: now
            )
        connection.account = new.account
        connection.clientID = new.clientID
        connection.clientLabel = new.clientLabel
        connection.grant = new.grant
        connection.grantedScopes = tokens.scopes
        connection.capabilities = (new.capabilities ?? ScopePlan(server).capabilities(of: tokens.scopes))
            .subtracting(server.missingCapabilities(new.account))
        connection.status = .active
        connection.lastFailure = nil
        connection.tokenExpiresAt = tokens.expiresAt
        connection.grantExpiresAt = tokens.refreshExpiresAt
        connection.demandedClaims = nil
        connection.updatedAt = now
        return connection
    }

    /// An id that follows from whose account it is.
    ///
    /// Two attempts that finish at the same moment meet in one id, where the second finds the first's connection,
    /// instead of making two connections of one account.
    private func identifier(_ new: NewConnection) -> ConnectionID {
        let owner =
            switch new.owner {
            case .user(let user): "user:\(user.rawValue)"
            case .organization: "organization"
            }
        let environment = new.environment.map { "in:\($0)" } ?? "none"
        let parts = [new.tenant.rawValue, owner, environment, new.provider.rawValue, new.account.key]
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
        let version = try await self.tokens.credential(for: key)?.version
        try await tokens.save(credential, for: key, expecting: version, lease: nil)
    }
}
