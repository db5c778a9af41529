/// One thing the server does on a connection.
public enum ServerStep: Sendable {
    /// Writes bytes as they are.
    case send([UInt8])
    /// Writes so many bytes without meaning, in pieces.
    case fill(Int)
    /// Writes one byte again and again until the client goes away.
    case drip(everyMilliseconds: Int32)
    /// Takes what the client sends next and records it.
    case receive
    /// Does nothing until the client goes away.
    case stall
    /// Closes the connection with a reset.
    case reset
    /// Closes the connection.
    case close
}

extension ServerStep {
    /// Writes text as UTF-8.
    public static func send(_ text: String) -> ServerStep { .send(Array(text.utf8)) }

    /// A whole answer with its length told; the connection stays open.
    public static func answer(_ status: Int = 200, _ fields: [String] = [], body: String = "") -> ServerStep {
        answer(status, fields, bytes: Array(body.utf8))
    }

    /// A whole answer of bytes with its length told; the connection stays open.
    public static func answer(_ status: Int = 200, _ fields: [String] = [], bytes: [UInt8]) -> ServerStep {
        .send(head(status, fields + ["Content-Length: \(bytes.count)"]) + bytes)
    }

    /// The status line and header fields of an answer whose body follows in further steps.
    public static func head(_ status: Int = 200, _ fields: [String] = []) -> ServerStep {
        .send(head(status, fields))
    }

    private static func head(_ status: Int, _ fields: [String]) -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) Status"] + fields
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
