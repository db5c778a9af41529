import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Disconnecting")
struct DisconnectTests {
    private func world(
        close: @escaping @Sendable (NotificationChannel, ProviderSession) async throws -> Void = { _, _ in }
    ) throws -> AuthorizationWorld {
        try AuthorizationWorld { provider in
            provider.authorizationServer.revocationEndpoint = URL(string: "https://accounts.example.com/revoke")
            provider.close = close
        }
    }

    private func disconnect(
        _ world: AuthorizationWorld,
        _ connection: Connection,
        closing channels: [NotificationChannel] = [],
        as principal: Principal? = nil
    ) async throws -> Disconnection {
        try await world.calendars.acting(as: principal ?? world.ada)
            .disconnect(connection.key.connection, closing: channels)
    }

    private func revocations(_ world: AuthorizationWorld) -> [[String: String]] {
        world.service.calls.filter { $0.operation == "oauth.revoke" }.map(\.form)
    }

    private let channels = ["one", "two"].map {
        NotificationChannel(id: ChannelID($0), resource: nil, calendar: "c", secret: Secret("s"), expiresAt: nil)
    }

    @Test("M-10: the last connection of an account revokes its grant, loses its tokens and is switched off")
    func last() async throws {
        let world = try world()
        let connection = try await world.connect()

        let report = try await disconnect(world, connection)

        #expect(report == Disconnection(revocation: .revoked, openChannels: []))
        #expect(revocations(world) == [["token": "canary-refresh-0"]])
        #expect(try await world.tokens.credential(for: connection.key) == nil)
        let stored = try await world.storedConnection(connection)
        #expect(stored.status == .disabled && stored.selection == connection.selection)
        #expect(stored.tokenExpiresAt == nil)
    }

    @Test("M-10: a grant on which another connection rests is not revoked, and that connection goes on")
    func shared() async throws {
        let world = try world()
        let mine = try await world.connect()
        let bob = Principal(tenant: "globex", user: "bob", permissions: .all)
        let start = try await world.start(principal: bob)
        try world.planGrant(start)
        let theirs = try await world.complete(start, principal: bob)

        let report = try await disconnect(world, mine)
        let last = try await disconnect(world, theirs, as: bob)

        #expect(report.revocation == .sharedWithOthers)
        #expect(last.revocation == .revoked)
        #expect(revocations(world).count == 1)
        #expect(try await world.tokens.credential(for: mine.key) == nil)
    }

    @Test(
        "M-10: the tokens are deleted whatever the service says to the revocation",
        arguments: [
            (.body(#"{"error":"invalid_token"}"#, status: 400), .revoked), (.body("", status: 503), .failed),
            (.failure(CalendarError(.timedOut, "No answer.")), .failed), (.failure(UnnamedFailure()), .failed),
        ] as [(FakeTokenService.TokenAnswer, Disconnection.Revocation)]
    )
    func failing(answer: FakeTokenService.TokenAnswer, expected: Disconnection.Revocation) async throws {
        let world = try world()
        let connection = try await world.connect()
        world.service.plan(answer)

        #expect(try await disconnect(world, connection).revocation == expected)
        #expect(try await world.tokens.credential(for: connection.key) == nil)
        #expect(try await world.storedConnection(connection).status == .disabled)
    }

    @Test("M-10: a service without a revocation endpoint is sent nothing")
    func notOffered() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()

        #expect(try await disconnect(world, connection).revocation == .notOffered)
        #expect(world.service.calls.map(\.operation) == ["oauth.exchange"])
        #expect(try await world.tokens.credential(for: connection.key) == nil)
    }

    @Test("M-10: disconnecting twice is disconnecting once")
    func twice() async throws {
        let world = try world()
        let connection = try await world.connect()
        _ = try await disconnect(world, connection)

        #expect(try await disconnect(world, connection).revocation == .notNeeded)
        #expect(revocations(world).count == 1)
    }

    @Test("R-14: afterwards there is no token and no request")
    func noFurtherCalls() async throws {
        let world = try world()
        let connection = try await world.connect()
        _ = try await disconnect(world, connection)
        let calls = world.service.calls.count

        await #expect(throws: CalendarError.self) {
            try await world.source().token(for: connection, using: world.registration)
        }

        #expect(world.service.calls.count == calls)
    }

    @Test("M-10: a refresh that was under way stores no tokens behind the disconnect")
    func refreshUnderWay() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        let gate = Gate()
        world.service.close(gate)
        async let token = world.source().token(for: connection, using: world.registration)
        await gate.waitForArrivals()
        _ = try await disconnect(world, connection)
        gate.open()

        let outcome: Result<Secret, any Error>
        do { outcome = .success(try await token) } catch { outcome = .failure(error) }
        #expect(throws: CalendarError.self) { try outcome.get() }
        #expect(try await world.tokens.credential(for: connection.key) == nil)
    }

    @Test("M-02: a disconnected account is connected again under the id it had")
    func again() async throws {
        let world = try world()
        let connection = try await world.connect()
        _ = try await disconnect(world, connection)

        let again = try await world.connect(intent: .reconnect(connection.key.connection))

        #expect(again.key == connection.key && again.status == .active)
    }

    @Test("M-26: somebody else's connection is refused and stays as it is")
    func foreign() async throws {
        let world = try world()
        let connection = try await world.connect()

        for (principal, code) in [
            (Principal(tenant: "acme", user: "bob", permissions: .all), CalendarError.Code.permissionDenied),
            (Principal(tenant: "globex", user: "ada", permissions: .all), .notFound),
            (Principal(tenant: "acme", user: "ada", permissions: [.view]), .permissionDenied),
        ] {
            let error = await #expect(throws: CalendarError.self) {
                try await disconnect(world, connection, as: principal)
            }
            #expect(error?.code == code)
        }
        #expect(try await world.storedConnection(connection) == connection)
        #expect(revocations(world).isEmpty)
    }

    @Test("M-10: channels are closed while there are tokens; one that cannot be closed is reported and stops nothing")
    func channelsAreClosed() async throws {
        let closed = ClosedChannels()
        let world = try world { channel, _ in
            await closed.insert(channel.id)
            if channel.id == "one" { throw CalendarError(.unavailable, "Not now.") }
        }
        let connection = try await world.connect()

        let report = try await disconnect(world, connection, closing: channels)

        #expect(await closed.ids == ["one", "two"])
        #expect(report == Disconnection(revocation: .revoked, openChannels: ["one"]))
    }

    @Test("R-14: for a dead connection no channel is closed by a call that must fail")
    func deadConnection() async throws {
        let closed = ClosedChannels()
        let world = try world { channel, _ in await closed.insert(channel.id) }
        var connection = try await world.connect()
        connection.status = .reconnectRequired(code: "invalid_grant")
        connection = try await world.connections.save(connection, expecting: connection.revision)

        let report = try await disconnect(world, connection, closing: channels)

        #expect(await closed.ids.isEmpty)
        #expect(report.openChannels == ["one", "two"])
    }
}

/// A failure of a transport that does not keep its promise to throw nothing but the SDK's errors.
private struct UnnamedFailure: Error {}

/// The channels a provider was asked to close.
private actor ClosedChannels {
    var ids: [ChannelID] = []

    func insert(_ id: ChannelID) { ids.append(id) }
}
