import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: application permissions")
struct MicrosoftApplicationTests {
    private static let directoryID = "7d2e5f3a-1c44-4f0e-9b7d-2f6f5d3c1a90"
    private let crypto = TransparentCryptoSuite()
    private let clock = ManualClock(now: Date(timeIntervalSince1970: 1_772_000_000))

    private func service(
        _ transport: ScriptedTransport,
        _ credential: MicrosoftApplication.Credential,
        configuration: MicrosoftCalendarProvider.Configuration = .init()
    ) throws -> ActingCalendars {
        let application = try MicrosoftApplication(
            directory: Self.directoryID,
            clientID: "app-1",
            credential: credential
        )
        let grant = ApplicationGrant.application(
            application,
            mailboxes: ["ada+1@acme.example"],
            configuration: configuration
        )
        let client = OAuthClient(id: "client", secret: nil, redirectURI: "https://host.example/callback")
        return CalendarService(
            providers: [
                .microsoft(
                    client: .value(client),
                    transport: transport,
                    applications: ["acme": grant],
                    configuration: configuration
                )
            ],
            storage: .inMemory(),
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        ).acting(as: Principal(tenant: "acme", user: "admin", permissions: .all))
    }

    private func transport(_ calendars: ScriptedTransport.Reply = .json(#"{"value":[]}"#)) -> ScriptedTransport {
        ScriptedTransport([
            .expect(
                .post,
                path: "/\(Self.directoryID)/oauth2/v2.0/token",
                .json(#"{"token_type":"Bearer","expires_in":3599,"access_token":"canary"}"#)
            ),
            .expect(.get, path: "/v1.0/users/ada%2B1%40acme.example/calendars", calendars),
        ])
    }

    private func form(_ transport: ScriptedTransport) throws -> (text: String, fields: FormFields) {
        let text = String(decoding: try #require(transport.requests.first?.body), as: UTF8.self)
        return (text, FormFields(parsing: text))
    }

    @Test("R-19: an application asks its own directory with its secret, percent-encoded, and reads the mailbox by name")
    func secret() async throws {
        let transport = transport()

        let connection = try await service(transport, .secret(Secret("a~b.c+d/e=f")))
            .connect(.microsoft, impersonating: "ada+1@acme.example")

        let (text, fields) = try form(transport)
        #expect(
            fields.pairs.map { "\($0.name)=\($0.value)" } == [
                "grant_type=client_credentials", "client_id=app-1", "scope=https://graph.microsoft.com/.default",
                "client_secret=a~b.c+d/e=f",
            ]
        )
        #expect(text.hasSuffix("client_secret=a~b.c%2Bd%2Fe%3Df"))
        #expect(transport.remaining == 0)
        #expect(connection.clientID == "app-1" && connection.capabilities.contains(.writeEvents))
    }

    @Test(
        "a certificate signs an assertion for the directory's endpoint instead, with PS256 unless told otherwise",
        arguments: [RSASignatureAlgorithm.ps256, .rs256]
    )
    func certificate(algorithm: RSASignatureAlgorithm) async throws {
        let transport = transport()
        let pem = """
            Bag Attributes
            -----BEGIN CERTIFICATE-----
            AQIDBAUGBwgJ
            CgsMDQ4P
            -----END CERTIFICATE-----

            """
        let certificate = try ClientCertificate(
            certificatePEM: pem,
            privateKeyPEM: TransparentCryptoSuite.privateKeyPEM(named: "app"),
            algorithm: algorithm,
            crypto: crypto
        )

        _ = try await service(transport, .certificate(certificate))
            .connect(.microsoft, impersonating: "ada+1@acme.example")

        let fields = try form(transport).fields
        #expect(fields["client_secret"] == nil)
        #expect(fields["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        let parts = try #require(fields["client_assertion"]).split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        let header = JSONNode(try JSONDocument(try #require(Base64URL.decode(parts[0]))).root)
        let claims = JSONNode(try JSONDocument(try #require(Base64URL.decode(parts[1]))).root)
        let thumbprint = Base64URL.encode(crypto.sha256(Data(1...15)))
        #expect(
            header == ["alg": .string(algorithm.rawValue), "typ": "JWT", "x5t#S256": .string(thumbprint)]
        )
        #expect(claims["aud"] == .string("https://login.microsoftonline.com/\(Self.directoryID)/oauth2/v2.0/token"))
        #expect(claims["iss"] == "app-1" && claims["sub"] == "app-1")
        #expect(claims["nbf"] == .int(1_772_000_000) && claims["iat"] == .int(1_772_000_000))
        #expect(claims["exp"] == .int(1_772_000_600))
        #expect(claims["jti"]?.string?.isEmpty == false)
        #expect(
            try crypto.isValid(
                try #require(Base64URL.decode(parts[2])),
                for: Data("\(parts[0]).\(parts[1])".utf8),
                using: algorithm,
                publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "app")
            )
        )
    }

    @Test("the cloud decides the hosts and the resource of the scope")
    func cloud() async throws {
        let transport = transport()

        _ = try await service(transport, .secret(Secret("s")), configuration: .init(cloud: .usGovernmentDoD))
            .connect(.microsoft, impersonating: "ada+1@acme.example")

        #expect(transport.requests.map { $0.url.host() } == ["login.microsoftonline.us", "dod-graph.microsoft.us"])
        #expect(try form(transport).fields["scope"] == "https://dod-graph.microsoft.us/.default")
    }

    @Test("R-19: a mailbox that the permissions do not open is delegationMissing")
    func delegationMissing() async throws {
        let transport = transport(.json(#"{"error":{"code":"ErrorAccessDenied","message":"m"}}"#, status: 403))
        let service = try service(transport, .secret(Secret("s")))

        let error = await #expect(throws: CalendarError.self) {
            try await service.connect(.microsoft, impersonating: "ada+1@acme.example")
        }

        #expect(error?.code == .configuration && error?.reason == "delegationMissing")
    }

    @Test(
        "application permissions belong to one directory",
        arguments: [
            ("7d2e5f3a-1c44-4f0e-9b7d-2f6f5d3c1a90", true), ("acme.example", true), ("acme.onmicrosoft.com", true),
            ("common", false),
            ("organizations", false), ("consumers", false), ("", false), ("a/../b.c", false), ("a..b", false),
            ("acme.example/x", false), ("https://evil.example", false),
        ]
    )
    func directory(name: String, isOne: Bool) {
        let application = try? MicrosoftApplication(directory: name, clientID: "a", credential: .secret(Secret("s")))

        #expect((application != nil) == isOne)
    }

    @Test("a certificate or key that cannot be read is refused, naming the part", arguments: [true, false])
    func unreadable(isCertificate: Bool) {
        let good = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----"

        let error = #expect(throws: CalendarError.self) {
            try ClientCertificate(
                certificatePEM: isCertificate ? "canary" : good,
                privateKeyPEM: isCertificate ? TransparentCryptoSuite.privateKeyPEM(named: "a") : Secret("canary"),
                crypto: crypto
            )
        }

        #expect(error?.code == .configuration)
        #expect(error?.field == (isCertificate ? "certificatePEM" : "privateKeyPEM"))
    }
}
