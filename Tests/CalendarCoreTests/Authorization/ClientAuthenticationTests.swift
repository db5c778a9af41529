import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Token requests")
struct ClientAuthenticationTests {
    private func endpoint(_ secret: Secret?, _ transport: ScriptedTransport) throws -> TokenEndpoint {
        let client = OAuthClient(id: "client 1", secret: secret, redirectURI: "https://host.example/callback")
        let registration = ProviderRegistration(
            provider: try ExampleProvider(),
            client: .value(client),
            transport: transport
        )
        return TokenEndpoint(registration, client: client, clock: ManualClock())
    }

    private func body(_ transport: ScriptedTransport) throws -> String {
        String(decoding: try #require(transport.requests.first?.body), as: UTF8.self)
    }

    private static let success = ScriptedTransport.Step.expect(
        operation: "oauth.refresh",
        .json(#"{"access_token":"t","expires_in":3600}"#)
    )

    @Test("a secret is percent-encoded (RFC 6749 appendix B)")
    func secret() async throws {
        let transport = ScriptedTransport([Self.success])

        _ = try await endpoint(Secret("a~b.c+d/e=f&g h%"), transport).refresh(Secret("r+t"), scopes: [])

        #expect(
            try body(transport) == "grant_type=refresh_token&refresh_token=r%2Bt&client_id=client%201"
                + "&client_secret=a~b.c%2Bd%2Fe%3Df%26g%20h%25"
        )
    }

    @Test("a public client sends no secret, not even an empty one")
    func publicClient() async throws {
        let transport = ScriptedTransport([Self.success])

        _ = try await endpoint(nil, transport).refresh(Secret("r"), scopes: [])

        #expect(try body(transport) == "grant_type=refresh_token&refresh_token=r&client_id=client%201")
    }

    @Test("a code the service refuses is the attempt's fault: no grant has ended, since none was made")
    func refusedCode() async throws {
        let transport = ScriptedTransport([
            .expect(operation: "oauth.exchange", .json(#"{"error":"invalid_grant"}"#, status: 400))
        ])

        let error = await #expect(throws: CalendarError.self) {
            try await endpoint(nil, transport).exchange(
                code: Secret("c"),
                verifier: Secret("v"),
                redirectURI: "https://host.example/callback",
                requestedScopes: []
            )
        }

        #expect(error?.code == .attemptInvalid && error?.reason == "invalid_grant")
    }
}
