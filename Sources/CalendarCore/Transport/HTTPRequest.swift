public import Foundation

/// A request method.
public struct HTTPMethod: Hashable, Sendable, CustomStringConvertible {
    /// The method in upper case.
    public let rawValue: String

    /// Wraps a method name.
    public init(_ rawValue: String) {
        self.rawValue = rawValue.uppercased()
    }

    /// Reads.
    public static let get = HTTPMethod("GET")
    /// Creates, or calls a function.
    public static let post = HTTPMethod("POST")
    /// Changes some fields.
    public static let patch = HTTPMethod("PATCH")
    /// Replaces.
    public static let put = HTTPMethod("PUT")
    /// Removes.
    public static let delete = HTTPMethod("DELETE")

    /// The method in upper case.
    public var description: String { rawValue }
}

/// A request to a calendar service or token endpoint.
///
/// Printing one shows the method, the host and the operation, never the query, a header value or the body.
public struct HTTPRequest: Sendable {
    /// What happens when a request is repeated although the first one may have taken effect.
    public enum RepeatSafety: Sendable, Hashable {
        /// Nothing: reads, deletes and conditional writes may be repeated freely.
        case safe
        /// It might happen twice: repeat only when the service certainly did nothing (requirement R-34).
        case onlyIfUnprocessed
    }

    /// The method.
    public var method: HTTPMethod
    /// The full address; everything in it is percent-encoded already.
    public var url: URL
    /// A short stable name for diagnostics and errors, such as `events.list`.
    public var operation: String
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body, if any.
    public var body: Data?
    /// Whether the request may be repeated after a lost reply.
    public var repeatSafety: RepeatSafety
    /// The longest time from sending to the last byte of the answer.
    public var timeout: Duration
    /// The largest body that is accepted, in bytes after decompression; a larger one fails with `responseTooLarge`.
    public var responseLimit: Int

    /// Creates a request.
    public init(
        _ method: HTTPMethod,
        _ url: URL,
        operation: String,
        headers: HTTPHeaders = [:],
        body: Data? = nil,
        repeatSafety: RepeatSafety? = nil,
        timeout: Duration = .seconds(30),
        responseLimit: Int = 32 * 1024 * 1024
    ) {
        self.method = method
        self.url = url
        self.operation = operation
        self.headers = headers
        self.body = body
        self.repeatSafety = repeatSafety ?? (method == .get ? .safe : .onlyIfUnprocessed)
        self.timeout = timeout
        self.responseLimit = responseLimit
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method, host and operation.
    public var description: String { "\(method) \(url.host() ?? "") \(operation)" }

    /// The method, host and operation.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}
