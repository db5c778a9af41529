public import CalendarCore

extension ProviderID {
    /// Google Calendar.
    public static let google: ProviderID = "google"
}

extension ProviderRegistration {
    /// Google Calendar.
    ///
    /// - Parameters:
    ///   - client: Where the OAuth client comes from; `.environment` reads `GOOGLE_CALENDAR_CLIENT_ID` and its like.
    ///   - transport: How the service is reached; the default is one `URLSession` for the whole process.
    ///   - applications: Which organisations let the host act with a service account.
    ///   - configuration: Where the service is found; the default means the real one.
    /// - Returns: The registration.
    public static func google(
        client: OAuthClientSource,
        transport: any HTTPTransport = URLSessionTransport.shared,
        applications: ApplicationGrants = [:],
        configuration: GoogleCalendarProvider.Configuration = GoogleCalendarProvider.Configuration()
    ) -> ProviderRegistration {
        ProviderRegistration(
            provider: GoogleCalendarProvider(configuration: configuration),
            client: client,
            transport: transport,
            applications: applications
        )
    }
}
