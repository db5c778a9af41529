import CalendarCore
import CalendarTesting
import Foundation
import Testing

/// Every planted secret contains the word `canary`; so does the account's address.
@Suite("No secret is printed")
struct SecretLeakTests {
    private func printed(_ value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(describing: value), String(reflecting: value), dumped]
    }

    private func expectSilence(_ value: Any, sourceLocation: SourceLocation = #_sourceLocation) {
        for text in printed(value) {
            #expect(!text.lowercased().contains("canary"), sourceLocation: sourceLocation)
        }
    }

    @Test("the detector finds what is printed")
    func detector() {
        #expect(printed(["canary"]).allSatisfy { $0.contains("canary") })
    }

    @Test("F-13: no value of a connection's life prints a secret or an address")
    func values() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        let state = try world.query(start, "state")
        let connection = try await world.connect()
        let stored = try await world.stored(connection)
        let client = OAuthClient(id: "id", secret: Secret("canary"), redirectURI: "https://host.example")
        let claims = IDTokenClaims(strings: ["email": "canary@example.com"], expiresAt: nil, audiences: ["a"])
        let callback = try AuthorizationCallback(
            try #require(URL(string: "https://host.example/?state=canary&code=canary"))
        )
        let answer = try JSONDocument(Data(#"{"access_token":"canary","refresh_token":"canary"}"#.utf8)).root
        let grant = try TokenGrant(answer, sentAt: world.clock.now, requestedScopes: [], aliases: [:])
        let session = try SessionFactory(source: world.source(), clock: world.clock, random: .seeded(1))
            .session(for: connection, using: world.registration)
        let attempt = try await world.connections.takeAttempt(
            stateDigest: Base64URL.encode(world.crypto.sha256(Data(state.utf8))),
            now: world.clock.now
        )

        #expect(!printed(start).joined().contains(state))
        expectSilence(start)
        expectSilence(connection)
        expectSilence(stored)
        expectSilence(client)
        expectSilence(claims)
        expectSilence(callback)
        expectSilence(grant)
        expectSilence(session)
        expectSilence(try #require(attempt))
        expectSilence(PKCE(verifier: Secret("canary"), crypto: world.crypto))
        expectSilence(world.tokens)
        expectSilence(world.connections)
        expectSilence(world.authorizer)
        expectSilence(world.source())
        for text in printed(try #require(attempt)) + printed(start) { #expect(!text.contains(start.cookie.reveal())) }
    }

    @Test(
        "F-13: no error prints what the token endpoint or the callback said",
        arguments: [
            #"{"error":"invalid_grant","error_description":"canary"}"#, #"{"error":"canary canary"}"#, "canary",
            #"{"canary":"canary"}"#, #"{"error":"invalid_client","suberror":"canary!","access_token":"canary"}"#,
        ],
        [200, 400, 401, 500]
    )
    func endpointErrors(body: String, status: Int) async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        world.service.planAlways(.body(body, status: status))
        let start = try await world.start()

        let refresh = await #expect(throws: CalendarError.self) {
            try await world.source().token(for: connection, using: world.registration)
        }
        let exchange = await #expect(throws: CalendarError.self) { try await world.complete(start) }
        let callback = await #expect(throws: CalendarError.self) {
            try await world.complete(start, callback: "https://canary.example/?state=canary&code=canary")
        }

        for error in [refresh, exchange, callback] { expectSilence(try #require(error)) }
    }
}
