import Foundation

/// One refresh of one connection's token: lease, re-read, request, compare-and-swap.
///
/// Correct beside other processes that do the same on the same store; the sharing among callers in one process is the
/// business of ``AccessTokenSource``.
struct TokenRefresh: Sendable {
    let key: ConnectionKey
    let registration: ProviderRegistration
    /// The token the service has just refused, if that is the reason.
    let rejected: Secret?
    /// The claims (JSON) that the service demanded when it refused the token.
    let demandedClaims: String?
    let tokens: any TokenStore
    let connections: any ConnectionRepository
    let clock: any WallClock
    let random: RandomSource
    let policy: RefreshPolicy

    /// Refreshes, or finds that somebody else has.
    ///
    /// - Throws: `CalendarError.reconnectRequired` when the grant has ended; `leaseLost` when somebody else holds the
    ///   lease for too long; the token endpoint's failure otherwise, which leaves the connection as it is.
    func run() async throws -> Credential {
        let deadline = clock.now.addingTimeInterval(policy.patience)
        var attempt = 1
        while true {
            let leased = try await tokens.acquireLease(for: key, now: clock.now, lasting: policy.leaseLifetime)
            if let lease = leased { return try await run(under: lease) }
            let stored = try await storedCredential().credential
            if isFresh(stored) || policy.isLastResort(stored, rejected: rejected, now: clock.now) { return stored }
            let next = clock.now.addingTimeInterval(policy.pause(after: attempt))
            guard next <= deadline else {
                throw CalendarError(.leaseLost, "Another worker is refreshing the token and has not finished.")
            }
            try await clock.sleep(until: next)
            attempt += 1
        }
    }

    private func run(under lease: RefreshLease) async throws -> Credential {
        let outcome: Result<Credential, any Error>
        do {
            outcome = .success(try await refresh(under: lease))
        } catch {
            outcome = .failure(error)
        }
        // The lease ends by itself, so a failure to give it back delays others and spoils nothing.
        try? await tokens.release(lease, for: key)
        return try outcome.get()
    }

    private func refresh(under lease: RefreshLease) async throws -> Credential {
        let connection = try await usableConnection()
        let stored = try await storedCredential()
        if isFresh(stored.credential) { return stored.credential }
        let grant: TokenGrant
        switch connection.grant {
        case .authorizationCode:
            guard let refreshToken = stored.credential.refreshToken else {
                return try await endGrant(reason: "missing_refresh_token", version: stored.version)
            }
            let client = try registration.resolvedClient()
            try require(client.id, of: connection)
            let endpoint = TokenEndpoint(registration, client: client, clock: clock)
            do {
                grant = try await endpoint.refresh(
                    refreshToken,
                    scopes: stored.credential.scopes,
                    demandedClaims: demandedClaims
                )
            } catch let error as CalendarError {
                return try await settle(error, stored: stored)
            }
        case .application(let mailbox):
            let application = try await registration.applications.grant(of: key.tenant)
            try require(application.clientID, of: connection)
            do {
                grant = try await TokenEndpoint(registration, client: nil, clock: clock).token(
                    application,
                    mailbox: mailbox,
                    scopes: stored.credential.scopes,
                    identifier: IdentifierSource(random).next()
                )
            } catch let error as CalendarError {
                return try await settle(error, stored: stored)
            }
        }
        return try await save(grant, over: stored, lease: lease)
    }

    private func require(_ clientID: String, of connection: Connection) throws(CalendarError) {
        guard clientID == connection.clientID else {
            throw CalendarError(.configuration, "The connection was made with another OAuth client.")
        }
    }

    /// What to do about a failed request: only a grant that ended, unrefreshed by anybody, ends the connection.
    private func settle(_ failure: CalendarError, stored: StoredCredential) async throws -> Credential {
        switch failure.failureClass {
        case .reconnect(let reason):
            return try await endGrant(reason: reason ?? failure.code.rawValue, version: stored.version)
        case .retry where policy.isLastResort(stored.credential, rejected: rejected, now: clock.now):
            return stored.credential
        default:
            throw failure
        }
    }

    /// Stores new tokens; a known refresh token is never replaced by nothing (requirement R-11).
    private func save(_ grant: TokenGrant, over stored: StoredCredential, lease: RefreshLease) async throws
        -> Credential
    {
        let credential = Credential(
            accessToken: grant.accessToken,
            refreshToken: grant.refreshToken ?? stored.credential.refreshToken,
            expiresAt: grant.expiresAt,
            scopes: grant.scopes
        )
        var attempt = 1
        while true {
            do {
                try await tokens.save(credential, for: key, expecting: stored.version, lease: lease)
                return credential
            } catch let error as CalendarError where error.code == .revisionConflict || error.code == .leaseLost {
                let current = try await storedCredential().credential
                guard current.accessToken == credential.accessToken || isFresh(current) else { throw error }
                return current
            } catch {
                // The store failed, and with a rotated refresh token the grant would be lost with this value.
                guard attempt < 4 else { throw error }
                try await clock.sleep(until: clock.now.addingTimeInterval(policy.pause(after: attempt)))
                attempt += 1
            }
        }
    }

    /// Marks the connection, once, unless the credential has moved since (requirement R-12).
    ///
    /// The connection is read before the credential: whoever renews the grant writes them in the other order, so either
    /// the version shows it or the write of the connection does.
    private func endGrant(reason: String, version: Int) async throws -> Credential {
        for _ in 0..<8 {
            var connection = try await usableConnection()
            let stored = try await storedCredential()
            guard stored.version == version else {
                if policy.isLastResort(stored.credential, rejected: rejected, now: clock.now) {
                    return stored.credential
                }
                throw CalendarError(.revisionConflict, "Another worker replaced the tokens during the refresh.")
            }
            let revision = connection.revision
            connection.status = .reconnectRequired(code: reason)
            connection.lastFailure = .reconnectRequired
            if let demandedClaims { connection.demandedClaims = demandedClaims }
            connection.updatedAt = clock.now
            do {
                try await connections.save(connection, expecting: revision)
                throw connection.reconnectError(reason)
            } catch let error as CalendarError where error.code == .revisionConflict {
                continue
            }
        }
        throw CalendarError(.revisionConflict, "The connection kept changing while its grant ended.")
    }

    private func usableConnection() async throws -> Connection {
        guard let connection = try await connections.connection(key) else {
            throw CalendarError(.notFound, "The connection does not exist any more.")
        }
        try connection.requireUsable()
        return connection
    }

    private func storedCredential() async throws -> StoredCredential {
        guard let stored = try await tokens.credential(for: key) else {
            throw CalendarError(.reconnectRequired, "The connection has no tokens.", reason: "missing_credential")
        }
        return stored
    }

    private func isFresh(_ credential: Credential) -> Bool {
        policy.isFresh(credential, rejected: rejected, now: clock.now, unit: random.unit())
    }
}
