import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: service accounts")
struct ServiceAccountTests {
    private let crypto = TransparentCryptoSuite()

    /// A key file as the Cloud console hands it out, with some fields replaced or, by nil, left out.
    private static func keyFile(_ changes: [String: String?] = [:]) throws -> Data {
        var fields: [String: String] = [
            "type": "service_account", "project_id": "canary-project", "private_key_id": "key-7",
            "private_key": TransparentCryptoSuite.privateKeyPEM(named: "robot").reveal(),
            "client_email": "robot@canary-project.iam.gserviceaccount.com", "client_id": "1077",
            "token_uri": "https://evil.example/token",
        ]
        for (name, value) in changes { fields[name] = value }
        return try JSONSerialization.data(withJSONObject: fields)
    }

    @Test("the address and the key's id come from the key file")
    func reads() throws {
        let account = try ServiceAccount(keyFile: Self.keyFile(), crypto: crypto)

        #expect(account.address == "robot@canary-project.iam.gserviceaccount.com")
        #expect(account.keyID == "key-7")
    }

    @Test(
        "a key file that cannot be used is refused, naming the field and nothing of its content",
        arguments: [
            ("type", nil), ("type", "authorized_user"), ("client_email", nil), ("client_email", ""),
            ("client_email", "canary"), ("private_key_id", nil), ("private_key", nil), ("private_key", "canary"),
        ] as [(String, String?)]
    )
    func unusable(field: String, value: String?) throws {
        let file = try Self.keyFile([field: value])

        let error = #expect(throws: CalendarError.self) { try ServiceAccount(keyFile: file, crypto: crypto) }

        #expect(error?.code == .configuration && error?.field == field && error?.provider == .google)
        #expect(error.map { !$0.message.contains("canary") && !"\($0)".contains("robot@") } == true)
    }

    @Test("what is no JSON object is no key file", arguments: ["", "[]", "-----BEGIN PRIVATE KEY-----", "{\"a\""])
    func noKeyFile(text: String) {
        let error = #expect(throws: CalendarError.self) { try ServiceAccount(keyFile: Data(text.utf8), crypto: crypto) }

        #expect(error?.field == "keyFile")
    }

    @Test("F-13: a service account prints neither its address nor its key")
    func privacy() throws {
        let account = try ServiceAccount(keyFile: Self.keyFile(), crypto: crypto)
        var dumped = ""
        dump(account, to: &dumped)

        let printed = "\(account) \(String(reflecting: account)) \(dumped)"
        #expect(!printed.contains("robot") && !printed.contains("PRIVATE"))
    }

    private struct Assertion {
        let header: JSONValue
        let claims: JSONValue
        let signed: Data
        let signature: Data

        init(_ request: HTTPRequest) throws {
            let form = FormFields(parsing: String(decoding: request.body ?? Data(), as: UTF8.self))
            try #require(form.pairs.map(\.name) == ["grant_type", "assertion"])
            try #require(form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
            let parts = try #require(form["assertion"]).split(separator: ".").map(String.init)
            try #require(parts.count == 3)
            header = try JSONDocument(try #require(Base64URL.decode(parts[0]))).root
            claims = try JSONDocument(try #require(Base64URL.decode(parts[1]))).root
            signed = Data("\(parts[0]).\(parts[1])".utf8)
            signature = try #require(Base64URL.decode(parts[2]))
        }
    }

    private func service(_ google: ScriptedGoogle, clock: ManualClock, account: ServiceAccount? = nil) throws
        -> ActingCalendars
    {
        let account = try account ?? ServiceAccount(keyFile: Self.keyFile(), crypto: crypto)
        let client = OAuthClient(id: "client", secret: nil, redirectURI: "https://host.example/callback")
        return CalendarService(
            providers: [
                .google(
                    client: .value(client),
                    transport: google,
                    applications: ["acme": .serviceAccount(account, mailboxes: ["Ada@acme.example"])]
                )
            ],
            storage: .inMemory(),
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        ).acting(as: Principal(tenant: "acme", user: "admin", permissions: .all))
    }

    private static let token = HTTPResponse(
        status: 200,
        body: Data(#"{"access_token":"ya29.canary","expires_in":3599,"token_type":"Bearer"}"#.utf8)
    )
    private static let calendars = HTTPResponse(
        status: 200,
        body: Data(#"{"items":[{"id":"ada@acme.example","primary":true,"accessRole":"owner"}]}"#.utf8)
    )

    @Test("R-19: the assertion says who asks for whom and for what, is signed, and its token reads the calendars")
    func assertion() async throws {
        let google = ScriptedGoogle([Self.token, Self.calendars])
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1_772_000_000))

        let connection = try await service(google, clock: clock)
            .connect(.google, impersonating: "ada@acme.example", capabilities: [.listCalendars, .readEvents])

        #expect(google.sent.map(\.url.absoluteString).first == "https://oauth2.googleapis.com/token")
        let assertion = try Assertion(try #require(google.sent.first))
        let header = JSONNode(assertion.header)
        let claims = JSONNode(assertion.claims)
        #expect(header == ["alg": "RS256", "typ": "JWT", "kid": "key-7"])
        let scopes =
            "https://www.googleapis.com/auth/calendar.calendarlist.readonly "
            + "https://www.googleapis.com/auth/calendar.events"
        #expect(
            claims == [
                "iss": "robot@canary-project.iam.gserviceaccount.com", "sub": "ada@acme.example",
                "scope": .string(scopes), "aud": "https://oauth2.googleapis.com/token",
                "iat": 1_771_999_940, "exp": 1_772_003_540,
            ]
        )
        #expect(
            try crypto.isValid(
                assertion.signature,
                for: assertion.signed,
                using: .rs256,
                publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "robot")
            )
        )
        #expect(google.sent.count == 2)
        #expect(google.sent.last?.headers["Authorization"] == "Bearer ya29.canary")
        #expect(connection.capabilities == [.listCalendars, .readEvents])
        #expect(connection.clientLabel == "Google service account")
    }

    @Test("a key kept elsewhere signs through a function")
    func signer() async throws {
        let signer = AssertionSigner { data, algorithm in Data("\(algorithm.rawValue) \(data.count)".utf8) }
        let account = ServiceAccount(address: "robot@example.com", keyID: nil, signer: signer)
        let google = ScriptedGoogle([Self.token, Self.calendars])

        _ = try await service(google, clock: ManualClock(), account: account)
            .connect(.google, impersonating: "ada@acme.example")

        let assertion = try Assertion(try #require(google.sent.first))
        let header = JSONNode(assertion.header)
        #expect(header == ["alg": "RS256", "typ": "JWT"])
        #expect(assertion.signature == Data("RS256 \(assertion.signed.count)".utf8))
    }

    @Test(
        "R-19: what the administrator has not allowed is delegationMissing, from the token endpoint or from the calendar",
        arguments: [
            (HTTPResponse(status: 401, body: Data(#"{"error":"unauthorized_client"}"#.utf8)), 1),
            (HTTPResponse(status: 400, body: Data(#"{"error":"access_denied"}"#.utf8)), 1),
            (
                HTTPResponse(
                    status: 403,
                    body: Data(#"{"error":{"errors":[{"reason":"forbiddenForServiceAccounts"}],"code":403}}"#.utf8)
                ), 2
            ),
        ]
    )
    func delegationMissing(refusal: HTTPResponse, requests: Int) async throws {
        let google = ScriptedGoogle(requests == 1 ? [refusal] : [Self.token, refusal])
        let service = try service(google, clock: ManualClock())

        let error = await #expect(throws: CalendarError.self) {
            try await service.connect(.google, impersonating: "ada@acme.example")
        }

        #expect(error?.code == .configuration && error?.reason == "delegationMissing")
        #expect(google.sent.count == requests)
        #expect(try await service.connections().isEmpty)
    }
}
