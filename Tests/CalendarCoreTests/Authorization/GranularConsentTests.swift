import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Granular consent")
struct GranularConsentTests {
    private func world() throws -> AuthorizationWorld {
        try AuthorizationWorld { provider in
            provider.authorizationServer.revocationEndpoint = URL(string: "https://accounts.example.com/revoke")
        }
    }

    private func revocations(_ world: AuthorizationWorld) -> [[String: String]] {
        world.service.calls.filter { $0.operation == "oauth.revoke" }.map(\.form)
    }

    @Test("R-18: an optional capability that was left out is missing from the connection, which is made")
    func optional() async throws {
        let world = try world()
        let start = try await world.start(capabilities: [.readEvents], optional: [.writeEvents, .listCalendars])
        try world.planGrant(start, scope: "openid events.read list")

        let connection = try await world.complete(start)

        #expect(connection.capabilities == [.readEvents, .listCalendars])
        #expect(connection.missing(of: [.readEvents, .writeEvents, .listCalendars]) == [.writeEvents])
        #expect(connection.grantedScopes == ["openid", "events.read", "list"])
        #expect(revocations(world).isEmpty)
    }

    @Test("R-18: a required capability that was left out is named with its scope, and the fresh token is given back")
    func required() async throws {
        let world = try world()
        let start = try await world.start(capabilities: [.listCalendars], optional: [.writeEvents])
        try world.planGrant(start, scope: "openid email")

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .scopeMissing && error?.field == "scope")
        #expect(error?.message == "The user did not grant: listCalendars (list).")
        #expect(revocations(world) == [["token": "canary-refresh-0"]])
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test("R-18: the token is not given back while another connection, of any tenant, rests on the grant")
    func shared() async throws {
        let world = try world()
        var other = try await world.connect()
        try await world.connections.deleteConnection(other.key)
        other = Connection(
            key: ConnectionKey(tenant: "globex", connection: "theirs"),
            owner: .organization,
            provider: "example",
            account: other.account,
            clientID: other.clientID,
            clientLabel: "",
            grantedScopes: [],
            capabilities: [],
            createdAt: world.clock.now,
            updatedAt: world.clock.now
        )
        try await world.connections.save(other, expecting: nil)
        let start = try await world.start()
        try world.planGrant(start, scope: "openid")

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .scopeMissing)
        #expect(revocations(world).isEmpty)
    }

    @Test("a revocation that fails hides nothing of what was missing", arguments: [400, 503])
    func failedRevocation(status: Int) async throws {
        let world = try world()
        let start = try await world.start()
        try world.planGrant(start, scope: "openid")
        world.service.plan(.body("{}", status: status))

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .scopeMissing)
        #expect(revocations(world).count == 1)
    }

    @Test("access for a limited time shows when it ends")
    func limitedTime() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        let nonce = try world.query(start, "nonce")
        let now = Int(world.clock.now.timeIntervalSince1970)
        let claims = """
            {"sub":"a","aud":"client-1","iss":"https://accounts.example.com","nonce":"\(nonce)","exp":\(now + 60)}
            """
        let token = "e30.\(Base64URL.encode(Data(claims.utf8))).x"
        world.service.plan(
            .body(
                """
                {"access_token":"t","expires_in":3599,"refresh_token":"r","refresh_token_expires_in":604799,\
                "id_token":"\(token)"}
                """
            )
        )

        let connection = try await world.complete(start)

        #expect(connection.grantExpiresAt == world.clock.now.addingTimeInterval(604_799))
        #expect(connection.tokenExpiresAt == world.clock.now.addingTimeInterval(3599))
    }

    @Test("what a kind of account cannot do is no capability of it, whatever was granted")
    func accountKind() async throws {
        let world = try AuthorizationWorld { provider in
            provider.authorizationServer.missingCapabilities = { $0.key == "account-1" ? [.writeEvents] : [] }
        }

        #expect(try await world.connect().capabilities == [.readEvents])
        #expect(try await world.connect(sub: "account-2").capabilities == [.readEvents, .writeEvents])
    }
}
