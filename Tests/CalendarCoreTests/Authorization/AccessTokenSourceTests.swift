import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Access tokens", .timeLimit(.minutes(10)))
struct AccessTokenSourceTests {
    private let world: AuthorizationWorld

    init() throws {
        world = try AuthorizationWorld()
    }

    /// A connection whose token, `access-1`, has so many seconds left.
    private func connection(secondsLeft: Double) async throws -> Connection {
        let connection = try await world.connect()
        world.clock.advance(by: 3600 - secondsLeft)
        return connection
    }

    private func refreshes() -> Int {
        world.service.tokenCalls.count { $0.operation == "oauth.refresh" }
    }

    @Test("a token with more than six minutes left is used without a request")
    func fresh() async throws {
        let connection = try await connection(secondsLeft: 361)

        #expect(try await world.source().token(for: connection, using: world.registration) == Secret("access-1"))
        #expect(refreshes() == 0)
    }

    @Test("a token with five minutes left or less is refreshed", arguments: [300.0, 10, -100_000])
    func early(secondsLeft: Double) async throws {
        let connection = try await connection(secondsLeft: secondsLeft)

        #expect(try await world.source().token(for: connection, using: world.registration) == Secret("access-2"))
        #expect(refreshes() == 1)
        #expect(try await world.stored(connection).credential.expiresAt == world.clock.now.addingTimeInterval(3600))
    }

    @Test("R-11: a refresh token is kept when the answer has none, and replaced when it has one")
    func refreshToken() async throws {
        let connection = try await connection(secondsLeft: 0)
        let source = world.source()
        world.service.plan(.tokens(refresh: nil, scope: nil, idToken: nil))
        world.service.plan(.tokens(refresh: "canary-refresh-1", scope: nil, idToken: nil))

        _ = try await source.token(for: connection, using: world.registration)
        #expect(try await world.stored(connection).credential.refreshToken == Secret("canary-refresh-0"))
        world.clock.advance(by: 3600)
        _ = try await source.token(for: connection, using: world.registration)

        #expect(try await world.stored(connection).credential.refreshToken == Secret("canary-refresh-1"))
        #expect(world.service.tokenCalls.last?.form["refresh_token"] == "canary-refresh-0")
    }

    @Test("R-12: a grant that ended marks the connection once, and no request follows")
    func endedGrant() async throws {
        let connection = try await connection(secondsLeft: 0)
        world.service.planAlways(.body(#"{"error":"invalid_grant"}"#, status: 400))
        let source = world.source()

        for _ in 0..<3 {
            let error = await #expect(throws: CalendarError.self) {
                try await source.token(for: connection, using: world.registration)
            }
            #expect(error?.code == .reconnectRequired)
            #expect(error?.reason == "invalid_grant")
        }

        let stored = try await world.storedConnection(connection)
        #expect(stored.status == .reconnectRequired(code: "invalid_grant"))
        #expect(stored.revision == connection.revision + 1)
        #expect(refreshes() == 1)
    }

    @Test("R-12: a refused refresh is no end while somebody else has stored new tokens")
    func rotatedElsewhere() async throws {
        let connection = try await connection(secondsLeft: 0)
        let gate = Gate()
        world.service.close(gate)
        world.service.plan(.body(#"{"error":"invalid_grant"}"#, status: 400))
        async let token = world.source().token(for: connection, using: world.registration)
        await gate.waitForArrivals()
        var other = try await world.stored(connection).credential
        other.accessToken = Secret("access-elsewhere")
        other.expiresAt = world.clock.now.addingTimeInterval(3600)
        try await world.tokens.save(
            other,
            for: connection.key,
            expecting: world.stored(connection).version,
            lease: nil
        )

        gate.open()

        #expect(try await token == Secret("access-elsewhere"))
        #expect(try await world.storedConnection(connection) == connection)
    }

    @Test(
        "a fault of the client or the network leaves the connection as it is and is forgotten",
        arguments: [
            (
                FakeTokenService.TokenAnswer.body(#"{"error":"invalid_client"}"#, status: 401),
                CalendarError.Code.configuration
            ),
            (.body("<html>", status: 502), .unavailable),
            (.failure(CalendarError(.timedOut, "No answer.", isOutcomeUnknown: true)), .timedOut),
        ]
    )
    func notSticky(answer: FakeTokenService.TokenAnswer, code: CalendarError.Code) async throws {
        let connection = try await connection(secondsLeft: 0)
        let source = world.source()
        world.service.plan(answer)

        let error = await #expect(throws: CalendarError.self) {
            try await source.token(for: connection, using: world.registration)
        }

        #expect(error?.code == code)
        #expect(error?.isOutcomeUnknown == false)
        #expect(try await world.storedConnection(connection) == connection)
        #expect(try await source.token(for: connection, using: world.registration) == Secret("access-2"))
    }

    @Test("a token with two minutes left is still used while the endpoint is away")
    func lastResort() async throws {
        let connection = try await connection(secondsLeft: 120)
        world.service.plan(.failure(CalendarError(.connectionFailed, "No connection.")))

        #expect(try await world.source().token(for: connection, using: world.registration) == Secret("access-1"))
        #expect(refreshes() == 1)
    }

    @Test("a refused token is replaced only if it is still the stored one")
    func refused() async throws {
        let connection = try await connection(secondsLeft: 3000)
        let source = world.source()

        let second = try await source.refreshed(Secret("access-1"), for: connection, using: world.registration)
        let again = try await source.refreshed(Secret("access-1"), for: connection, using: world.registration)

        #expect(second == Secret("access-2"))
        #expect(again == second)
        #expect(refreshes() == 1)
    }

    @Test("R-14: a connection that needs a new grant or is switched off gets no token and makes no request")
    func unusable() async throws {
        let connection = try await connection(secondsLeft: 3000)
        var dead = connection
        dead.status = .reconnectRequired(code: "invalid_grant")
        try await world.connections.save(dead, expecting: connection.revision)

        for value in [connection, dead] {
            let error = await #expect(throws: CalendarError.self) {
                try await world.source().token(for: value, using: world.registration)
            }
            #expect(error?.code == .reconnectRequired)
        }
        #expect(refreshes() == 0)
    }

    @Test("a store that is away for a moment does not lose the new tokens")
    func flakyStore() async throws {
        let world = try AuthorizationWorld(clock: ManualClock(advancesWhenSleeping: true))
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        world.service.plan(.tokens(refresh: "canary-refresh-1", scope: nil, idToken: nil))
        let store = ObservedTokenStore(world.tokens, failingSaves: 2)

        let token = try await world.source(tokens: store).token(for: connection, using: world.registration)

        #expect(token == Secret("access-2"))
        #expect(try await world.stored(connection).credential.refreshToken == Secret("canary-refresh-1"))
    }
}
