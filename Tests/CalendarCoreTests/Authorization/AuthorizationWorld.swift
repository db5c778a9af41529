import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// One host with its stores, one service and one clock.
struct AuthorizationWorld {
    let clock: ManualClock
    let service = FakeTokenService()
    let tokens = InMemoryTokenStore()
    let connections = InMemoryConnectionRepository()
    let crypto = TransparentCryptoSuite()
    let ada = Principal(tenant: "acme", user: "ada", permissions: .all)
    let registration: ProviderRegistration

    init(
        clock: ManualClock = ManualClock(),
        applications: ApplicationGrants = [:],
        changing change: (inout ExampleProvider) -> Void = { _ in }
    ) throws {
        self.clock = clock
        var provider = try ExampleProvider()
        change(&provider)
        registration = ProviderRegistration(
            provider: provider,
            client: .value(
                OAuthClient(
                    id: "client-1",
                    secret: Secret("canary-client-secret"),
                    redirectURI: "https://host.example/oauth/callback"
                )
            ),
            transport: service,
            applications: applications
        )
    }

    /// The host's service on the stores.
    var calendars: CalendarService {
        CalendarService(
            providers: [registration],
            storage: CalendarStorage(events: InMemoryEventRepository(), connections: connections, tokens: tokens),
            crypto: crypto,
            clock: clock,
            random: .seeded(5)
        )
    }

    var authorizer: ConnectionAuthorizer {
        ConnectionAuthorizer(connections: connections, tokens: tokens, crypto: crypto, clock: clock)
    }

    /// A source as another process would have it: the stores are shared, nothing else.
    func source(tokens: (any TokenStore)? = nil) -> AccessTokenSource {
        AccessTokenSource(
            tokens: tokens ?? self.tokens,
            connections: connections,
            clock: clock,
            random: .seeded(7)
        )
    }

    func start(
        capabilities: Set<ProviderCapability> = [.readEvents, .writeEvents],
        optional: Set<ProviderCapability> = [],
        consent: ConsentOptions = ConsentOptions(),
        intent: AuthorizationAttempt.Intent = .connect,
        principal: Principal? = nil
    ) async throws -> AuthorizationStart {
        let principal = principal ?? ada
        return try await authorizer.start(
            registration,
            principal: principal,
            owner: .user(principal.user),
            environment: nil,
            capabilities: capabilities,
            optional: optional,
            intent: intent,
            consent: consent
        )
    }

    func complete(
        _ start: AuthorizationStart,
        callback: String? = nil,
        cookie: Secret? = nil,
        principal: Principal? = nil
    ) async throws -> Connection {
        let address = try callback ?? self.callback(start, "code=canary-code")
        return try await authorizer.complete(
            callback: try #require(URL(string: address)),
            cookie: cookie ?? start.cookie,
            principal: principal ?? ada,
            registrations: ["example": registration]
        )
    }

    /// Connects the account `sub`, with the service granting everything.
    func connect(sub: String = "account-1", intent: AuthorizationAttempt.Intent = .connect) async throws -> Connection {
        let start = try await start(intent: intent)
        try planGrant(start, sub: sub)
        return try await complete(start)
    }

    /// Plans a successful answer to the code exchange of an attempt.
    func planGrant(
        _ start: AuthorizationStart,
        sub: String = "account-1",
        refresh: String? = "canary-refresh-0",
        scope: String? = nil,
        claims: [String: String] = [:]
    ) throws {
        var claims = [
            "sub": "\"\(sub)\"", "email": "\"canary@example.com\"", "aud": "\"client-1\"",
            "iss": "\"https://accounts.example.com\"", "nonce": "\"\(try query(start, "nonce"))\"",
            "exp": "\(Int(clock.now.timeIntervalSince1970) + 3600)",
        ].merging(claims) { $1 }
        claims = claims.filter { $0.value != "" }
        let payload = claims.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        let token = "e30.\(Base64URL.encode(Data("{\(payload)}".utf8))).canary-signature"
        service.plan(.tokens(refresh: refresh, scope: scope, idToken: token))
    }

    func query(_ start: AuthorizationStart, _ name: String) throws -> String {
        let text = try #require(start.url.query(percentEncoded: true))
        return try #require(FormFields(parsing: text)[name])
    }

    func callback(_ start: AuthorizationStart, _ rest: String) throws -> String {
        "https://host.example/oauth/callback?state=\(try query(start, "state"))&\(rest)"
    }

    func stored(_ connection: Connection) async throws -> StoredCredential {
        try #require(try await tokens.credential(for: connection.key))
    }

    func storedConnection(_ connection: Connection) async throws -> Connection {
        try #require(try await connections.connection(connection.key))
    }
}
