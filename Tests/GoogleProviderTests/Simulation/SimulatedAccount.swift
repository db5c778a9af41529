import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing
import TrafficSchemas

/// An account at the simulated service, connected with the scopes the provider asks for.
struct SimulatedAccount {
    static let address = "ada@example.com"
    static let zone = EventZone("Europe/Vienna")

    let clock = ManualClock()
    let google: GoogleCalendarSimulator
    let provider = GoogleCalendarProvider()
    let session: ProviderSession

    /// Ada and Grace at example.com; the session is Ada's.
    init() async throws {
        let google = GoogleCalendarSimulator(clock: clock, crypto: TransparentCryptoSuite())
        google.addAccount(Self.address, name: "Ada", zone: Self.zone)
        google.addAccount("grace@example.com", name: "Grace", zone: Self.zone)
        let grant = try await Self.grant(google, provider.authorizationServer, clock)
        google.clearRequests()
        let checked = ValidatingTransport(google, schema: SharedDescriptions.google) { Issue.record("\($0)") }
        session = ProviderSession(
            connection: ConnectionKey(tenant: "acme", connection: "c1"),
            accountAddress: Self.address,
            accountKey: "1001",
            http: BearerTransport(next: checked, token: grant.accessToken),
            clock: clock
        )
        self.google = google
    }

    private static func grant(
        _ google: GoogleCalendarSimulator,
        _ server: AuthorizationServer,
        _ clock: ManualClock
    ) async throws -> TokenGrant {
        let pkce = PKCE(verifier: Secret(String(repeating: "v", count: 43)), crypto: TransparentCryptoSuite())
        let scopes = server.identityScopes + server.scopes.values.compactMap(\.first).sorted()
        var fields = FormFields([
            ("client_id", google.client.id), ("redirect_uri", google.client.redirectURI), ("response_type", "code"),
            ("scope", scopes.joined(separator: " ")), ("state", "s1"), ("code_challenge", pkce.challenge),
            ("code_challenge_method", "S256"), ("nonce", "n1"),
        ])
        for (name, value) in server.authorizationParameters.sorted(by: { $0.key < $1.key }) { fields.add(name, value) }
        let address = try #require(URL(string: "\(server.authorizationEndpoint.absoluteString)?\(fields.encoded)"))
        let callback = try google.consent(to: address, as: Self.address)
        let code = try #require(FormFields(parsing: callback.query(percentEncoded: true) ?? "")["code"])
        let registration = ProviderRegistration.google(client: .value(google.client), transport: google)
        let grant = try await TokenEndpoint(registration, client: google.client, clock: clock).exchange(
            code: Secret(code),
            verifier: pkce.verifier,
            redirectURI: google.client.redirectURI,
            requestedScopes: scopes
        )
        try #require(grant.refreshToken != nil)
        return grant
    }

    var calendar: CalendarID { CalendarID(Self.address) }

    var held: [SimulatedEvent] { google.events(of: Self.address) }

    /// Every change of a round and its cursor, with the number of pages.
    func round(from position: ChangePosition) async throws -> (changes: [RemoteChange], cursor: SyncCursor, pages: Int)
    {
        var position = position
        var changes: [RemoteChange] = []
        var pages = 0
        while true {
            let page = try await provider.changes(in: calendar, from: position, session: session)
            pages += 1
            changes += page.changes
            switch page.continuation {
            case .more(let point): position = .page(point)
            case .end(let cursor): return (changes, cursor, pages)
            }
        }
    }

    func beginning() throws -> ChangePosition {
        .beginning(try SyncWindow(start: clock.now.addingTimeInterval(-30 * 86_400), end: nil))
    }

    func create(_ key: OperationID, _ content: EventContent, _ mail: InvitationPolicy = .silent) async throws
        -> RemoteEvent
    {
        let creation = EventCreation(key: key, content: content, invitations: mail)
        return try await provider.create(creation, in: calendar, session: session)
    }

    func update(_ event: RemoteEvent, etag: String? = nil, _ change: (inout EventContent) -> Void) async throws
        -> RemoteEvent
    {
        var content = event.content
        change(&content)
        let update = EventUpdate(
            id: event.id,
            etag: etag ?? event.etag,
            base: provider.canonical(event.content),
            content: content,
            invitations: .silent
        )
        return try await provider.update(update, in: calendar, session: session)
    }
}

/// Adds one access token to every request.
private struct BearerTransport: HTTPTransport {
    let next: any HTTPTransport
    let token: Secret

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.headers["Authorization"] = "Bearer " + token.reveal()
        return try await next.send(request)
    }
}
