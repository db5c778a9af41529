import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: authorization against the simulated service")
struct AuthorizationSimulationTests {
    private static let ada = "ada@example.com"
    private static let demand = #"{"access_token":{"nbf":{"essential":true,"value":"1772400000"}}}"#
    private static let der = Data(1...15)
    private let clock = ManualClock(advancesWhenSleeping: true)
    private let crypto = TransparentCryptoSuite()
    private let graph: MicrosoftGraphSimulator
    private let storage = CalendarStorage.inMemory()

    init() {
        graph = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
        for address in [Self.ada, "grace@example.com", "eve@outlook.com"] {
            graph.addAccount(address, name: "Person", zone: EventZone("Europe/Berlin"))
        }
    }

    private func host(
        _ configuration: MicrosoftCalendarProvider.Configuration = .init(),
        application: MicrosoftApplication? = nil
    ) -> ActingCalendars {
        let grant = application.map {
            ApplicationGrant.application($0, mailboxes: [Self.ada, "grace@example.com"], configuration: configuration)
        }
        return CalendarService(
            providers: [
                .microsoft(
                    client: .value(graph.client),
                    transport: graph,
                    applications: grant.map { ["acme": $0] } ?? [:],
                    configuration: configuration
                )
            ],
            storage: storage,
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        ).acting(as: Principal(tenant: "acme", user: "ada", permissions: .all))
    }

    private func connect(_ host: ActingCalendars, as address: String = ada) async throws -> Connection {
        let start = try await host.connect(.microsoft)
        let callback = try graph.consent(to: start.url, as: address)
        return try await host.complete(callback: callback, of: start.cookie)
    }

    private func count(_ ending: String) -> Int { graph.requests.count { $0.path.hasSuffix(ending) } }

    private func status(_ connection: Connection) async throws -> Connection.Status? {
        try await storage.connections.connection(connection.key)?.status
    }

    @Test("M-09: a work account connects at any path that admits it, and is known by directory and object id")
    func workAccount() async throws {
        for tenant in [MicrosoftTenant.common, .organizations, .directory("example.com"), .directory(graph.directory)] {
            let connection = try await connect(host(.init(tenant: tenant)))

            #expect(connection.status == .active)
            #expect(connection.account.key.hasPrefix(graph.directory + ":"))
            #expect(connection.account.address == Self.ada && connection.capabilities.contains(.freeBusy))
        }
    }

    @Test("M-09: a personal account connects without free/busy times, which the service refuses it")
    func personalAccount() async throws {
        let connection = try await connect(host(), as: "eve@outlook.com")

        #expect(connection.account.key.hasPrefix("9188040d-6c67-4c5b-b112-36a304b66dad:"))
        #expect(connection.capabilities.contains(.writeEvents) && !connection.capabilities.contains(.freeBusy))
    }

    @Test("R-11: a refresh keeps the newest refresh token, and one whose reply is lost is tried again with the old one")
    func rotation() async throws {
        let connection = try await connect(host())
        let first = try #require(try await storage.tokens.credential(for: connection.key)?.credential.refreshToken)

        clock.advance(by: 5400)
        try await host().sync(connection.key.connection).finish()
        let second = try #require(try await storage.tokens.credential(for: connection.key)?.credential.refreshToken)
        graph.add(SimulatedFault(.loseReply, pathContains: "/token"))
        graph.clearRequests()
        clock.advance(by: 5400)
        try await host().sync(connection.key.connection).finish()
        let third = try #require(try await storage.tokens.credential(for: connection.key)?.credential.refreshToken)

        #expect(first != second && second != third)
        #expect(count("/token") == 2)
        #expect(try await status(connection) == .active)
    }

    @Test(
        "R-12: what ends a grant asks for a reconnect, and what does not leaves it alone",
        arguments: [
            (50173, CalendarError.Code.reconnectRequired, true), (700_082, .reconnectRequired, true),
            (50076, .reconnectRequired, true), (65001, .reconnectRequired, true), (7_000_222, .configuration, false),
            (700_016, .configuration, false), (90033, .unavailable, false), (50196, .unavailable, false),
        ]
    )
    func refusals(number: Int, code: CalendarError.Code, isOver: Bool) async throws {
        let connection = try await connect(host())
        clock.advance(by: 5400)
        graph.signInRefusal = MicrosoftSignInRefusal(number)

        let error = await #expect(throws: CalendarError.self) {
            try await host().sync(connection.key.connection).finish()
        }

        #expect(error?.code == code)
        #expect((try await status(connection) == .active) == !isOver)
    }

    @Test("R-12: after the sessions are revoked a reconnect brings the same connection back")
    func reconnect() async throws {
        let connection = try await connect(host())
        graph.revoke(Self.ada)
        clock.advance(by: 5400)
        let error = await #expect(throws: CalendarError.self) {
            try await host().sync(connection.key.connection).finish()
        }

        let start = try await host().reconnect(connection.key.connection)
        let again = try await host().complete(
            callback: try graph.consent(to: start.url, as: Self.ada),
            of: start.cookie
        )

        #expect(error?.code == .reconnectRequired)
        #expect(again.key == connection.key && again.status == .active)
        #expect(try await host().sync(connection.key.connection).finish().pages >= 1)
    }

    @Test("R-12: a claims challenge is answered by one refresh that asks for the claims")
    func challenge() async throws {
        let host = host(.init(acceptsClaimsChallenges: true))
        let connection = try await connect(host)
        graph.demandClaims(Self.demand, of: Self.ada)
        graph.clearRequests()

        try await host.sync(connection.key.connection).finish()

        #expect(count("/token") == 1)
        #expect(graph.requests.count { $0.status == 401 } == 1)
        #expect(try await status(connection) == .active)
    }

    @Test("R-12: where a refresh is not enough the reconnect asks for the claims, and then all is well")
    func challengeNeedsPerson() async throws {
        let host = host(.init(acceptsClaimsChallenges: true))
        let connection = try await connect(host)
        graph.demandClaims(Self.demand, of: Self.ada, isRefreshEnough: false)

        let error = await #expect(throws: CalendarError.self) {
            try await host.sync(connection.key.connection).finish()
        }
        let start = try await host.reconnect(connection.key.connection)
        let claims = FormFields(parsing: start.url.query(percentEncoded: true) ?? "")["claims"] ?? ""
        let callback = try graph.consent(to: start.url, as: Self.ada)
        _ = try await host.complete(callback: callback, of: start.cookie)
        try await host.sync(connection.key.connection).finish()

        #expect(error?.code == .reconnectRequired)
        #expect(claims.contains("1772400000") && claims.contains("cp1"))
        #expect(try await status(connection) == .active)
    }

    private func robot(_ credential: MicrosoftApplication.Credential) throws -> MicrosoftApplication {
        let client = OAuthClient(id: "robot", secret: Secret("a~b.c+d/e"), redirectURI: "https://host.example/admin")
        graph.register(client, applicationPermissions: ["Calendars.ReadWrite"])
        graph.addCertificate(Self.der, publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "app"), to: "robot")
        return try MicrosoftApplication(directory: graph.directory, clientID: "robot", credential: credential)
    }

    private func allow() throws -> URL {
        let client = OAuthClient(id: "robot", secret: nil, redirectURI: "https://host.example/admin")
        return try graph.consentAsAdministrator(to: try MicrosoftAdminConsent(client: client).url(state: Secret("s1")))
    }

    @Test("R-19: an application mirrors a mailbox after an administrator's consent, and asks again when its token ends")
    func secret() async throws {
        let host = host(application: try robot(.secret(Secret("a~b.c+d/e"))))
        let early = await #expect(throws: CalendarError.self) {
            try await host.connect(.microsoft, impersonating: Self.ada)
        }

        try MicrosoftAdminConsent.check(try allow(), state: Secret("s1"))
        let connection = try await host.connect(.microsoft, impersonating: Self.ada)
        try await host.sync(connection.key.connection).finish()
        clock.advance(by: 3600)
        try await host.sync(connection.key.connection).finish()

        #expect(early?.reason == "delegationMissing")
        #expect(connection.account.address == Self.ada || connection.account.key.contains(Self.ada))
        #expect(graph.requests.contains { $0.path.hasPrefix("/v1.0/users/\(Self.ada)/") && $0.status == 200 })
        #expect(!graph.requests.contains { $0.path.hasPrefix("/v1.0/me") })
    }

    @Test("R-19: a certificate proves the application as well", arguments: [RSASignatureAlgorithm.ps256, .rs256])
    func certificate(algorithm: RSASignatureAlgorithm) async throws {
        let signer = try AssertionSigner.key(TransparentCryptoSuite.privateKeyPEM(named: "app"), crypto: crypto)
        let certificate = ClientCertificate(der: Self.der, signer: signer, algorithm: algorithm, crypto: crypto)
        let host = host(application: try robot(.certificate(certificate)))
        _ = try allow()

        let connection = try await host.connect(.microsoft, impersonating: Self.ada)

        #expect(try await host.sync(connection.key.connection).finish().pages >= 1)
    }

    @Test("R-19: a mailbox outside the policy of the directory is delegationMissing")
    func policy() async throws {
        let host = host(application: try robot(.secret(Secret("a~b.c+d/e"))))
        _ = try allow()
        graph.limitApplication("robot", to: ["grace@example.com"])

        let error = await #expect(throws: CalendarError.self) {
            try await host.connect(.microsoft, impersonating: Self.ada)
        }

        #expect(error?.code == .configuration && error?.reason == "delegationMissing")
        #expect(try await host.connect(.microsoft, impersonating: "grace@example.com").status == .active)
    }

    @Test("an administrator who refuses is accessDenied")
    func adminRefusal() throws {
        _ = try robot(.secret(Secret("s")))
        let client = OAuthClient(id: "robot", secret: nil, redirectURI: "https://host.example/admin")
        let url = try MicrosoftAdminConsent(client: client).url(state: Secret("s1"))
        let callback = try graph.refuseAsAdministrator(url)

        let error = #expect(throws: CalendarError.self) {
            try MicrosoftAdminConsent.check(callback, state: Secret("s1"))
        }

        #expect(error?.code == .accessDenied)
    }
}
