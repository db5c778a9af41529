import CalendarCore
import Foundation
import LoopbackServer
import Testing

extension URLSessionTransportOverLoopback {
    /// The behaviours of Foundation on Linux that end processes, leak credentials or never return.
    @Suite("URLSessionTransport: traps", .timeLimit(.minutes(10)))
    struct URLSessionTransportTrapTests {
        @Test("Trap 1: no answer is cached, and cancelling while one completes does not end the process")
        func noCache() async throws {
            let cacheable = ServerStep.answer(200, ["Cache-Control: max-age=3600"], body: "kept")
            try await LoopbackServer.running(cacheable) { server in
                let transport = URLSessionTransport()
                for _ in 0..<2 { _ = try await transport.send(.probe(server.url())) }
                #expect(server.requests.count == 2)

                let storm = CancelStorm(requests: 1000, inFlight: 16, seed: 1)
                let tally = await storm.run(over: transport, to: server.url())
                #expect(tally.unexpected == 0)
                #expect(transport.runningRequests == 0)
            }
        }

        @Test("Trap 2: cancelling while an answer completes blocks nobody, and the transport goes on working")
        func noDeadlock() async throws {
            try await LoopbackServer.running(.answer(body: "x")) { server in
                let transport = URLSessionTransport(configuration: .init(connectionsPerHost: 2))
                let tally = await CancelStorm(requests: 1000, inFlight: 32, seed: 2).run(
                    over: transport,
                    to: server.url()
                )
                let answer = try await transport.send(.probe(server.url()))

                #expect(tally.total == 1000)
                #expect(tally.unexpected == 0)
                #expect(answer.status == 200)
            }
        }

        @Test(
            "Trap 3: a demand for credentials is an answer with status 401",
            arguments: ["Basic realm=\"x\"", "Basic", "Digest realm=\"x\", nonce=\"y\"", "Bearer", "Negotiate"]
        )
        func challenge(_ scheme: String) async throws {
            try await LoopbackServer.running(.answer(401, ["WWW-Authenticate: \(scheme)"], body: "{}")) { server in
                let transport = URLSessionTransport()
                let answer = try await transport.send(.probe(server.url(), timeout: .seconds(20)))

                #expect(answer.status == 401)
                #expect(answer.headers["WWW-Authenticate"] == scheme)
                #expect(server.requests.count == 1)
                #expect(transport.runningRequests == 0)
            }
        }

        @Test(
            "Trap 4: a redirect is an answer, and nothing is sent to its target",
            arguments: [301, 302, 303, 307, 308],
            [HTTPMethod.get, .post]
        )
        func redirect(_ status: Int, _ method: HTTPMethod) async throws {
            try await LoopbackServer.running(.answer(body: "leaked")) { target in
                let location = "Location: \(target.url("/elsewhere").absoluteString)"
                try await LoopbackServer.running(.answer(status, [location], body: "moved")) { server in
                    let transport = URLSessionTransport()
                    let body = method == .post ? Data("x".utf8) : nil
                    let headers: HTTPHeaders = ["Authorization": "Bearer t"]
                    let answer = try await transport.send(.probe(server.url(), method, headers: headers, body: body))
                    let next = try await transport.send(.probe(server.url(), method, headers: headers, body: body))

                    #expect(answer.status == status)
                    #expect(answer.headers["Location"] == target.url("/elsewhere").absoluteString)
                    #expect(next.status == status)
                    #expect(server.requests.map(\.method) == [method.rawValue, method.rawValue])
                    #expect(target.acceptedConnections == 0)
                }
            }
        }

        @Test("Trap 6: the deadline is total although bytes keep arriving")
        func totalDeadline() async throws {
            try await LoopbackServer.running(.head(), .drip(everyMilliseconds: 20)) { server in
                let transport = URLSessionTransport()
                let start = ContinuousClock.now
                let error = try await failure(of: .probe(server.url(), timeout: .milliseconds(400)), over: transport)
                let elapsed = ContinuousClock.now - start

                #expect(error.code == .timedOut)
                #expect(error.isOutcomeUnknown)
                #expect(elapsed >= .milliseconds(400))
                #expect(elapsed < .seconds(15))
                #expect(transport.runningRequests == 0)
            }
        }

        @Test("Trap 6: the deadline ends a request that gets no byte at all")
        func silentDeadline() async throws {
            try await LoopbackServer.running(.stall) { server in
                let error = try await failure(of: .probe(server.url(), timeout: .milliseconds(300)))

                #expect(error.code == .timedOut)
                #expect(error.isOutcomeUnknown)
            }
        }

        @Test("Trap 6: without time left nothing is sent", arguments: [Duration.zero, .seconds(-1)])
        func noTimeLeft(_ timeout: Duration) async throws {
            try await LoopbackServer.running(.answer()) { server in
                let error = try await failure(of: .probe(server.url(), timeout: timeout))

                #expect(error.code == .timedOut)
                #expect(!error.isOutcomeUnknown)
                #expect(server.acceptedConnections == 0)
            }
        }

        @Test("Trap 7: a host named in no_proxy is reached directly although a proxy is set")
        func noProxy() async throws {
            try await LoopbackServer.running(.answer(body: "direct")) { server in
                let answer = try await URLSessionTransport().send(.probe(server.url("/direct")))

                #expect(answer.body == Data("direct".utf8))
                #expect(server.requests.map(\.target) == ["/direct"])
            }
        }

        #if os(Linux)
        @Test("Trap 7: another host is reached through the proxy of the environment")
        func proxy() async throws {
            LoopbackEnvironment.prepare()
            let url = try #require(URL(string: "http://calendar.invalid/proxied"))
            let answer = try await URLSessionTransport().send(.probe(url))

            #expect(answer.status == LoopbackEnvironment.proxyStatus)
            #expect(LoopbackEnvironment.proxiedRequests.contains { $0.target == url.absoluteString })
        }
        #endif

        @Test("Trap 8: a server whose certificate no authority signed gets no request")
        func untrusted() async throws {
            try await LoopbackServer.running(
                asking: { _ in [.send(UntrustedIdentity.opening), .receive, .stall] },
                reading: .anything
            ) { server in
                let error = try await failure(of: .probe(server.url(scheme: "https"), timeout: .seconds(20)))

                #expect(error.code == .connectionFailed)
                #expect(server.acceptedConnections == 1)
            }
        }

        #if os(Linux)
        @Test("Trap 8: the client ends the handshake with an alert about the certificate")
        func alert() async throws {
            try await LoopbackServer.running(
                asking: { _ in [.send(UntrustedIdentity.opening), .receive, .stall] },
                reading: .anything
            ) { server in
                _ = try await failure(of: .probe(server.url(scheme: "https"), timeout: .seconds(20)))
                while server.requests.count < 2 { await Task.yield() }
                let alert = server.requests[1].body

                // An alert record with a fatal alert, 48: unknown authority (RFC 5246 section 7.2).
                #expect(alert.first == 21)
                #expect(alert.suffix(2) == [2, 48])
            }
        }
        #endif

        @Test("Trap 8: an https address is never served without TLS")
        func noFallback() async throws {
            try await LoopbackServer.running(
                asking: { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), .stall] },
                reading: .anything
            ) { server in
                let request = HTTPRequest.probe(
                    server.url(scheme: "https"),
                    headers: ["Authorization": "Bearer canary"]
                )
                let error = try await failure(of: request)
                let received = server.requests.map { String(decoding: $0.body, as: UTF8.self) }

                #expect(error.code == .connectionFailed)
                #expect(received.count == 1)
                #expect(received.allSatisfy { !$0.contains("canary") })
            }
        }
    }
}
