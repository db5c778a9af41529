import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Acting with the host's own key", .timeLimit(.minutes(10)))
struct ApplicationGrantTests {
    /// A grant whose assertion says what it was made of.
    private static func grant(_ mailboxes: String..., clientID: String = "robot") -> ApplicationGrant {
        ApplicationGrant(
            clientID: clientID,
            label: "Robot",
            mailboxes: mailboxes,
            scopes: { $0.sorted().map(\.rawValue) },
            tokenRequest: { query in
                let assertion = "\(query.mailbox) \(query.scopes.joined(separator: ",")) \(query.identifier.count > 15)"
                return ApplicationTokenRequest(
                    endpoint: query.endpoint,
                    fields: [(name: "assertion", value: Secret(assertion))]
                )
            },
            delegationRefusals: ["unauthorized_client", "forbiddenForServiceAccounts"],
            address: { url, mailbox in url.appending(path: mailbox.prefix { $0 != "@" }) }
        )
    }

    private func world(
        _ applications: ApplicationGrants = ["acme": grant("ada@acme.example", "Bob@acme.example")],
        list: @escaping @Sendable (ProviderSession) async throws -> [RemoteCalendar] = { session in
            guard let url = URL(string: "https://api.example.com/list") else { return [] }
            _ = try await session.http.send(HTTPRequest(.get, url, operation: "calendars.list"))
            return []
        }
    ) throws -> AuthorizationWorld {
        try AuthorizationWorld(applications: applications) { provider in
            provider.list = list
            provider.authorizationServer.failure = { failure in
                switch failure.error {
                case "invalid_grant": CalendarError(.reconnectRequired, "Ended.", reason: failure.error)
                default: CalendarError(.configuration, "Refused.", reason: failure.error)
                }
            }
        }
    }

    private func connect(_ world: AuthorizationWorld, _ mailbox: String = "ada@acme.example") async throws -> Connection
    {
        try await world.calendars.acting(as: world.ada).connect(
            "example",
            impersonating: mailbox,
            capabilities: [.readEvents, .writeEvents]
        )
    }

    @Test("R-19, M-07: a mailbox is connected after its calendars were read with a token made for it")
    func connects() async throws {
        let world = try world()

        let connection = try await connect(world, "BOB@acme.example")

        #expect(connection.grant == .application(mailbox: "bob@acme.example"))
        #expect(connection.account.address == "bob@acme.example" && connection.owner == .organization)
        #expect(connection.clientID == "robot" && connection.clientLabel == "Robot")
        #expect(connection.capabilities == [.readEvents, .writeEvents] && connection.status == .active)
        #expect(world.service.calls.map(\.operation) == ["oauth.application", "calendars.list"])
        #expect(world.service.calls[0].form == ["assertion": "bob@acme.example readEvents,writeEvents true"])
        #expect(world.service.calls[1].bearer == "access-1")
        #expect(try await world.stored(connection).credential.refreshToken == nil)
    }

    @Test("M-07: a mailbox off the list is refused before anything is signed or sent")
    func unlisted() async throws {
        let world = try world()

        let error = await #expect(throws: CalendarError.self) { try await connect(world, "eve@acme.example") }

        #expect(error?.code == .permissionDenied && error?.field == "mailbox")
        #expect(world.service.calls.isEmpty)
    }

    @Test("M-07: an organisation that did not opt in has no key, even when another one has")
    func otherTenant() async throws {
        let world = try world(["globex": Self.grant("ada@acme.example")])

        let error = await #expect(throws: CalendarError.self) { try await connect(world) }

        #expect(error?.code == .configuration)
        #expect(world.service.calls.isEmpty)
    }

    @Test("M-07: somebody who may not see everybody's events may not act for anybody")
    func permission() async throws {
        let world = try world()
        let user = Principal(tenant: "acme", user: "eve", permissions: [.connect, .view, .schedule])

        let error = await #expect(throws: CalendarError.self) {
            try await world.calendars.acting(as: user).connect("example", impersonating: "ada@acme.example")
        }

        #expect(error?.code == .permissionDenied)
        #expect(world.service.calls.isEmpty)
    }

    @Test("M-07: while the mailbox's owner has it connected, the host's key is not used")
    func consented() async throws {
        let world = try world(["acme": Self.grant("canary@example.com")])
        var own = try await world.connect()

        let error = await #expect(throws: CalendarError.self) { try await connect(world, "canary@example.com") }
        own.status = .disabled
        try await world.connections.save(own, expecting: own.revision)
        let connection = try await connect(world, "canary@example.com")

        #expect(error?.code == .duplicate)
        #expect(connection.status == .active && connection.key != own.key)
    }

    @Test(
        "R-19: a refusal at the token endpoint or by the service itself says that the delegation is missing",
        arguments: [true, false]
    )
    func delegationMissing(atTokenEndpoint: Bool) async throws {
        let world = try world(list: { _ in
            throw CalendarError(.forbidden, "No.", reason: "forbiddenForServiceAccounts")
        })
        if atTokenEndpoint { world.service.plan(.body(#"{"error":"unauthorized_client"}"#, status: 401)) }

        let error = await #expect(throws: CalendarError.self) { try await connect(world) }

        #expect(error?.code == .configuration && error?.reason == "delegationMissing")
        #expect(error?.provider == "example")
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test("an expired token is made anew by signing again, once for all callers")
    func signsAgain() async throws {
        let world = try world()
        let connection = try await connect(world)
        world.clock.advance(by: 3600)
        let source = world.source()

        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask { try await source.token(for: connection, using: world.registration).reveal() }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }

        #expect(tokens == ["access-2"])
        #expect(world.service.tokenCalls.map(\.operation) == ["oauth.application", "oauth.application"])
        #expect(world.service.tokenCalls[1].form["assertion"] == "ada@acme.example readEvents,writeEvents true")
    }

    @Test("each mailbox has its own token")
    func separateTokens() async throws {
        let world = try world()
        let ada = try await connect(world)
        let bob = try await connect(world, "bob@acme.example")

        #expect(ada.key != bob.key)
        #expect(try await world.stored(ada).credential.accessToken == Secret("access-1"))
        #expect(try await world.stored(bob).credential.accessToken == Secret("access-2"))
    }

    @Test("M-07: a mailbox taken off the list gets no further token, and its connection is no dead grant")
    func takenOffTheList() async throws {
        let world = try world()
        let connection = try await connect(world)
        world.clock.advance(by: 3600)
        let registration = ProviderRegistration(
            provider: world.registration.provider,
            client: world.registration.client,
            transport: world.service,
            applications: ["acme": Self.grant("bob@acme.example")]
        )

        let error = await #expect(throws: CalendarError.self) {
            try await world.source().token(for: connection, using: registration)
        }

        #expect(error?.code == .permissionDenied)
        #expect(world.service.tokenCalls.count == 1)
        #expect(try await world.storedConnection(connection).status == .active)
    }

    @Test("another key than the connection's is not used for it")
    func otherKey() async throws {
        let world = try world()
        let connection = try await connect(world)
        world.clock.advance(by: 3600)
        let registration = ProviderRegistration(
            provider: world.registration.provider,
            client: world.registration.client,
            transport: world.service,
            applications: ["acme": Self.grant("ada@acme.example", clientID: "other")]
        )

        let error = await #expect(throws: CalendarError.self) {
            try await world.source().token(for: connection, using: registration)
        }

        #expect(error?.code == .configuration)
        #expect(world.service.tokenCalls.count == 1)
    }

    @Test("R-12: an account that is gone ends the connection; connecting the mailbox again revives it")
    func ended() async throws {
        let world = try world()
        let connection = try await connect(world)
        world.clock.advance(by: 3600)
        world.service.plan(.body(#"{"error":"invalid_grant"}"#, status: 400))
        let error = await #expect(throws: CalendarError.self) {
            try await world.source().token(for: connection, using: world.registration)
        }
        #expect(error?.code == .reconnectRequired)
        #expect(try await world.storedConnection(connection).status == .reconnectRequired(code: "invalid_grant"))

        let again = try await connect(world)

        #expect(again.key == connection.key && again.status == .active)
    }

    @Test("nobody's consent is asked for such a connection")
    func noConsent() async throws {
        let world = try world()
        let connection = try await connect(world)

        let error = await #expect(throws: CalendarError.self) {
            try await world.start(intent: .reconnect(connection.key.connection))
        }

        #expect(error?.code == .unsupported)
    }

    @Test("the provider's requests go where the mailbox is")
    func address() async throws {
        let transport = ScriptedTransport([
            .expect(.get, path: "/list/ada", .json("{}"))
        ])
        let world = try world()
        let connection = try await connect(world)
        let authorized = AuthorizedTransport(
            transport,
            source: world.source(),
            connection: connection,
            registration: world.registration
        )
        let url = try #require(URL(string: "https://api.example.com/list"))

        #expect(try await authorized.send(HTTPRequest(.get, url, operation: "list")).status == 200)
    }

    @Test("F-13: a grant, a connection's grant and a query print neither mailboxes nor keys")
    func privacy() throws {
        let query = ApplicationTokenQuery(
            mailbox: "canary@example.com",
            scopes: ["read"],
            endpoint: try #require(URL(string: "https://accounts.example.com/token")),
            now: Date(timeIntervalSince1970: 0),
            identifier: "1"
        )
        let values: [Any] = [
            Self.grant("canary@example.com"), Connection.Grant.application(mailbox: "canary@example.com"), query,
        ]
        for value in values {
            var dumped = ""
            dump(value, to: &dumped)
            #expect(!"\(value) \(String(reflecting: value)) \(dumped)".contains("canary"))
        }
    }
}
