import FlyingFox
import Foundation

/// Listens on the loopback interface until the browser comes back from the consent page (RFC 8252 section 7.3).
struct LoopbackRedirect {
    let port: UInt16

    /// The address the browser was sent to, with its query.
    func wait() async throws -> URL {
        let (callbacks, continuation) = AsyncStream.makeStream(of: URL.self)
        let server = HTTPServer(address: .loopback(port: port))
        let port = port
        await server.appendRoute("GET /callback") { request in
            var callback = URLComponents()
            callback.scheme = "http"
            callback.host = "127.0.0.1"
            callback.port = Int(port)
            callback.path = "/callback"
            callback.queryItems = request.query.map { URLQueryItem(name: $0.name, value: $0.value) }
            if let url = callback.url { continuation.yield(url) }
            return HTTPResponse(
                statusCode: .ok,
                headers: [.contentType: "text/plain; charset=utf-8", HTTPHeader("Cache-Control"): "no-store"],
                body: Data("Thank you. You may close this window.".utf8)
            )
        }
        return try await withThrowingTaskGroup(of: URL?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                for await url in callbacks { return url }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let url = result { return url }
            }
            throw CancellationError()
        }
    }
}
