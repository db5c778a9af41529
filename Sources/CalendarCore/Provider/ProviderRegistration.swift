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

    /// Registers a provider.
    public init(
        provider: any CalendarProvider,
        client: OAuthClientSource,
        transport: any HTTPTransport,
        applications: ApplicationGrants = [:]
    ) {
        self.applications = applications
        self.provider = provider
        self.client = client
        self.transport = transport
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
