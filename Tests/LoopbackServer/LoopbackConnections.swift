import Foundation
import Synchronization

/// The connections of one server, and what came over them.
final class LoopbackConnections: Sendable {
    private struct State {
        var isStopped = false
        var accepted = 0
        var open: Set<Socket> = []
        var requests: [ReceivedRequest] = []
    }

    private let state = Mutex(State())
    private let reading: LoopbackServer.Reading
    private let script: LoopbackServer.Script

    init(_ reading: LoopbackServer.Reading, _ script: @escaping LoopbackServer.Script) {
        self.reading = reading
        self.script = script
    }

    var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    var accepted: Int { state.withLock { $0.accepted } }

    func stop() {
        state.withLock { state in
            state.isStopped = true
            for socket in state.open { socket.shutDown() }
        }
    }

    /// Runs on the server's own thread until the server stops.
    func accept(from listener: Socket) {
        while !state.withLock({ $0.isStopped }) {
            guard let socket = listener.accepted(withinMilliseconds: 50) else { continue }
            state.withLock { state in
                state.accepted += 1
                state.open.insert(socket)
                if state.isStopped { socket.shutDown() }
            }
            Thread.detachNewThread {
                self.serve(socket)
                // Forgotten before it is closed: the number may belong to another connection right after.
                self.state.withLock { _ = $0.open.remove(socket) }
                socket.close()
            }
        }
        listener.close()
    }

    private func serve(_ socket: Socket) {
        var pending: [UInt8] = []
        while let request = nextRequest(from: socket, &pending) {
            state.withLock { $0.requests.append(request) }
            for step in script(request) {
                guard perform(step, on: socket) else { return }
            }
        }
    }

    private func nextRequest(from socket: Socket, _ pending: inout [UInt8]) -> ReceivedRequest? {
        while true {
            if case .http = reading, let request = ReceivedRequest(takingFrom: &pending) { return request }
            let piece = socket.received()
            guard !piece.isEmpty else { return nil }
            guard case .http = reading else { return ReceivedRequest(raw: piece) }
            pending += piece
        }
    }

    /// Does one step; false when the connection is over.
    private func perform(_ step: ServerStep, on socket: Socket) -> Bool {
        switch step {
        case .send(let bytes):
            return socket.sent(bytes)
        case .fill(let count):
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 65536)
            var rest = count
            while rest > 0 {
                guard socket.sent(rest < piece.count ? Array(piece.prefix(rest)) : piece) else { return false }
                rest -= piece.count
            }
            return true
        case .drip(let interval):
            while !socket.isReadable(withinMilliseconds: interval) {
                guard socket.sent([UInt8(ascii: ".")]) else { return false }
            }
            return false
        case .receive:
            let bytes = socket.received()
            state.withLock { $0.requests.append(ReceivedRequest(raw: bytes)) }
            return !bytes.isEmpty
        case .stall:
            _ = socket.received()
            return false
        case .reset:
            socket.resetsWhenClosed()
            return false
        case .close:
            return false
        }
    }
}
