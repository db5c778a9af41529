import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Racing for access tokens", .timeLimit(.minutes(10)))
struct AccessTokenRaceTests {
    @Test("R-13: a hundred callers at expiry make one token request")
    func hundredCallers() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        let gate = Gate()
        let source = world.source(tokens: ObservedTokenStore(world.tokens, readGate: gate))

        let tokens = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<100 {
                group.addTask { try await source.token(for: connection, using: world.registration) }
            }
            // Each has read the expired credential before any may go on.
            await gate.waitForArrivals(100)
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(tokens == Array(repeating: Secret("access-2"), count: 100))
        #expect(world.service.tokenCalls.count == 2)
        #expect(try await world.storedConnection(connection) == connection)
    }

    @Test("R-13: a hundred callers of one failed refresh all fail, and the next one tries again")
    func hundredFailures() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        world.service.plan(.body("", status: 503))
        let reads = Gate()
        let endpoint = Gate()
        world.service.close(endpoint)
        let source = world.source(tokens: ObservedTokenStore(world.tokens, readGate: reads))

        let outcomes = await withTaskGroup(of: CalendarError.Code?.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    do {
                        _ = try await source.token(for: connection, using: world.registration)
                        return nil
                    } catch {
                        return (error as? CalendarError)?.code
                    }
                }
            }
            await reads.waitForArrivals(100)
            reads.open()
            await endpoint.waitForArrivals()
            endpoint.open()
            return await group.reduce(into: [CalendarError.Code?]()) { $0.append($1) }
        }

        #expect(outcomes.contains(.unavailable))
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .unavailable })
        #expect(try await source.token(for: connection, using: world.registration) == Secret("access-2"))
    }

    @Test("a cancelled caller returns at once and leaves the refresh to the others")
    func cancelledWaiter() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        let gate = Gate()
        world.service.close(gate)
        let source = world.source()
        let impatient = Task { try await source.token(for: connection, using: world.registration) }
        await gate.waitForArrivals()
        let patient = Task { try await source.token(for: connection, using: world.registration) }

        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        gate.open()

        #expect(try await patient.value == Secret("access-2"))
        #expect(world.service.tokenCalls.count == 2)
    }

    @Test("a refresh whose only caller was cancelled still stores its tokens")
    func abandoned() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        let gate = Gate()
        world.service.close(gate)
        let source = world.source()
        let caller = Task { try await source.token(for: connection, using: world.registration) }
        await gate.waitForArrivals()

        caller.cancel()
        _ = await caller.result
        gate.open()

        #expect(try await source.token(for: connection, using: world.registration) == Secret("access-2"))
        #expect(world.service.tokenCalls.count == 2)
    }

    @Test("R-13: of two processes one refreshes and the other takes its token, round after round")
    func twoProcesses() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        let processes = [world.source(), world.source()]

        for round in 1...3 {
            world.clock.advance(by: 3600)
            let gate = Gate()
            world.service.close(gate)
            async let first = processes[round % 2].token(for: connection, using: world.registration)
            await gate.waitForArrivals()
            async let second = processes[(round + 1) % 2].token(for: connection, using: world.registration)
            try await world.clock.waitForSleepers()
            gate.open()
            let winner = try await first
            world.clock.advance(by: 0.05)

            #expect(try await second == winner)
            #expect(winner == Secret("access-\(round + 1)"))
            #expect(world.service.tokenCalls.count == round + 1)
        }
        #expect(try await world.storedConnection(connection) == connection)
    }

    @Test("while another process refreshes, a token with more than a minute left is used")
    func leaseHeldTokenGood() async throws {
        let world = try AuthorizationWorld()
        let connection = try await world.connect()
        world.clock.advance(by: 3539)
        _ = try await world.tokens.acquireLease(for: connection.key, now: world.clock.now, lasting: 60)

        #expect(try await world.source().token(for: connection, using: world.registration) == Secret("access-1"))
        #expect(world.service.tokenCalls.count == 1)
    }

    @Test("a lease held for more than fifteen seconds is a passing failure, never a refresh without it")
    func leaseHeldTooLong() async throws {
        let world = try AuthorizationWorld(clock: ManualClock(advancesWhenSleeping: true))
        let connection = try await world.connect()
        world.clock.advance(by: 3600)
        let before = world.clock.now
        _ = try await world.tokens.acquireLease(for: connection.key, now: before, lasting: 60)

        let error = await #expect(throws: CalendarError.self) {
            try await world.source().token(for: connection, using: world.registration)
        }

        #expect(error?.isRetryable == true)
        #expect(world.clock.now.timeIntervalSince(before) <= 15)
        #expect(world.clock.now.timeIntervalSince(before) > 14)
        #expect(world.service.tokenCalls.count == 1)
        #expect(try await world.storedConnection(connection) == connection)
    }
}
