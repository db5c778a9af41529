import CalendarCore

// snippet: policy
struct OwnEventsPolicy: AccessPolicy {
    func allows(_ permission: Permission, for principal: Principal, connection: Connection?) -> Bool {
        guard permission != .viewAll else { return false }
        return OwnerAccessPolicy().allows(permission, for: principal, connection: connection)
    }
}
// snippet end

/// Offers a service that the SDK does not know.
func register(
    _ provider: any CalendarProvider,
    client: OAuthClient,
    in storage: CalendarStorage,
    crypto: any CryptoSuite
) {
    // snippet: register
    let registration = ProviderRegistration(
        provider: provider,
        client: .value(client),
        transport: URLSessionTransport.shared
    )
    let calendars = CalendarService(providers: [registration], storage: storage, crypto: crypto)
    // snippet end
    print(calendars.providers.map(\.name))
}
