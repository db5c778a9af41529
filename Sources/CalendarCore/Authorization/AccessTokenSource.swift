/// Gives access tokens for connections and refreshes them when they are about to expire.
///
/// Callers of one connection share one refresh, in this process through this actor, and between processes through the
/// lease of the ``TokenStore``. A failure is told to those who waited and then forgotten; a cancelled caller leaves the
/// refresh to the others. Only an ended grant marks the connection, once; from then on no request is made for it.
public actor AccessTokenSource {
    private struct Flight {
        let number: Int
        let demandedClaims: String?
        let outcome: SharedOutcome<Credential>
    }

    private let tokens: any TokenStore
    private let connections: any ConnectionRepository
    private let clock: any WallClock
    private let random: RandomSource
    private let tasks: TaskOwner
    private let policy = RefreshPolicy()
    private var flights: [ConnectionKey: Flight] = [:]
    private var lastFlight = 0

    /// Creates a source; one for each process and store is enough.
    public init(
        tokens: any TokenStore,
        connections: any ConnectionRepository,
        clock: any WallClock,
        random: RandomSource,
        tasks: TaskOwner = TaskOwner()
    ) {
        self.tokens = tokens
        self.connections = connections
        self.clock = clock
        self.random = random
        self.tasks = tasks
    }

    /// A token with more than five minutes to live, refreshed if need be, or obtained anew with the host's own key.
    ///
    /// - Throws: `CalendarError.reconnectRequired` when the grant has ended, without a request if that was known;
    ///   `configuration` or a transient failure, which leave the connection as it is; `CancellationError`.
    public func token(
        for connection: Connection,
        using registration: ProviderRegistration
    ) async throws -> Secret {
        try await token(for: connection, using: registration, rejected: nil, claims: nil)
    }

    /// A token other than the one the service has just refused.
    ///
    /// Refreshes only if the refused token is still the stored one.
    ///
    /// - Parameters:
    ///   - rejected: The refused token.
    ///   - connection: The connection.
    ///   - registration: The service.
    ///   - claims: The claims (JSON) that the service demands of the next token; the refresh asks for them.
    /// - Returns: Another token.
    /// - Throws: As ``token(for:using:)`` does.
    public func refreshed(
        _ rejected: Secret,
        for connection: Connection,
        using registration: ProviderRegistration,
        demanding claims: String? = nil
    ) async throws -> Secret {
        try await token(for: connection, using: registration, rejected: rejected, claims: claims)
    }

    /// Marks a connection whose service demands claims that no refresh brings, unless its token has moved since.
    ///
    /// - Throws: `CalendarError.reconnectRequired` with the reason `insufficient_claims`, having marked it.
    func requireReconnect(_ connection: Connection, refused: Secret, demanding claims: String) async throws {
        let now = clock.now
        guard try await tokens.credential(for: connection.key)?.credential.accessToken == refused else { return }
        try await connections.update(connection.key) { stored in
            guard stored.isUsable else { return }
            stored.status = .reconnectRequired(code: "insufficient_claims")
            stored.lastFailure = .reconnectRequired
            stored.demandedClaims = claims
            stored.updatedAt = now
        }
        throw connection.reconnectError("insufficient_claims")
    }

    private func token(
        for connection: Connection,
        using registration: ProviderRegistration,
        rejected: Secret?,
        claims: String?
    ) async throws -> Secret {
        do {
            try connection.requireUsable()
            guard let current = try await connections.connection(connection.key) else {
                throw CalendarError(.notFound, "The connection does not exist any more.")
            }
            try current.requireUsable()
            guard let stored = try await tokens.credential(for: connection.key)?.credential else {
                throw CalendarError(.reconnectRequired, "The connection has no tokens.", reason: "missing_credential")
            }
            if policy.isFresh(stored, rejected: rejected, now: clock.now, unit: random.unit()) {
                return stored.accessToken
            }
            return try await refresh(connection.key, registration, rejected: rejected, claims: claims)
        } catch var error as CalendarError {
            // The caller's request was not sent, whatever became of the token request.
            error.isOutcomeUnknown = false
            throw error.adding(provider: connection.provider, identifier: connection.key.connection.rawValue)
        }
    }

    /// Joins the refresh under way or starts one.
    ///
    /// One that began for another reason may bring back the refused token, or one without the claims demanded.
    private func refresh(
        _ key: ConnectionKey,
        _ registration: ProviderRegistration,
        rejected: Secret?,
        claims: String?
    ) async throws -> Secret {
        while true {
            let (flight, isOwn) = flight(key, registration, rejected: rejected, claims: claims)
            let joined = try await flight.outcome.wait()
            let isEnough = claims == nil || flight.demandedClaims == claims
            if isOwn || (joined.accessToken != rejected && isEnough) { return joined.accessToken }
        }
    }

    private func flight(
        _ key: ConnectionKey,
        _ registration: ProviderRegistration,
        rejected: Secret?,
        claims: String?
    ) -> (flight: Flight, isOwn: Bool) {
        if let flight = flights[key] { return (flight, false) }
        lastFlight += 1
        let flight = Flight(number: lastFlight, demandedClaims: claims, outcome: SharedOutcome())
        flights[key] = flight
        let refresh = TokenRefresh(
            key: key,
            registration: registration,
            rejected: rejected,
            demandedClaims: claims,
            tokens: tokens,
            connections: connections,
            clock: clock,
            random: random,
            policy: policy
        )
        _ = tasks.start {
            let outcome: Result<Credential, any Error>
            do {
                outcome = .success(try await refresh.run())
            } catch {
                outcome = .failure(error)
            }
            await self.land(flight, for: key)
            flight.outcome.finish(outcome)
        }
        return (flight, true)
    }

    /// Forgets a flight before its outcome is told, so that nobody joins one that is over.
    private func land(_ flight: Flight, for key: ConnectionKey) {
        guard flights[key]?.number == flight.number else { return }
        flights[key] = nil
    }
}
