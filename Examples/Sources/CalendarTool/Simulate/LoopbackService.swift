import CalendarCore
import CalendarToolKit
import FlyingFox
import Foundation

/// Brings requests from 127.0.0.1 to the simulated services and their answers back.
struct LoopbackService {
    /// The largest body of a request, in bytes.
    static let bodyLimit = 8 * 1024 * 1024

    let port: UInt16
    /// Makes the services once the address is known, because their answers contain links.
    let services: @Sendable (_ root: String) -> SimulatedServices

    /// Serves until the task is cancelled.
    ///
    /// - Parameter started: Called once with the address, when connections are accepted.
    /// - Throws: What the system says when the port cannot be used.
    func run(_ started: @escaping @Sendable (_ root: String) throws -> Void) async throws {
        // A body that fits the buffer is read whole before the services are asked.
        let server = HTTPServer(
            config: HTTPServer.Configuration(
                address: try .inet(ip4: "127.0.0.1", port: port),
                timeout: 60,
                sharedRequestBufferSize: Self.bodyLimit,
                sharedRequestReplaySize: Self.bodyLimit,
                pool: PromptSockets(),
                logger: .disabled
            )
        )
        let services = services
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                try await server.waitUntilListening()
                guard case .ip4(_, let port) = await server.listeningAddress else { return }
                let root = "http://127.0.0.1:\(port)"
                let services = services(root)
                await server.appendRoute("*", to: SimulatedHandler(services: services))
                try started(root)
                try await Courier(of: services, transport: URLSessionTransport(), clock: SystemClock()).run()
            }
            // The first failure ends the other task as well.
            for try await _ in group {}
        }
    }
}

/// Hands a request on with its target as it came.
private struct SimulatedHandler: HTTPHandler {
    private static let tooLarge = FlyingFox.HTTPResponse(
        statusCode: .payloadTooLarge,
        headers: FlyingFox.HTTPHeaders(),
        body: Data()
    )

    let services: SimulatedServices

    func handleRequest(_ request: FlyingFox.HTTPRequest) async throws -> FlyingFox.HTTPResponse {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > LoopbackService.bodyLimit {
            return Self.tooLarge
        }
        let body = try await request.bodyData
        guard body.count <= LoopbackService.bodyLimit else { return Self.tooLarge }
        var headers = CalendarCore.HTTPHeaders()
        for name in request.headers.keys { headers[name.rawValue] = request.headers[name] }
        // FlyingFox's own `path` is decoded, so an id with a slash or a number sign could not be told from two ids.
        let answer = try await services.answer(
            method: request.method.rawValue,
            target: request.target.rawValue,
            headers: headers,
            body: body
        )
        guard case .reply(let response) = answer else {
            return FlyingFox.HTTPResponse(webSocket: SilentEnd())
        }
        var fields = FlyingFox.HTTPHeaders()
        for name in response.headers.names { fields[HTTPHeader(name)] = response.headers[name] }
        return FlyingFox.HTTPResponse(
            // The phrase may be empty (RFC 9112 section 4).
            statusCode: HTTPStatusCode(response.status, phrase: ""),
            headers: fields,
            body: response.body
        )
    }
}

/// Ends a connection without an answer.
///
/// FlyingFox answers every ordinary failure with a status. A change of protocol that fails is the one case in which it
/// closes the connection before anything is written.
private struct SilentEnd: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        throw CancellationError()
    }
}
