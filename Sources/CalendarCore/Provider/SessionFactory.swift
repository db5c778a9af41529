/// Makes the sessions in which providers work.
///
/// A session repeats what may be repeated, around a transport that adds and renews the access token.
public struct SessionFactory: Sendable {
    private let source: AccessTokenSource
    private let retry: RetryPolicy
    private let clock: any WallClock
    private let random: RandomSource

    /// Creates a factory.
    public init(
        source: AccessTokenSource,
        retry: RetryPolicy = .jittered(),
        clock: any WallClock,
        random: RandomSource
    ) {
        self.source = source
        self.retry = retry
        self.clock = clock
        self.random = random
    }

    /// A session for a connection; makes no call.
    ///
    /// - Throws: `CalendarError.reconnectRequired` when the grant has ended (requirement R-14), `invalidArgument` when the
    ///   connection is switched off or belongs to another provider.
    public func session(
        for connection: Connection,
        using registration: ProviderRegistration
    ) throws -> ProviderSession {
        try connection.requireUsable()
        guard connection.provider == registration.provider.descriptor.id else {
            throw CalendarError.invalidArgument("registration", "The connection belongs to another provider.")
                .adding(provider: connection.provider, identifier: connection.key.connection.rawValue)
        }
        let authorized = AuthorizedTransport(
            registration.transport(for: connection.account.key),
            source: source,
            connection: connection,
            registration: registration
        )
        return ProviderSession(
            connection: connection.key,
            accountAddress: connection.account.address,
            accountKey: connection.account.key,
            http: RetryingTransport(authorized, policy: retry, clock: clock, random: random),
            clock: clock
        )
    }
}
