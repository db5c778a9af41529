import CalendarCore
import Foundation
import LoopbackServer
import Testing

extension URLSessionTransportOverLoopback {
    @Suite("URLSessionTransport: cancellation", .timeLimit(.minutes(5)))
    struct URLSessionTransportCancellationTests {
        /// Fewer under a sanitizer, where each request costs many times more.
        private static let stormSize: Int = {
            let environment = ProcessInfo.processInfo.environment
            if let wanted = environment["CALENDAR_STORM"].flatMap({ Int($0) }) { return wanted }
            return environment["CALENDAR_SANITIZER"] == nil ? 20_000 : 2000
        }()

        @Test("requests with random cancels neither crash nor hang, and none is left over")
        func storm() async throws {
            try await LoopbackServer.running(.answer(body: "x")) { server in
                let transport = URLSessionTransport(configuration: .init(connectionsPerHost: 16))
                let storm = CancelStorm(requests: Self.stormSize, inFlight: 64, seed: 20_000)
                let tally = await storm.run(over: transport, to: server.url())

                #expect(tally.total == Self.stormSize)
                #expect(tally.unexpected == 0)
                #expect(tally.answered > 0)
                #expect(tally.cancelled > 0)
                #expect(transport.runningRequests == 0)
            }
        }

        @Test("cancelling ends a request that waits for its answer")
        func cancelsWaiting() async throws {
            try await LoopbackServer.running(.stall) { server in
                let transport = URLSessionTransport()
                let attempt = Task { try await transport.send(.probe(server.url())) }
                while server.requests.isEmpty { await Task.yield() }
                let running = transport.runningRequests
                attempt.cancel()

                await #expect(throws: CancellationError.self) { try await attempt.value }
                #expect(running == 1)
                #expect(transport.runningRequests == 0)
            }
        }

        @Test("a task that is cancelled already sends nothing")
        func cancelledBefore() async throws {
            try await LoopbackServer.running(.answer()) { server in
                let transport = URLSessionTransport()
                let attempt = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await transport.send(.probe(server.url()))
                }
                attempt.cancel()

                await #expect(throws: CancellationError.self) { try await attempt.value }
                #expect(server.acceptedConnections == 0)
                #expect(transport.runningRequests == 0)
            }
        }

        @Test("cancelling one request leaves the others alone")
        func cancelsOne() async throws {
            let script: LoopbackServer.Script = { $0.target == "/stall" ? [.stall] : [.answer(body: "x")] }
            try await LoopbackServer.running(asking: script) { server in
                let transport = URLSessionTransport()
                let stalled = Task { try await transport.send(.probe(server.url("/stall"))) }
                while server.requests.isEmpty { await Task.yield() }
                async let other = transport.send(.probe(server.url("/other")))
                stalled.cancel()

                await #expect(throws: CancellationError.self) { try await stalled.value }
                let answer = try await other
                #expect(answer.status == 200)
            }
        }

        @Test("a transport that is released lets its requests finish")
        func released() async throws {
            try await LoopbackServer.running(.answer(body: "x")) { server in
                for _ in 0..<20 {
                    let answer = try await URLSessionTransport().send(.probe(server.url()))
                    #expect(answer.status == 200)
                }
            }
        }
    }
}
