/// A request as it came over the wire.
public struct ReceivedRequest: Sendable {
    /// The method, empty when the bytes were not read as HTTP.
    public let method: String
    /// The target as written in the request line.
    public let target: String
    /// The header lines in their order.
    public let fields: [String]
    /// The body, or all bytes when they were not read as HTTP.
    public let body: [UInt8]

    /// The value of a header field, found without regard to case.
    public subscript(_ name: String) -> String? {
        let prefix = name.lowercased() + ":"
        let line = fields.first { $0.lowercased().hasPrefix(prefix) }
        return line.map { line in String(line.dropFirst(prefix.count).drop { $0 == " " }) }
    }

    /// Bytes that are not read as HTTP.
    init(raw bytes: [UInt8]) {
        (method, target, fields, body) = ("", "", [], bytes)
    }

    /// Reads the first request in the bytes and removes it from them; nil while it is not complete.
    init?(takingFrom bytes: inout [UInt8]) {
        let mark = Array("\r\n\r\n".utf8)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = lines.first?.split(separator: " ") ?? []
        let lengths = lines.compactMap { line in
            line.lowercased().hasPrefix("content-length: ") ? Int(line.dropFirst(16)) : nil
        }
        let next = end + mark.count + (lengths.first ?? 0)
        guard words.count == 3, bytes.count >= next else { return nil }
        method = String(words[0])
        target = String(words[1])
        fields = Array(lines.dropFirst())
        body = Array(bytes[(end + mark.count)..<next])
        bytes.removeSubrange(..<next)
    }
}
