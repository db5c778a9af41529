public import Foundation

/// A scripted server on 127.0.0.1 for tests of HTTP clients: it can do what no well-behaved server does.
///
/// Each connection has a thread. A server stops when it is released, and then breaks every connection.
public final class LoopbackServer: Sendable {
    /// What to do about a request.
    public typealias Script = @Sendable (ReceivedRequest) -> [ServerStep]

    /// How bytes become requests.
    public enum Reading: Sendable {
        /// As HTTP/1.1 requests.
        case http
        /// Whatever arrives first is the request; for protocols other than HTTP.
        case anything
    }

    /// The port it listens on.
    public let port: Int
    private let connections: LoopbackConnections

    /// Starts a server that asks the script about every request.
    public convenience init(reading: Reading = .http, _ script: @escaping Script) throws {
        LoopbackEnvironment.prepare()
        try self.init(unprepared: reading, script)
    }

    /// Runs a server while the closure works; it stops afterwards.
    public static func running<Value>(
        _ steps: ServerStep...,
        whileDoing work: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        try await running(asking: { _ in steps }, whileDoing: work)
    }

    /// Runs a server that asks the script about every request while the closure works; it stops afterwards.
    public static func running<Value>(
        asking script: @escaping Script,
        reading: Reading = .http,
        whileDoing work: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let server = try LoopbackServer(reading: reading, script)
        defer { server.connections.stop() }
        return try await work(server)
    }

    init(unprepared reading: Reading, _ script: @escaping Script) throws {
        let (listener, port) = try Socket.listening()
        self.port = port
        let connections = LoopbackConnections(reading, script)
        self.connections = connections
        Thread.detachNewThread { connections.accept(from: listener) }
    }

    deinit {
        connections.stop()
    }

    /// Every request received so far.
    public var requests: [ReceivedRequest] { connections.requests }

    /// How many connections were accepted so far.
    public var acceptedConnections: Int { connections.accepted }

    /// The address of a path on this server.
    public func url(_ path: String = "/", scheme: String = "http") -> URL {
        URL(string: "\(scheme)://127.0.0.1:\(port)\(path)") ?? URL(filePath: path)
    }
}
