/// A provider as a host uses it: the adapter, its OAuth client and the transport to reach the service.
///
/// Provider modules add factories, such as `.google(client: .environment)`.
public struct ProviderRegistration: Sendable {
    /// The adapter.
    public let provider: any CalendarProvider
    /// Where the OAuth client comes from.
    public let client: OAuthClientSource
    /// How the service is reached.
    public let transport: any HTTPTransport
    /// Which organisations let the host act with a key of its own.
    public let applications: ApplicationGrants
    /// Where requests of one account wait for each other; nil where the service sets no limit.
    let gate: RequestGate?

    /// Registers a provider.
    ///
    /// - Parameters:
    ///   - provider: The adapter.
    ///   - client: Where the OAuth client comes from.
    ///   - transport: How the service is reached.
    ///   - applications: Which organisations let the host act with a key of its own.
    ///   - requestsAtOnce: How many requests of one account the service serves at once; nil for no limit. It holds for
    ///     this value and its copies, so register a provider once in a process.
    public init(
        provider: any CalendarProvider,
        client: OAuthClientSource,
        transport: any HTTPTransport,
        applications: ApplicationGrants = [:],
        requestsAtOnce: Int? = nil
    ) {
        self.applications = applications
        gate = requestsAtOnce.map { RequestGate(limit: $0) }
        self.provider = provider
        self.client = client
        self.transport = transport
    }

    /// The transport for the requests of one account.
    func transport(for account: String) -> any HTTPTransport {
        guard let gate else { return transport }
        return GatedTransport(next: transport, gate: gate, account: account)
    }

    /// The OAuth client.
    ///
    /// - Throws: `CalendarError.configuration` naming the variable that is missing.
    package func resolvedClient() throws -> OAuthClient {
        do {
            return try client.client(prefixes: provider.descriptor.environmentPrefixes)
        } catch var error as CalendarError {
            error.message += " " + provider.descriptor.registrationHelp
            throw error.adding(provider: provider.descriptor.id)
        }
    }
}
