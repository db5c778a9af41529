import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Connecting an account")
struct ConnectionAuthorizerTests {
    @Test("M-01: the consent address carries state, nonce, an S256 challenge and the scopes in a fixed order")
    func address() async throws {
        let world = try AuthorizationWorld()

        let start = try await world.start()

        let text = try #require(start.url.query(percentEncoded: true))
        let fields = FormFields(parsing: text)
        #expect(start.url.absoluteString.hasPrefix("https://accounts.example.com/authorize?"))
        #expect(fields["response_type"] == "code")
        #expect(fields["client_id"] == "client-1")
        #expect(fields["redirect_uri"] == "https://host.example/oauth/callback")
        #expect(fields["scope"] == "openid email offline_access events.read events")
        #expect(fields["code_challenge_method"] == "S256")
        #expect(fields["prompt"] == "consent")
        #expect(fields["access_type"] == "offline")
        #expect(fields.values("state").count == 1)
        #expect(fields["state"].flatMap(Base64URL.decode)?.count == 32)
        #expect(Base64URL.decode(start.cookie.reveal())?.count == 32)
        #expect(start.expiresAt == world.clock.now.addingTimeInterval(600))
        #expect(world.service.calls.isEmpty)
    }

    @Test("M-01: a callback with the right state becomes a connection with its credential")
    func connects() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        try world.planGrant(start, scope: "email openid https://example.com/auth/events")

        let connection = try await world.complete(start)

        #expect(connection.owner == .user("ada"))
        #expect(connection.account == ExternalAccount(key: "account-1", address: "canary@example.com"))
        #expect(connection.grantedScopes == ["email", "openid", "events"])
        #expect(connection.capabilities == [.readEvents, .writeEvents])
        #expect(connection.status == .active)
        #expect(try await world.storedConnection(connection) == connection)
        let stored = try await world.stored(connection).credential
        #expect(stored.accessToken == Secret("access-1"))
        #expect(stored.refreshToken == Secret("canary-refresh-0"))
        #expect(stored.expiresAt == world.clock.now.addingTimeInterval(3600))
    }

    @Test("M-01: the code is exchanged with the attempt's verifier and redirect URI, the secret in the body")
    func exchange() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        try world.planGrant(start)

        _ = try await world.complete(start)

        let form = try #require(world.service.tokenCalls.first).form
        let verifier = try #require(form["code_verifier"])
        #expect(form["grant_type"] == "authorization_code")
        #expect(form["code"] == "canary-code")
        #expect(form["redirect_uri"] == "https://host.example/oauth/callback")
        #expect(form["client_id"] == "client-1")
        #expect(form["client_secret"] == "canary-client-secret")
        #expect(
            try PKCE(verifier: Secret(verifier), crypto: world.crypto).challenge == world.query(start, "code_challenge")
        )
    }

    @Test("M-01: scopes that the answer does not name were granted as asked for (RFC 6749 section 5.1)")
    func absentScope() async throws {
        let world = try AuthorizationWorld()

        let connection = try await world.connect()

        #expect(connection.grantedScopes == ["openid", "email", "offline_access", "events.read", "events"])
    }

    @Test("R-18: a required capability that was not granted is named, and nothing is stored")
    func missingScope() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start(capabilities: [.readEvents, .writeEvents, .listCalendars])
        try world.planGrant(start, scope: "openid email events.read")

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .scopeMissing)
        #expect(error?.message.contains("listCalendars, writeEvents") == true)
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test("R-11: an answer without a refresh token is a typed failure, and nothing is stored")
    func missingRefreshToken() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        try world.planGrant(start, refresh: nil)

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .reconnectRequired)
        #expect(error?.reason == "missing_refresh_token")
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test(
        "M-01: a wrong claim in the id token stores nothing",
        arguments: ["aud", "iss", "nonce", "exp"]
    )
    func wrongClaim(claim: String) async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        try world.planGrant(start, claims: [claim: claim == "exp" ? "1" : "\"other\""])

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.field == claim)
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test("R-18: a reconnect keeps id and selection, and heals the status")
    func reconnect() async throws {
        let world = try AuthorizationWorld()
        var first = try await world.connect()
        first.status = .reconnectRequired(code: "invalid_grant")
        first.selection = CalendarSelection(read: ["a"], write: "b")
        first = try await world.connections.save(first, expecting: first.revision)

        let second = try await world.connect(intent: .reconnect(first.key.connection))

        #expect(second.key == first.key)
        #expect(second.selection == first.selection)
        #expect(second.createdAt == first.createdAt)
        #expect(second.status == .active)
        #expect(try await world.stored(second).credential.accessToken == Secret("access-2"))
    }

    @Test("a reconnect that comes back with another account is refused and changes nothing")
    func otherAccount() async throws {
        let world = try AuthorizationWorld()
        let first = try await world.connect()
        let credential = try await world.stored(first)

        let error = await #expect(throws: CalendarError.self) {
            try await world.connect(sub: "account-2", intent: .reconnect(first.key.connection))
        }

        #expect(error?.code == .accountMismatch)
        #expect(try await world.connections.connections(of: "acme") == [first])
        #expect(try await world.stored(first) == credential)
    }

    @Test("connecting an account again renews its connection instead of making a second one")
    func again() async throws {
        let world = try AuthorizationWorld()

        let first = try await world.connect()
        let second = try await world.connect()
        let other = try await world.connect(sub: "account-2")

        #expect(second.key == first.key)
        #expect(
            try await world.connections.connections(of: "acme").map(\.key).sorted() == [first.key, other.key].sorted()
        )
    }

    @Test("a capability that no scope opens is refused before anything is stored")
    func unknownCapability() async throws {
        let world = try AuthorizationWorld()

        let error = await #expect(throws: CalendarError.self) { try await world.start(capabilities: [.freeBusy]) }

        #expect(error?.code == .unsupported)
        #expect(world.connections.pendingAttemptCount == 0)
    }

    @Test("a principal without the permission to connect starts nothing")
    func permission() async throws {
        let world = try AuthorizationWorld()
        let viewer = Principal(tenant: "acme", user: "ada", permissions: [.view])

        let error = await #expect(throws: CalendarError.self) { try await world.start(principal: viewer) }

        #expect(error?.code == .permissionDenied)
        #expect(world.connections.pendingAttemptCount == 0)
    }
}
