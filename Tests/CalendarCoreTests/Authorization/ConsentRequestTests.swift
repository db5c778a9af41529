import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("The request for consent")
struct ConsentRequestTests {
    /// A server that shows in its parameters what it was told of the attempt.
    private func world() throws -> AuthorizationWorld {
        try AuthorizationWorld { provider in
            provider.authorizationServer.consentParameters = { request in
                [
                    "hint": request.account?.key ?? request.options.loginHint ?? "none",
                    "further": "\(request.isFurtherAccount)", "prompt": "other", "nonce": "never",
                ]
            }
            provider.authorizationServer.isInDomain = { $0["hd"] == $1 }
        }
    }

    @Test("M-01: the service's fields of an attempt replace its fixed ones and none of the SDK's")
    func parameters() async throws {
        let world = try world()

        let start = try await world.start(consent: ConsentOptions(loginHint: "ada@example.com"))

        #expect(try world.query(start, "hint") == "ada@example.com")
        #expect(try world.query(start, "further") == "false")
        #expect(try world.query(start, "prompt") == "other")
        #expect(try world.query(start, "access_type") == "offline")
        #expect(try world.query(start, "nonce") != "never")
    }

    @Test("M-02: a reconnect names the connection's account, whatever the hint")
    func reconnect() async throws {
        let world = try world()
        let connection = try await world.connect()

        let start = try await world.start(
            consent: ConsentOptions(loginHint: "eve@example.com"),
            intent: .reconnect(connection.key.connection)
        )

        #expect(try world.query(start, "hint") == "account-1")
        #expect(try world.query(start, "further") == "false")
    }

    @Test("a second account of the same owner is told to the service, another owner's is not")
    func furtherAccount() async throws {
        let world = try world()
        _ = try await world.connect()

        let mine = try await world.start()
        let theirs = try await world.start(principal: Principal(tenant: "acme", user: "bob", permissions: .all))

        #expect(try world.query(mine, "further") == "true")
        #expect(try world.query(theirs, "further") == "false")
    }

    @Test(
        "an account outside the domain that was asked for is refused, and nothing is stored",
        arguments: [("\"example.com\"", true), ("\"example.org\"", false), ("", false)]
    )
    func domain(claim: String, isIn: Bool) async throws {
        let world = try world()
        let start = try await world.start(consent: ConsentOptions(domain: "example.com"))
        try world.planGrant(start, claims: ["hd": claim])

        if isIn {
            #expect(try await world.complete(start).status == .active)
        } else {
            let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }
            #expect(error?.code == .accountMismatch && error?.field == "domain")
            #expect(try await world.connections.connections(of: "acme").isEmpty)
        }
    }

    @Test("F-13: options print no address")
    func privacy() {
        let options = ConsentOptions(loginHint: "canary@example.com", domain: "canary.example.com")
        var dumped = ""
        dump(options, to: &dumped)

        #expect(!"\(options) \(String(reflecting: options)) \(dumped)".contains("canary"))
    }
}
