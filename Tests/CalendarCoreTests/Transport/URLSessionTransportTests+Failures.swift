import CalendarCore
import Foundation
import LoopbackServer
import Testing

extension URLSessionTransportOverLoopback {
    @Suite("URLSessionTransport: failures", .timeLimit(.minutes(10)))
    struct URLSessionTransportFailureTests {
        /// How a server can fail after it has the request, as sentence and script.
        struct Break: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let steps: [ServerStep]
        }

        static let breaks = [
            Break(
                testDescription: "truncated body",
                steps: [.head(200, ["Content-Length: 100"]), .send("half"), .close]
            ),
            Break(
                testDescription: "truncated chunk",
                steps: [.head(200, ["Transfer-Encoding: chunked"]), .send("64\r\nhalf"), .close]
            ),
            Break(
                testDescription: "reset in the body",
                steps: [.head(200, ["Content-Length: 100"]), .send("half"), .reset]
            ),
            Break(testDescription: "reset before the answer", steps: [.reset]),
            Break(testDescription: "empty reply", steps: [.close]),
            Break(testDescription: "not HTTP", steps: [.send("220 mail.invalid ESMTP\r\n"), .close]),
            Break(
                testDescription: "damaged gzip",
                steps: [.answer(200, ["Content-Encoding: gzip"], body: "this is not gzip at all")]
            ),
        ]

        @Test("a connection that breaks after sending leaves the outcome unknown", arguments: breaks)
        func brokenConnection(_ situation: Break) async throws {
            let error = try await LoopbackServer.running(asking: { _ in situation.steps }) { server in
                try await failure(of: .probe(server.url(), .post, body: Data("x".utf8)))
            }

            #expect(error.code == .connectionFailed)
            #expect(error.isOutcomeUnknown)
            #expect(error.operation == "probe")
            #expect(error.isRetryable)
        }

        @Test("a port where nobody listens is refused, and the request did nothing")
        func nobodyListens() async throws {
            LoopbackEnvironment.prepare()
            let url = try #require(URL(string: "http://127.0.0.1:1/"))
            let error = try await failure(of: .probe(url))

            #expect(error.code == .connectionFailed)
            #expect(!error.isOutcomeUnknown)
        }

        @Test("an error names neither address nor secret")
        func keepsSecrets() async throws {
            let error = try await LoopbackServer.running(.close) { server in
                try await failure(
                    of: .probe(server.url("/canary-path?canary=query"), headers: ["Authorization": "Bearer canary"])
                )
            }

            #expect(!"\(error) \(String(reflecting: error))".contains("canary"))
            #expect(!"\(error)".contains("127.0.0.1"))
        }

        /// A request that cannot be sent as it is meant, with the field at fault.
        struct Refusal: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let field: String
            let change: @Sendable (inout HTTPRequest) -> Void
        }

        static let refusals = [
            Refusal(testDescription: "GET with a body", field: "body") { $0.body = Data("x".utf8) },
            Refusal(testDescription: "file address", field: "url") { $0.url = URL(filePath: "/etc/hosts") },
            Refusal(testDescription: "address without host", field: "url") {
                $0.url = URL(string: "http:///x") ?? $0.url
            },
            Refusal(testDescription: "second header line in a value", field: "headers") {
                $0.headers["If-Match"] = "a\r\nX-Injected: 1"
            },
            Refusal(testDescription: "line feed in a value", field: "headers") { $0.headers["X-A"] = "a\nb" },
            Refusal(testDescription: "colon in a name", field: "headers") { $0.headers["X-A:"] = "a" },
            Refusal(testDescription: "blank in the method", field: "method") { $0.method = HTTPMethod("GET /x") },
        ]

        @Test("a request that cannot be sent as it is meant is refused before sending", arguments: refusals)
        func refuses(_ refusal: Refusal) async throws {
            let (error, requests) = try await LoopbackServer.running(.answer()) { server in
                var request = HTTPRequest.probe(server.url())
                refusal.change(&request)
                return (try await failure(of: request), server.requests)
            }

            #expect(error.code == .invalidArgument)
            #expect(error.field == refusal.field)
            #expect(requests.isEmpty)
        }
    }
}
