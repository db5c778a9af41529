import CalendarCore
import Foundation
import GoogleProvider

/// The two routes of a host that connect an account.
struct ConnectRoutes {
    let calendars: CalendarService

    // snippet: connect-start
    func start(user: UserID, tenant: TenantID) async throws -> (location: URL, cookie: Secret) {
        let principal = Principal(tenant: tenant, user: user, permissions: [.connect, .view, .schedule])
        let attempt = try await calendars.acting(as: principal).connect(.google)
        return (attempt.url, attempt.cookie)
    }
    // snippet end

    // snippet: connect-complete
    func callback(address: URL, cookie: Secret, principal: Principal) async throws -> ConnectionID {
        let connection = try await calendars.acting(as: principal).complete(callback: address, of: cookie)
        return connection.key.connection
    }
    // snippet end

    // snippet: connect-select
    func chooseCalendars(of connection: ConnectionID, for principal: Principal) async throws {
        let mine = calendars.acting(as: principal)
        let found = try await mine.calendars(of: connection)
        let writable = found.first { $0.isPrimary && $0.access >= .write }
        let selection = CalendarSelection(read: found.map(\.id), write: writable?.id)
        try await mine.select(selection, in: connection)
    }
    // snippet end
}

/// An OAuth client of one organisation, read from the host's own settings.
func organisationClient(id: String, secret: String) -> ProviderRegistration {
    // snippet: connect-client
    let client = OAuthClient(
        id: id,
        secret: Secret(secret),
        redirectURI: "https://crm.example.com/calendar/callback",
        label: "Your organization"
    )
    let google = ProviderRegistration.google(client: .value(client))
    // snippet end
    return google
}
