import CalendarCore
import Foundation

/// A provider that only has OAuth endpoints; every calendar call is an error.
struct ExampleProvider: CalendarProvider {
    let descriptor = ProviderDescriptor(
        id: "example",
        name: "Example",
        capabilities: [.readEvents: .available, .writeEvents: .available],
        mailControl: .perWrite,
        environmentPrefixes: ["EXAMPLE_CALENDAR"],
        registrationHelp: "Register a client at https://example.com/clients."
    )

    var authorizationServer: AuthorizationServer
    /// What listing calendars does with the session.
    var list: @Sendable (ProviderSession) async throws -> [RemoteCalendar] = { _ in
        throw CalendarError(.unsupported, "This provider has no calendars.")
    }
    /// What closing a channel does.
    var close: @Sendable (NotificationChannel, ProviderSession) async throws -> Void = { _, _ in }

    init() throws {
        authorizationServer = try Self.server()
    }

    private static func server() throws -> AuthorizationServer {
        guard let authorize = URL(string: "https://accounts.example.com/authorize"),
            let token = URL(string: "https://accounts.example.com/token")
        else { throw CalendarError(.configuration, "address") }
        return AuthorizationServer(
            authorizationEndpoint: authorize,
            tokenEndpoint: token,
            authorizationParameters: ["prompt": "consent", "access_type": "offline", "state": "never"],
            identityScopes: ["openid", "email"],
            silentScopes: ["offline_access"],
            scopes: [.readEvents: ["events.read", "events"], .writeEvents: ["events"], .listCalendars: ["list"]],
            scopeAliases: ["https://example.com/auth/events": "events"],
            account: { ExternalAccount(key: $0["sub"] ?? "", address: $0["email"] ?? "") },
            isIssuer: { issuer, _ in issuer == "https://accounts.example.com" },
            failure: { failure in
                switch failure.error {
                case "invalid_grant":
                    CalendarError(.reconnectRequired, "The grant has ended.", reason: failure.error)
                case "invalid_client":
                    CalendarError(.configuration, "The client is refused.", reason: failure.error)
                default:
                    CalendarError(.unavailable, "The endpoint failed.", reason: failure.error)
                }
            }
        )
    }

    private var unsupported: CalendarError { CalendarError(.unsupported, "This provider has no calendars.") }

    func calendars(session: ProviderSession) async throws -> [RemoteCalendar] { try await list(session) }

    func closeChannel(_ channel: NotificationChannel, session: ProviderSession) async throws {
        try await close(channel, session)
    }

    func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage { throw unsupported }

    func event(_ id: RemoteEventID, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        throw unsupported
    }

    func create(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent { throw unsupported }

    func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent? { throw unsupported }

    func update(_ update: EventUpdate, in calendar: CalendarID, session: ProviderSession) async throws -> RemoteEvent {
        throw unsupported
    }

    func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        throw unsupported
    }

    func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        throw unsupported
    }

    func canonical(_ content: EventContent) -> EventContent { content }

    func losses(writing content: EventContent) -> [FidelityLoss] { [] }
}
