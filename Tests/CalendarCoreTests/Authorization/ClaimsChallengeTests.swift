import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Claims challenges", .timeLimit(.minutes(10)))
struct ClaimsChallengeTests {
    /// `{"access_token":{"nbf":{"essential":true, "value":"1702682181"}}}`, as base64 with padding and two kinds of it.
    private static let demanded = #"{"access_token":{"nbf":{"essential":true, "value":"1702682181"}}}"#
    private static let base64 =
        "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoiMTcwMjY4MjE4MSJ9fX0="
    private static let header = #"Bearer realm="", error="insufficient_claims", claims="\#(base64)""#

    @Test(
        "the claims are found in any order of fields, among other challenges, padded or not",
        arguments: [
            header,
            #"Bearer claims="\#(base64)", error="insufficient_claims""#,
            #"Bearer error=insufficient_claims,claims="\#(base64.dropLast())""#,
            #"Basic realm="a, b=\"c\"", Bearer uri="https://x/?a=b", \#(header.dropFirst("Bearer ".count))"#,
            #"Bearer error="insufficient_claims", claims="!!!", Bearer Claims = "\#(base64)""#,
        ]
    )
    func found(header: String) {
        #expect(ClaimsRequest.demanded(by: header) == Self.demanded)
    }

    @Test(
        "anything else demands nothing",
        arguments: [
            nil, "", "Bearer", #"Bearer error="invalid_token", claims="\#(base64)""#,
            #"Bearer error="insufficient_claims""#, #"Bearer error="insufficient_claims", claims="%%%""#,
            #"Bearer error="insufficient_claims", claims="W10=""#, #"Bearer error="insufficient_claims", claims="e30"#,
            #"="=""#,
        ]
    )
    func nothing(header: String?) {
        // An open quote ends with the header, and `{}` is an object, even if it asks for nothing in particular.
        let expected = header?.hasSuffix("e30") == true ? "{}" : nil
        #expect(ClaimsRequest.demanded(by: header) == expected)
    }

    @Test("standing and demanded claims become one object")
    func merged() {
        let standing = #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
        let demanded = #"{"access_token":{"nbf":{"essential":true}},"id_token":{}}"#

        #expect(
            ClaimsRequest.merged(standing, demanded)
                == #"{"access_token":{"xms_cc":{"values":["cp1"]},"nbf":{"essential":true}},"id_token":{}}"#
        )
        #expect(ClaimsRequest.merged(standing, nil) == standing)
        #expect(ClaimsRequest.merged(nil, demanded) == demanded)
        #expect(ClaimsRequest.merged(nil, nil) == nil)
    }

    private static let standing = #"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#
    private let world: AuthorizationWorld
    private let request: HTTPRequest

    init() throws {
        world = try AuthorizationWorld { $0.authorizationServer.claims = Self.standing }
        request = HTTPRequest(.get, try #require(URL(string: "https://api.example.com/e")), operation: "events.get")
    }

    private func session(_ connection: Connection) throws -> ProviderSession {
        try SessionFactory(source: world.source(), clock: world.clock, random: .seeded(1))
            .session(for: connection, using: world.registration)
    }

    @Test("standing claims go with the consent, the code exchange and each refresh")
    func standing() async throws {
        let start = try await world.start()
        try world.planGrant(start)
        let connection = try await world.complete(start)
        world.clock.advance(by: 3600)
        _ = try await world.source().token(for: connection, using: world.registration)

        #expect(try world.query(start, "claims") == Self.standing)
        #expect(world.service.tokenCalls.map { $0.form["claims"] } == [Self.standing, Self.standing])
    }

    @Test("a challenge costs one refresh with the merged claims, and the request succeeds")
    func answered() async throws {
        let session = try session(try await world.connect())
        world.service.refuse(bearer: "access-1", challenge: Self.header)

        #expect(try await session.http.send(request).status == 200)

        let refresh = try #require(world.service.tokenCalls.last)
        #expect(world.service.tokenCalls.count == 2 && refresh.operation == "oauth.refresh")
        #expect(
            refresh.form["claims"]
                == #"{"access_token":{"xms_cc":{"values":["cp1"]},"nbf":{"essential":true,"value":"1702682181"}}}"#
        )
    }

    @Test("R-12: a refresh refused under a challenge asks for a reconnect, whose consent asks for the claims")
    func refused() async throws {
        let connection = try await world.connect()
        world.service.refuse(bearer: "access-1", challenge: Self.header)
        world.service.plan(.body(#"{"error":"invalid_grant"}"#, status: 400))

        let error = await #expect(throws: CalendarError.self) { try await session(connection).http.send(request) }
        let dead = try await world.storedConnection(connection)
        let start = try await world.start(intent: .reconnect(connection.key.connection))

        #expect(error?.code == .reconnectRequired)
        #expect(dead.status == .reconnectRequired(code: "invalid_grant"))
        #expect(dead.demandedClaims == Self.demanded)
        #expect(try world.query(start, "claims").contains("1702682181"))
        try world.planGrant(start)
        #expect(try await world.complete(start).demandedClaims == nil)
    }

    @Test("R-12: a challenge against the renewed token too asks for a reconnect after two requests")
    func twice() async throws {
        let connection = try await world.connect()
        world.service.refuse(bearer: "access-1", challenge: Self.header)
        world.service.refuse(bearer: "access-2", challenge: Self.header)

        let error = await #expect(throws: CalendarError.self) { try await session(connection).http.send(request) }

        #expect(error?.code == .reconnectRequired && error?.reason == "insufficient_claims")
        #expect(try await world.storedConnection(connection).demandedClaims == Self.demanded)
        #expect(world.service.calls.count { $0.operation == "events.get" } == 2)
    }
}
