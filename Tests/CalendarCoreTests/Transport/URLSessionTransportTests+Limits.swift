import CalendarCore
import Foundation
import LoopbackServer
import Testing

extension URLSessionTransportOverLoopback {
    @Suite("URLSessionTransport: limits", .timeLimit(.minutes(10)))
    struct URLSessionTransportLimitTests {
        private static let megabyte = 1024 * 1024
        /// What a flood may cost beyond what was in use before it, other suites included.
        ///
        /// Usually it is a few megabytes; more when the cores are busy, because the session hands over bytes faster than
        /// anybody can tell it to stop.
        private static let allowance = 300 * megabyte

        /// A flood, as sentence and script.
        struct Flood: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let steps: [ServerStep]
        }

        private static let limit = megabyte
        private static let size = limit + 64 * megabyte
        static let floods = [
            Flood(testDescription: "length told", steps: [.head(200, ["Content-Length: \(size)"]), .fill(size)]),
            Flood(testDescription: "length not told", steps: [.head(), .fill(size), .close]),
            Flood(
                testDescription: "endless",
                steps: [.head(200, ["Content-Length: 9000000000000000000"]), .fill(2000 * megabyte), .close]
            ),
            Flood(testDescription: "512 MB without length", steps: [.head(), .fill(512 * megabyte), .close]),
            Flood(
                testDescription: "gzip that unpacks to 256 MB",
                steps: [
                    .answer(
                        200,
                        ["Content-Encoding: gzip"],
                        bytes: GzipRun.zeroes(256 * megabyte, hasChecksum: false).data
                    )
                ]
            ),
        ]

        @Test("Trap 5: a body over the limit fails and costs bounded memory", arguments: floods)
        func boundedMemory(_ flood: Flood) async throws {
            ProcessMemory.forgetPeak()
            let before = ProcessMemory.resident
            let transport = URLSessionTransport()

            let error = try await LoopbackServer.running(asking: { _ in flood.steps }) { server in
                try await failure(of: .probe(server.url(), responseLimit: Self.limit), over: transport)
            }

            #expect(error.code == .responseTooLarge)
            #expect(error.isOutcomeUnknown)
            #expect(!error.isRetryable)
            #expect(transport.runningRequests == 0)
            #expect(!ProcessMemory.canBeMeasured || ProcessMemory.peak - before < Self.allowance)
        }

        @Test("a body of exactly the limit is accepted, one byte more is not", arguments: [true, false])
        func boundary(tellsLength: Bool) async throws {
            let transport = URLSessionTransport()
            let fields = { (count: Int) in tellsLength ? ["Content-Length: \(count)"] : ["Connection: close"] }
            let accepted = try await LoopbackServer.running(.head(200, fields(1000)), .fill(1000), .close) { server in
                try await transport.send(.probe(server.url(), responseLimit: 1000))
            }
            let refused = try await LoopbackServer.running(.head(200, fields(1001)), .fill(1001), .close) { server in
                try await failure(of: .probe(server.url(), responseLimit: 1000), over: transport)
            }

            #expect(accepted.body.count == 1000)
            #expect(refused.code == .responseTooLarge)
        }

        @Test("an announced length over the limit is refused before the body comes")
        func announced() async throws {
            try await LoopbackServer.running(.head(200, ["Content-Length: 1001"]), .stall) { server in
                let error = try await failure(of: .probe(server.url(), responseLimit: 1000))

                #expect(error.code == .responseTooLarge)
            }
        }

        @Test("the limit counts bytes after decompression")
        func unpacked() async throws {
            let packed = GzipRun.zeroes(100_000)
            try await LoopbackServer.running(.answer(200, ["Content-Encoding: gzip"], bytes: packed.data)) { server in
                let transport = URLSessionTransport()
                let answer = try await transport.send(.probe(server.url(), responseLimit: packed.count))
                let error = try await failure(
                    of: .probe(server.url(), responseLimit: packed.count - 1),
                    over: transport
                )

                #expect(answer.body.count == packed.count)
                #expect(error.code == .responseTooLarge)
            }
        }

        @Test("a body limit of zero accepts an empty answer")
        func zero() async throws {
            try await LoopbackServer.running(.answer(204)) { server in
                let answer = try await URLSessionTransport().send(.probe(server.url(), responseLimit: 0))

                #expect(answer.status == 204)
            }
        }
    }
}
