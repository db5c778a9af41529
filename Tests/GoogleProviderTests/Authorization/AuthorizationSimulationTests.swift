import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import Testing

@Suite("Google: authorization against the simulated service")
struct AuthorizationSimulationTests {
    private static let robot = "robot@project.iam.gserviceaccount.com"
    private static let prefix = "https://www.googleapis.com/auth/calendar."
    private let clock = ManualClock(advancesWhenSleeping: true)
    private let crypto = TransparentCryptoSuite()
    private let google: GoogleCalendarSimulator
    private let storage = CalendarStorage.inMemory()
    private let calendars: CalendarService

    init() throws {
        google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        for address in ["ada@example.com", "grace@example.com", "eve@gmail.com"] {
            google.addAccount(address, name: "Person", zone: .utc)
        }
        let signer = try AssertionSigner.key(TransparentCryptoSuite.privateKeyPEM(named: "robot"), crypto: crypto)
        let robot = ServiceAccount(address: Self.robot, keyID: "key-7", signer: signer)
        calendars = CalendarService(
            providers: [
                .google(
                    client: .value(google.client),
                    transport: google,
                    applications: ["acme": .serviceAccount(robot, mailboxes: ["ada@example.com"])]
                )
            ],
            storage: storage,
            crypto: crypto,
            clock: clock,
            random: .seeded(1)
        )
    }

    private func host(_ user: UserID = "ada", tenant: TenantID = "acme") -> ActingCalendars {
        calendars.acting(as: Principal(tenant: tenant, user: user, permissions: .all))
    }

    private func connect(
        _ host: ActingCalendars,
        as address: String = "ada@example.com",
        granting scopes: Set<String>? = nil,
        optional: Set<ProviderCapability> = [],
        consent: ConsentOptions = ConsentOptions()
    ) async throws -> Connection {
        let start = try await host.connect(.google, optional: optional, consent: consent)
        let callback = try google.consent(to: start.url, as: address, granting: scopes)
        return try await host.complete(callback: callback, of: start.cookie)
    }

    private func count(_ ending: String) -> Int { google.requests.count { $0.path.hasSuffix(ending) } }

    private func addRobot(scopes: [String]) {
        google.addServiceAccount(
            Self.robot,
            publicKeyPEM: TransparentCryptoSuite.publicKeyPEM(named: "robot"),
            delegatedScopes: Set(scopes.map { Self.prefix + $0 })
        )
    }

    @Test("R-19: a service account mirrors a user's calendar without a consent, and signs again when its token ends")
    func serviceAccount() async throws {
        addRobot(scopes: ["events", "calendarlist.readonly", "freebusy"])
        let start = try #require(CivilDateTime("2026-03-18T09:00:00"))
        let content = EventContent(
            title: "Stand-up",
            start: .zoned(start, .utc),
            end: .zoned(start.adding(seconds: 900), .utc)
        )
        google.add(content, to: "ada@example.com")

        let connection = try await host().connect(.google, impersonating: "ada@example.com")
        let first = try await host().sync(connection.key.connection).finish()
        clock.advance(by: 7200)
        let second = try await host().sync(connection.key.connection).finish()

        #expect(first.pages == 1 && second.pages == 1)
        #expect(connection.selection.read == nil && connection.grantedScopes.count == 3)
        #expect(count("/token") == 2)
        let records = try await storage.events.records(
            RecordQuery(tenant: "acme", start: .distantPast, end: .distantFuture)
        )
        #expect(records.map(\.content.title) == ["Stand-up"])
    }

    @Test("R-19: a scope the administrator did not allow fails the connection as a whole")
    func missingDelegation() async throws {
        addRobot(scopes: ["events"])

        let error = await #expect(throws: CalendarError.self) {
            try await host().connect(.google, impersonating: "ada@example.com")
        }

        #expect(error?.code == .configuration && error?.reason == "delegationMissing")
        #expect(try await host().connections().isEmpty)
    }

    @Test("M-10: the grant ends with its last connection, in whatever tenant that is")
    func disconnect() async throws {
        let mine = try await connect(host())
        let theirs = try await connect(host("bob", tenant: "globex"))

        let first = try await host().disconnect(mine.key.connection)
        clock.advance(by: 7200)
        try await host("bob", tenant: "globex").sync(theirs.key.connection).finish()
        let refresh = try #require(
            try await storage.tokens.credential(for: theirs.key)?.credential.refreshToken
        )
        let second = try await host("bob", tenant: "globex").disconnect(theirs.key.connection)

        #expect(first.revocation == .sharedWithOthers && second.revocation == .revoked)
        #expect(count("/revoke") == 1)
        let registration = ProviderRegistration.google(client: .value(google.client), transport: google)
        let error = await #expect(throws: CalendarError.self) {
            try await TokenEndpoint(registration, client: google.client, clock: clock).refresh(refresh, scopes: [])
        }
        #expect(error?.reason == "invalid_grant")
    }

    @Test("M-10: a disconnected account connects again under its id and syncs on")
    func connectAgain() async throws {
        let connection = try await connect(host())
        try await host().sync(connection.key.connection).finish()
        try await host().disconnect(connection.key.connection)
        google.clearRequests()
        await #expect(throws: CalendarError.self) { try await host().sync(connection.key.connection).finish() }
        #expect(google.requests.isEmpty)

        let start = try await host().reconnect(connection.key.connection)
        let callback = try google.consent(to: start.url, as: "ada@example.com")
        let again = try await host().complete(callback: callback, of: start.cookie)
        let report = try await host().sync(connection.key.connection).finish()

        #expect(again.key == connection.key && report.pages == 1)
        #expect(start.url.query()?.contains("login_hint=\(connection.account.key)") == true)
    }

    @Test("R-18: a box left unticked fails the connection, names the scope and gives the token back")
    func unticked() async throws {
        let error = await #expect(throws: CalendarError.self) {
            try await connect(host(), granting: [Self.prefix + "calendarlist.readonly"])
        }

        #expect(error?.code == .scopeMissing)
        #expect(error?.message.contains("(\(Self.prefix)freebusy \(Self.prefix)events)") == true)
        #expect(count("/revoke") == 1)
        #expect(try await connect(host()).status == .active)
    }

    @Test("a domain that was asked for has to be the account's", arguments: ["ada@example.com", "eve@gmail.com"])
    func domain(address: String) async throws {
        let options = ConsentOptions(domain: "example.com")
        if address == "ada@example.com" {
            #expect(try await connect(host(), as: address, consent: options).status == .active)
        } else {
            let error = await #expect(throws: CalendarError.self) {
                try await connect(host(), as: address, consent: options)
            }
            #expect(error?.code == .accountMismatch)
        }
    }

    @Test("R-12: a client in testing shows when its grant ends, and the end is a reconnect")
    func testingClient() async throws {
        google.isInTesting = true
        let connection = try await connect(host())
        let end = try #require(connection.grantExpiresAt)
        #expect(abs(end.timeIntervalSince(clock.now) - 7 * 86_400) < 10)

        clock.advance(by: 7 * 86_400 + 1)
        let error = await #expect(throws: CalendarError.self) {
            try await host().sync(connection.key.connection).finish()
        }

        #expect(error?.code == .reconnectRequired && error?.reason == "invalid_grant")
    }

    @Test(
        "R-12: what ends a grant asks for a reconnect with its own reason",
        arguments: [
            (GoogleSignInRefusal.invalidRapt, CalendarError.Code.reconnectRequired, "invalid_rapt"),
            (.adminPolicyEnforced, .reconnectRequired, "admin_policy_enforced"),
            (.deletedClient, .configuration, "deleted_client"),
        ]
    )
    func refusals(refusal: GoogleSignInRefusal, code: CalendarError.Code, reason: String) async throws {
        let connection = try await connect(host())
        clock.advance(by: 7200)
        google.signInRefusal = refusal

        let error = await #expect(throws: CalendarError.self) {
            try await host().sync(connection.key.connection).finish()
        }

        #expect(error?.code == code && error?.reason == reason)
        let status = try await storage.connections.connection(connection.key)?.status
        #expect(status == (code == .configuration ? .active : .reconnectRequired(code: reason)))
    }
}
