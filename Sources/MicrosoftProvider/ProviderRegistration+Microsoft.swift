public import CalendarCore

extension ProviderID {
    /// Microsoft 365 and Outlook.com through Microsoft Graph.
    public static let microsoft = ProviderID("microsoft")
}

extension ProviderRegistration {
    /// Registers Microsoft calendars.
    ///
    /// - Parameters:
    ///   - client: Where the OAuth client comes from.
    ///   - transport: How the service is reached; the default is one `URLSession` for the whole process.
    ///   - applications: Which organisations let the host act with application permissions.
    ///   - configuration: The cloud, the tenant and the marks on events.
    /// - Returns: The registration.
    public static func microsoft(
        client: OAuthClientSource,
        transport: any HTTPTransport = URLSessionTransport.shared,
        applications: ApplicationGrants = [:],
        configuration: MicrosoftCalendarProvider.Configuration = .init()
    ) -> ProviderRegistration {
        ProviderRegistration(
            provider: MicrosoftCalendarProvider(configuration: configuration),
            client: client,
            transport: transport,
            applications: applications,
            requestsAtOnce: configuration.requestsAtOnce
        )
    }
}
