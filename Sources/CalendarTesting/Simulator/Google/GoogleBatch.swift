import CalendarCore
import Foundation

/// A batch as it travels: `multipart/mixed` with an HTTP message in each part (RFC 2046 section 5.1.3).
///
/// See https://developers.google.com/workspace/calendar/api/guides/batch.
struct GoogleBatch {
    /// A part of the request.
    struct Part {
        /// The part's `Content-ID` as it came, angle brackets included.
        let contentID: String?
        let method: HTTPMethod
        /// The target of the request line.
        let target: String
        let headers: HTTPHeaders
        let body: Data
    }

    let parts: [Part]

    /// Reads a request; nil when it is no batch.
    ///
    /// Lines may end in LF alone, as Google's own client for Python writes them.
    init?(_ body: Data, contentType: String?) {
        guard let contentType, contentType.lowercased().hasPrefix("multipart/mixed"),
            let boundary = Self.boundary(of: contentType)
        else { return nil }
        var parts: [Part] = []
        for section in Self.sections(of: Array(body), boundary: boundary) {
            let outer = Self.message(section[...])
            guard outer.headers["Content-Type"]?.lowercased().hasPrefix("application/http") == true,
                let part = Self.part(outer.body, contentID: outer.headers["Content-ID"])
            else { return nil }
            parts.append(part)
        }
        self.parts = parts
    }

    private static func boundary(of contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let sides = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard sides.count == 2, sides[0].lowercased() == "boundary" else { continue }
            let value = sides[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            return value.isEmpty ? nil : value
        }
        return nil
    }

    /// The bytes between the delimiter lines; what stands before the first and after the last is ignored.
    private static func sections(of bytes: [UInt8], boundary: String) -> [[UInt8]] {
        let delimiter = Array("--\(boundary)".utf8)
        let last = delimiter + Array("--".utf8)
        var sections: [[UInt8]] = []
        var current: [UInt8]?
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = trimmingBlanks(line)
            guard text == delimiter[...] || text == last[...] else {
                current?.append(contentsOf: line)
                current?.append(UInt8(ascii: "\n"))
                continue
            }
            // The line break before a delimiter belongs to the delimiter.
            if let section = current { sections.append(Array(trimmingLineBreak(section[...]))) }
            current = text == last[...] ? nil : []
            if text == last[...] { break }
        }
        return sections
    }

    private static func part(_ bytes: ArraySlice<UInt8>, contentID: String?) -> Part? {
        var rest = bytes.drop { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
        let line = String(decoding: trimmingBlanks(nextLine(&rest)), as: UTF8.self).split(separator: " ")
        guard line.count >= 2 else { return nil }
        let inner = message(rest)
        var body = inner.body
        if let length = inner.headers["Content-Length"].flatMap({ Int($0) }), (0..<body.count).contains(length) {
            body = body.prefix(length)
        }
        return Part(
            contentID: contentID,
            method: HTTPMethod(String(line[0])),
            target: String(line[1]),
            headers: inner.headers,
            body: Data(body)
        )
    }

    /// Takes header fields and body apart.
    private static func message(_ bytes: ArraySlice<UInt8>) -> (headers: HTTPHeaders, body: ArraySlice<UInt8>) {
        var headers = HTTPHeaders()
        var rest = bytes
        while !rest.isEmpty {
            let line = trimmingBlanks(nextLine(&rest))
            guard !line.isEmpty else { break }
            let sides = String(decoding: line, as: UTF8.self)
                .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { continue }
            headers[String(sides[0])] = sides[1].trimmingCharacters(in: .whitespaces)
        }
        return (headers, rest)
    }

    private static func nextLine(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        bytes = bytes.dropFirst(line.count + 1)
        return line
    }

    private static func trimmingLineBreak(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result = bytes
        if result.last == UInt8(ascii: "\n") { result.removeLast() }
        if result.last == UInt8(ascii: "\r") { result.removeLast() }
        return result
    }

    /// Without blanks and a carriage return at the end.
    private static func trimmingBlanks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result = line
        while let byte = result.last, [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(byte) {
            result.removeLast()
        }
        return result
    }
}

extension GoogleBatch {
    /// The answers to a batch in the order of its parts.
    static func response(_ answers: [(contentID: String?, response: HTTPResponse)], boundary: String) -> HTTPResponse {
        var body = Data()
        for answer in answers {
            var lines = ["--\(boundary)", "Content-Type: application/http"]
            if let id = answer.contentID {
                let bare = id.hasPrefix("<") ? String(id.dropFirst()) : id
                lines.append("Content-ID: " + (id.hasPrefix("<") ? "<response-" : "response-") + bare)
            }
            let response = answer.response
            lines += ["", "HTTP/1.1 \(response.status) \(phrase(response.status))"]
            for name in response.headers.names { lines.append("\(name): \(response.headers[name] ?? "")") }
            lines += ["Content-Length: \(response.body.count)", "", ""]
            body += Data(lines.joined(separator: "\r\n").utf8) + response.body + Data("\r\n".utf8)
        }
        body += Data("--\(boundary)--\r\n".utf8)
        return HTTPResponse(
            status: 200,
            headers: ["Content-Type": "multipart/mixed; boundary=\(boundary)"],
            body: body
        )
    }

    private static func phrase(_ status: Int) -> String {
        let phrases = [
            200: "OK", 204: "No Content", 304: "Not Modified", 400: "Bad Request", 401: "Unauthorized",
            403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 410: "Gone",
            412: "Precondition Failed", 429: "Too Many Requests", 500: "Internal Server Error",
            502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        ]
        return phrases[status] ?? "Status"
    }
}
