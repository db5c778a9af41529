/// Everything a host sets up once: providers, storage, cryptography, clock and policy.
///
/// Nothing can be done without saying for whom, so a tenant cannot be forgotten: see ``acting(as:)``.
public struct CalendarService: Sendable {
    let registrations: [ProviderID: ProviderRegistration]
    let storage: CalendarStorage
    let policy: any AccessPolicy
    let mirroring: MirroringPolicy
    let clock: any WallClock
    let authorizer: ConnectionAuthorizer
    let sessions: SessionFactory
    let engine: SyncEngine

    /// Combines the parts; nothing is read or sent.
    ///
    /// - Parameters:
    ///   - providers: The services to offer, such as `[.google(client: .environment)]`; the last one of an id counts.
    ///   - storage: Where everything is kept.
    ///   - crypto: The cryptography, such as `SwiftCryptoSuite()` from CalendarCrypto.
    ///   - policy: Who may do what.
    ///   - mirroring: Whose connections receive the events that the host makes.
    ///   - conflicts: Which side's value stands where a user of the host and somebody in the service changed the same
    ///     field of an event differently.
    ///   - span: How far around now events are mirrored, where nothing else is said of a calendar.
    ///   - clock: The time.
    ///   - random: Random numbers for jitter and identifiers.
    ///   - retry: When failed requests are repeated.
    ///   - tasks: Who starts the work that outlives a caller.
    public init(
        providers: [ProviderRegistration],
        storage: CalendarStorage,
        crypto: any CryptoSuite,
        policy: any AccessPolicy = OwnerAccessPolicy(),
        mirroring: MirroringPolicy = .owner,
        conflicts: ConflictPolicy = .remoteWins,
        span: SyncSpan = .standard,
        clock: any WallClock = SystemClock(),
        random: RandomSource = .system,
        retry: RetryPolicy = .jittered(),
        tasks: TaskOwner = TaskOwner()
    ) {
        registrations = Dictionary(
            providers.map { ($0.provider.descriptor.id, $0) },
            uniquingKeysWith: { _, last in last }
        )
        self.storage = storage
        self.policy = policy
        self.mirroring = mirroring
        self.clock = clock
        let identifiers = IdentifierSource(random)
        authorizer = ConnectionAuthorizer(
            connections: storage.connections,
            tokens: storage.tokens,
            crypto: crypto,
            clock: clock,
            policy: policy
        )
        sessions = SessionFactory(
            source: AccessTokenSource(
                tokens: storage.tokens,
                connections: storage.connections,
                clock: clock,
                random: random,
                tasks: tasks
            ),
            retry: retry,
            clock: clock,
            random: random
        )
        engine = SyncEngine(
            repository: storage.events,
            clock: clock,
            identifiers: identifiers,
            configuration: .init(span: span, conflicts: conflicts)
        )
    }

    /// The service as one principal may use it.
    public func acting(as principal: Principal) -> ActingCalendars {
        ActingCalendars(service: self, principal: principal)
    }

    /// The providers on offer, ordered by id.
    public var providers: [ProviderDescriptor] {
        registrations.values.map(\.provider.descriptor).sorted { $0.id < $1.id }
    }

    func registration(_ id: ProviderID) throws -> ProviderRegistration {
        guard let registration = registrations[id] else {
            throw CalendarError(.configuration, "No provider is registered under this id.", provider: id)
        }
        return registration
    }

    /// The adapter of a connection and a session for its calls.
    func open(_ connection: Connection) throws -> (any CalendarProvider, ProviderSession) {
        let registration = try registration(connection.provider)
        return (registration.provider, try sessions.session(for: connection, using: registration))
    }
}
