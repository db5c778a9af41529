import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Callbacks that are refused")
struct ConnectionAuthorizerRefusalTests {
    /// What is wrong with a callback.
    enum Fault: String, CaseIterable, Sendable {
        case wrongState, noCode, wrongCookie, otherUser, otherTenant, expired, wrongIssuer, codeTwice
    }

    @Test(
        "M-01: a callback that does not belong to the attempt is refused without a request",
        arguments: Fault.allCases
    )
    func refused(fault: Fault) async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        var callback = try world.callback(start, "code=canary-code")
        var cookie = start.cookie
        var principal = world.ada
        switch fault {
        case .wrongState: callback = "https://host.example/oauth/callback?state=canary-state&code=canary-code"
        case .noCode: callback = try world.callback(start, "scope=x")
        case .wrongCookie: cookie = Secret("canary-cookie")
        case .otherUser: principal = Principal(tenant: "acme", user: "grace", permissions: .all)
        case .otherTenant: principal = Principal(tenant: "globex", user: "ada", permissions: .all)
        case .expired: world.clock.advance(by: 600)
        case .wrongIssuer: callback += "&iss=https%3A%2F%2Fevil.example"
        case .codeTwice: callback += "&code=other"
        }

        let error = await #expect(throws: CalendarError.self) {
            try await world.complete(start, callback: callback, cookie: cookie, principal: principal)
        }

        #expect(error?.code == .attemptInvalid)
        #expect(world.service.calls.isEmpty)
        #expect(try await world.connections.connections(of: "acme").isEmpty)
        #expect(try await world.connections.connections(of: "globex").isEmpty)
    }

    @Test("M-01: a wrong state leaves the attempt usable")
    func wrongStateChangesNothing() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        await #expect(throws: CalendarError.self) {
            try await world.complete(start, callback: "https://host.example/oauth/callback?state=other&code=x")
        }

        try world.planGrant(start)
        let connection = try await world.complete(start)

        #expect(connection.status == .active)
    }

    @Test("M-01: a callback that arrives twice is refused the second time and the connection stays")
    func twice() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        try world.planGrant(start)
        let connection = try await world.complete(start)

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .attemptInvalid)
        #expect(world.service.tokenCalls.count == 1)
        #expect(try await world.connections.connections(of: "acme") == [connection])
    }

    @Test("the right issuer is accepted")
    func issuer() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        try world.planGrant(start)

        let callback = try world.callback(start, "code=canary-code&iss=https%3A%2F%2Faccounts.example.com")

        #expect(try await world.complete(start, callback: callback).status == .active)
    }

    @Test(
        "an error in the callback is told apart",
        arguments: [
            ("access_denied", CalendarError.Code.accessDenied), ("admin_policy_enforced", .accessDenied),
            ("temporarily_unavailable", .unavailable), ("invalid_scope", .configuration),
        ]
    )
    func serviceError(error: String, code: CalendarError.Code) async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        let callback = try world.callback(start, "error=\(error)&error_description=canary")

        let found = await #expect(throws: CalendarError.self) { try await world.complete(start, callback: callback) }

        #expect(found?.code == code)
        #expect(found?.reason == error)
        #expect(world.service.calls.isEmpty)
    }

    @Test("a code that the service refuses stores nothing")
    func refusedCode() async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        world.service.plan(.body(#"{"error":"invalid_grant","error_description":"canary"}"#, status: 400))

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.reason == "invalid_grant")
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test("an answer that is not JSON is a typed error", arguments: ["", "<html>", "[]", #"{"access_token":""}"#])
    func notJSON(body: String) async throws {
        let world = try AuthorizationWorld()
        let start = try await world.start()
        world.service.plan(.body(body))

        let error = await #expect(throws: CalendarError.self) { try await world.complete(start) }

        #expect(error?.code == .invalidResponse)
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }
}
