import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Authorized requests", .timeLimit(.minutes(10)))
struct AuthorizedTransportTests {
    private let world: AuthorizationWorld
    private let request: HTTPRequest

    init() throws {
        world = try AuthorizationWorld()
        request = HTTPRequest(
            .post,
            try #require(URL(string: "https://api.example.com/events")),
            operation: "events.insert",
            body: Data("content".utf8)
        )
    }

    private func session(_ connection: Connection) throws -> ProviderSession {
        try SessionFactory(source: world.source(), clock: world.clock, random: .seeded(1))
            .session(for: connection, using: world.registration)
    }

    private func bearers() -> [String?] {
        world.service.calls.filter { $0.operation == "events.insert" }.map(\.bearer)
    }

    @Test("a request carries the connection's token")
    func bearer() async throws {
        let session = try session(try await world.connect())

        #expect(try await session.http.send(request).status == 200)
        #expect(bearers() == ["access-1"])
    }

    @Test("a refused token is renewed once and the request sent once more")
    func renewed() async throws {
        let session = try session(try await world.connect())
        world.service.refuse(bearer: "access-1")

        #expect(try await session.http.send(request).status == 200)
        #expect(bearers() == ["access-1", "access-2"])
        #expect(world.service.tokenCalls.count == 2)
    }

    @Test("a renewed token that is refused too is an error after two requests, and the connection stays")
    func refusedTwice() async throws {
        let connection = try await world.connect()
        world.service.refuse(bearer: "access-1")
        world.service.refuse(bearer: "access-2")

        let error = await #expect(throws: CalendarError.self) { try await session(connection).http.send(request) }

        #expect(error?.code == .unauthenticated)
        #expect(error?.operation == "events.insert")
        #expect(bearers() == ["access-1", "access-2"])
        #expect(try await world.storedConnection(connection) == connection)
    }

    @Test("R-13: fifty requests whose token is refused share one refresh")
    func sharedRenewal() async throws {
        let session = try session(try await world.connect())
        world.service.refuse(bearer: "access-1")
        let request = request

        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { try await session.http.send(request).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(statuses == Array(repeating: 200, count: 50))
        #expect(world.service.tokenCalls.count == 2)
    }

    @Test("a token request that got no answer does not make the write's outcome unknown, so it is tried again")
    func tokenRequestLost() async throws {
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        world.service.plan(.failure(CalendarError(.timedOut, "No answer.", isOutcomeUnknown: true)))
        let session = try session(connection)
        let request = request

        async let response = session.http.send(request)
        try await world.clock.waitForSleepers()
        world.clock.advance(by: 2)

        #expect(try await response.status == 200)
        #expect(bearers() == ["access-2"])
    }

    @Test(
        "R-14: no session is made for a connection that cannot be used",
        arguments: [Connection.Status.reconnectRequired(code: "invalid_grant"), .disabled]
    )
    func unusable(status: Connection.Status) async throws {
        var connection = try await world.connect()
        connection.status = status
        let calls = world.service.calls.count

        #expect(throws: CalendarError.self) { try session(connection) }
        #expect(world.service.calls.count == calls)
    }

    @Test("R-14: a session made before its grant ended makes no further request")
    func endedMeanwhile() async throws {
        var connection = try await world.connect()
        let session = try session(connection)
        connection.status = .reconnectRequired(code: "invalid_grant")
        try await world.connections.save(connection, expecting: connection.revision)

        let error = await #expect(throws: CalendarError.self) { try await session.http.send(request) }

        #expect(error?.code == .reconnectRequired)
        #expect(bearers().isEmpty)
    }
}
