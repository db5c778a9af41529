public import CalendarCore

/// How a simulated run gets a host: its providers and its storage.
///
/// The closures are called for every process of a run: once at the start, and again after each crash.
public struct SimulatedHost: Sendable {
    /// One service as a process sees it.
    public struct Endpoint: Sendable {
        /// The provider's id.
        public let provider: ProviderID
        /// The OAuth client that the service knows.
        public let client: OAuthClient
        /// The connection to the service.
        public let transport: any HTTPTransport
    }

    /// Registers the provider for a service.
    public var register: @Sendable (Endpoint) throws -> ProviderRegistration
    /// Opens the host's storage; what an earlier process stored must be there.
    public var openStorage: @Sendable () throws -> CalendarStorage

    /// Opens the storage of a process that may die inside a call of it; otherwise it dies between calls only.
    ///
    /// The storage asks wherever the process may die. After a yes it leaves what is stored as it is at this moment: a
    /// process that is started later finds nothing that the dead one did afterwards.
    package var openMortalStorage: (@Sendable (_ dies: @escaping @Sendable () -> Bool) throws -> CalendarStorage)?

    /// Describes a host.
    ///
    /// - Parameters:
    ///   - openStorage: Opens the host's storage; what an earlier process of the run stored must be there.
    ///   - register: Registers the provider for a service.
    public init(
        openStorage: @escaping @Sendable () throws -> CalendarStorage,
        register: @escaping @Sendable (Endpoint) throws -> ProviderRegistration
    ) {
        self.openStorage = openStorage
        self.register = register
    }
}
