import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Storing a new connection")
struct ConnectionAuthorizerStoringTests {
    private let world: AuthorizationWorld

    init() throws {
        world = try AuthorizationWorld()
    }

    private func complete(
        _ start: AuthorizationStart,
        connections: (any ConnectionRepository)? = nil,
        tokens: (any TokenStore)? = nil
    ) async throws -> Connection {
        let authorizer = ConnectionAuthorizer(
            connections: connections ?? world.connections,
            tokens: tokens ?? world.tokens,
            crypto: world.crypto,
            clock: world.clock
        )
        return try await authorizer.complete(
            callback: try #require(URL(string: world.callback(start, "code=x"))),
            cookie: start.cookie,
            principal: world.ada,
            registrations: ["example": world.registration]
        )
    }

    @Test("two attempts for one account that do not see each other's connection make one connection")
    func race() async throws {
        let first = try await world.connect()
        let start = try await world.start()
        try world.planGrant(start)

        let second = try await complete(
            start,
            connections: StaleConnectionRepository(world.connections, staleLists: 1)
        )

        #expect(second.key == first.key)
        #expect(second.revision == first.revision + 1)
        #expect(try await world.connections.connections(of: "acme") == [second])
        #expect(try await world.stored(second).credential.accessToken == Secret("access-2"))
    }

    @Test("no connection is stored when its credential cannot be")
    func credentialFails() async throws {
        let start = try await world.start()
        try world.planGrant(start)

        let error = await #expect(throws: CalendarError.self) {
            try await complete(start, tokens: ObservedTokenStore(world.tokens, failingSaves: 1))
        }

        #expect(error?.code == .unavailable)
        #expect(try await world.connections.connections(of: "acme").isEmpty)
    }

    @Test("an attempt after one whose connection could not be stored succeeds")
    func connectionFails() async throws {
        let start = try await world.start()
        try world.planGrant(start)
        await #expect(throws: CalendarError.self) {
            try await complete(start, connections: StaleConnectionRepository(world.connections, failingSaves: 1))
        }

        let connection = try await world.connect()

        #expect(try await world.connections.connections(of: "acme") == [connection])
        #expect(try await world.stored(connection).credential.accessToken == Secret("access-2"))
    }
}
