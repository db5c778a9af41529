import FlyingFox
import FlyingSocks
import Foundation

/// A pool of sockets that send at once what they are given.
///
/// FlyingFox writes the head and the body of an answer one after the other. Without the option the body waits until the
/// head is acknowledged, which clients put off: 40 ms for each answer on a connection that is used again (RFC 9293
/// section 3.7.4).
struct PromptSockets: AsyncSocketPool {
    private let pool: any AsyncSocketPool = HTTPServer.defaultPool()

    func prepare() async throws { try await pool.prepare() }

    func run() async throws { try await pool.run() }

    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        // A socket that is closed already says so in what it waits for.
        try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
        try await pool.suspendSocket(socket, untilReadyFor: events)
    }
}
