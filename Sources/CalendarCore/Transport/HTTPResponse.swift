public import Foundation

/// The answer to a request, whatever its status.
///
/// Printing one shows the status and size only.
public struct HTTPResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body after decompression.
    public var body: Data

    /// Creates an answer.
    public init(status: Int, headers: HTTPHeaders = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Whether the status is in the 200s.
    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The wait the service asked for, in seconds, from a numeric `Retry-After`.
    ///
    /// Graph sends fractions (`2.128`), so the value is a Double. A date form is read against the answer's own `Date`
    /// header, so no local clock is involved; without that header it is ignored. Negative waits read as zero.
    public var retryAfter: Double? {
        guard let text = headers["Retry-After"]?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = Double(text), seconds.isFinite { return max(0, seconds) }
        guard let until = HTTPDate.parse(text), let sent = headers["Date"].flatMap(HTTPDate.parse) else { return nil }
        return max(0, until.timeIntervalSince(sent))
    }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status and the size of the body.
    public var description: String { "\(status), \(body.count) bytes" }

    /// The status and the size of the body.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
