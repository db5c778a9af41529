import CalendarCore
import Foundation
import LoopbackServer
import Testing

extension URLSessionTransportOverLoopback {
    @Suite("URLSessionTransport: answers", .timeLimit(.minutes(10)))
    struct URLSessionTransportTests {
        @Test("the transport works with no argument")
        func worksWithoutArguments() async throws {
            let answer = try await LoopbackServer.running(.answer(body: "hello")) { server in
                try await URLSessionTransport().send(.probe(server.url()))
            }

            #expect(answer.status == 200)
            #expect(answer.body == Data("hello".utf8))
        }

        @Test("the shared transport works")
        func sharedWorks() async throws {
            let answer = try await LoopbackServer.running(.answer(body: "hello")) { server in
                try await URLSessionTransport.shared.send(.probe(server.url()))
            }

            #expect(answer.body == Data("hello".utf8))
        }

        @Test("a GET without body arrives with its header fields and no length")
        func getArrives() async throws {
            let request = try await LoopbackServer.running(.answer()) { server in
                _ = try await URLSessionTransport().send(
                    .probe(server.url("/a%2Fb?q=%23"), headers: ["Authorization": "Bearer t", "X-One": "1"])
                )
                return try #require(server.requests.first)
            }

            #expect(request.method == "GET")
            #expect(request.target == "/a%2Fb?q=%23")
            #expect(request["Authorization"] == "Bearer t")
            #expect(request["X-One"] == "1")
            #expect(request["Content-Length"] == nil)
            #expect(request["Cookie"] == nil)
            #expect(request["User-Agent"] == URLSessionTransport.Configuration.defaultUserAgent)
        }

        @Test(
            "the user agent comes from the configuration, and a request's own goes first",
            arguments: ["host/1", nil]
        )
        func userAgent(own: String?) async throws {
            let transport = URLSessionTransport(configuration: .init(userAgent: "configured/2"))
            let request = try await LoopbackServer.running(.answer()) { server in
                var headers = HTTPHeaders()
                headers["user-agent"] = own
                _ = try await transport.send(.probe(server.url(), headers: headers))
                return try #require(server.requests.first)
            }

            #expect(request["User-Agent"] == own ?? "configured/2")
        }

        @Test("a body arrives whole", arguments: [HTTPMethod.post, .patch, .put])
        func bodyArrives(_ method: HTTPMethod) async throws {
            let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
            let request = try await LoopbackServer.running(.answer()) { server in
                let headers: HTTPHeaders = ["Content-Type": "application/json"]
                _ = try await URLSessionTransport().send(.probe(server.url(), method, headers: headers, body: body))
                return try #require(server.requests.first)
            }

            #expect(request.method == method.rawValue)
            #expect(request["Content-Type"] == "application/json")
            #expect(Data(request.body) == body)
        }

        @Test("a POST without body tells the length zero")
        func emptyPost() async throws {
            let request = try await LoopbackServer.running(.answer(204)) { server in
                _ = try await URLSessionTransport().send(.probe(server.url(), .post))
                return try #require(server.requests.first)
            }

            #expect(request.method == "POST")
            #expect(request["Content-Length"] == "0")
        }

        @Test("a 204 has an empty body", arguments: [HTTPMethod.delete, .get])
        func noContent(_ method: HTTPMethod) async throws {
            let answer = try await LoopbackServer.running(.head(204)) { server in
                try await URLSessionTransport().send(.probe(server.url(), method))
            }

            #expect(answer.status == 204)
            #expect(answer.body.isEmpty)
        }

        @Test("every status is an answer", arguments: [400, 401, 403, 404, 409, 410, 412, 429, 500, 503])
        func statuses(_ status: Int) async throws {
            let answer = try await LoopbackServer.running(.answer(status, ["Retry-After: 2.5"], body: "why")) {
                server in
                try await URLSessionTransport().send(.probe(server.url()))
            }

            #expect(answer.status == status)
            #expect(answer.retryAfter == 2.5)
            #expect(answer.body == Data("why".utf8))
        }

        @Test("an etag is found in whatever case the service writes it", arguments: ["ETag", "etag", "Etag", "ETAG"])
        func etag(_ name: String) async throws {
            let answer = try await LoopbackServer.running(.answer(200, [#"\#(name): W/"a b""#])) { server in
                try await URLSessionTransport().send(.probe(server.url()))
            }

            #expect(answer.headers["ETag"] == #"W/"a b""#)
        }

        @Test("a compressed body is unpacked")
        func gzip() async throws {
            let packed = GzipRun.zeroes(10_000)
            let answer = try await LoopbackServer.running(
                .answer(200, ["Content-Encoding: gzip"], bytes: packed.data)
            ) { server in
                try await URLSessionTransport().send(.probe(server.url()))
            }

            #expect(answer.body == Data(count: packed.count))
        }

        @Test("a chunked body is put together")
        func chunked() async throws {
            let answer = try await LoopbackServer.running(
                .head(200, ["Transfer-Encoding: chunked"]),
                .send("3\r\nabc\r\n"),
                .send("2\r\nde\r\n0\r\n\r\n")
            ) { server in
                try await URLSessionTransport().send(.probe(server.url()))
            }

            #expect(answer.body == Data("abcde".utf8))
        }

        @Test("requests one after another share a connection")
        func keepsConnections() async throws {
            let connections = try await LoopbackServer.running(.answer(body: "x")) { server in
                let transport = URLSessionTransport()
                for _ in 0..<10 { _ = try await transport.send(.probe(server.url())) }
                return server.acceptedConnections
            }

            #expect(connections == 1)
        }

        @Test("no cookie is kept")
        func noCookies() async throws {
            let requests = try await LoopbackServer.running(.answer(200, ["Set-Cookie: a=b; Path=/"])) { server in
                let transport = URLSessionTransport()
                for _ in 0..<2 { _ = try await transport.send(.probe(server.url())) }
                return server.requests
            }

            #expect(requests.count == 2)
            #expect(requests.allSatisfy { $0["Cookie"] == nil })
        }
    }
}
