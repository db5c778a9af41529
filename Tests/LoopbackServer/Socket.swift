#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One TCP socket on 127.0.0.1; a thin value over its descriptor, closed by whoever owns it.
struct Socket: Hashable, Sendable {
    let descriptor: Int32

    /// Listens on a free port that the system chooses.
    static func listening() throws -> (socket: Socket, port: Int) {
        #if canImport(Glibc)
        let stream = Int32(SOCK_STREAM.rawValue)
        #else
        let stream = SOCK_STREAM
        #endif
        let listener = Socket(descriptor: socket(AF_INET, stream, 0))
        guard listener.descriptor >= 0 else { throw LoopbackFailure("socket", errno) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener.descriptor, generic, length) == 0 && listen(listener.descriptor, 512) == 0
                    && getsockname(listener.descriptor, generic, &length) == 0
            }
        }
        guard isBound else {
            let code = errno
            listener.close()
            throw LoopbackFailure("bind", code)
        }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// The next connection, or nil when none came within the time or the socket is shut down.
    func accepted(withinMilliseconds limit: Int32) -> Socket? {
        guard isReadable(withinMilliseconds: limit) else { return nil }
        let descriptor = accept(descriptor, nil, nil)
        guard descriptor >= 0 else { return nil }
        var one: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        #if canImport(Darwin)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, size)
        #endif
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
        return Socket(descriptor: descriptor)
    }

    /// Waits until bytes or the end of the stream can be read.
    func isReadable(withinMilliseconds limit: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, limit) > 0
    }

    /// The next bytes, empty at the end of the stream.
    func received() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Writes everything; false when the other side is gone.
    func sent(_ bytes: [UInt8]) -> Bool {
        #if canImport(Darwin)
        let flags: Int32 = 0
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        return bytes.withUnsafeBytes { buffer in
            var start = 0
            while start < buffer.count {
                let count = send(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start, flags)
                guard count > 0 else { return false }
                start += count
            }
            return true
        }
    }

    /// Makes the closing that follows a reset, which discards what was not delivered.
    func resetsWhenClosed() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Ends both directions; a thread blocked in a call on the socket returns.
    func shutDown() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    #if canImport(Glibc)
    func close() { _ = Glibc.close(descriptor) }
    #elseif canImport(Musl)
    func close() { _ = Musl.close(descriptor) }
    #elseif canImport(Darwin)
    func close() { _ = Darwin.close(descriptor) }
    #endif
}

/// A system call of the server that failed.
public struct LoopbackFailure: Error, CustomStringConvertible {
    /// The call and its error number.
    public let description: String

    init(_ call: String, _ code: Int32) {
        description = "\(call) failed with errno \(code)"
    }
}
