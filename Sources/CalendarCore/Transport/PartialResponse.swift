import Foundation

/// What has arrived of one answer so far, and what it comes to in the end; a pure value.
struct PartialResponse: Sendable {
    private let limit: Int
    private let hasBody: Bool
    private var head: HTTPResponse?
    private var challenge: HTTPResponse?
    private var body = Data()

    /// Creates an answer of which nothing has arrived.
    init(to request: HTTPRequest) {
        self.limit = request.responseLimit
        self.hasBody = request.method.rawValue != "HEAD"
    }

    /// Takes the status and header fields; false when they announce a body beyond the limit.
    ///
    /// A compressed body's `Content-Length` says nothing about its size afterwards, so only a plain one is judged.
    mutating func begin(_ head: HTTPResponse) -> Bool {
        self.head = head
        guard hasBody, head.status != 304, head.headers["Content-Encoding"] == nil,
            let length = head.headers["Content-Length"].flatMap({ Int($0) })
        else { return true }
        return length <= limit
    }

    /// Takes a piece of the body after decompression; false when it goes beyond the limit and was not stored.
    mutating func append(_ piece: Data) -> Bool {
        guard piece.count <= limit - body.count else { return false }
        body.append(piece)
        return true
    }

    /// Remembers that the service asked for credentials of a kind this SDK never sends (RFC 9110 section 11.6.1).
    ///
    /// Refusing them may end the exchange without an answer; this is the answer then.
    mutating func refuse(_ challenge: HTTPResponse) {
        self.challenge = challenge
    }

    /// The answer of an exchange that has ended.
    ///
    /// - Parameter failure: Why it ended early, or nil when the last byte has arrived.
    /// - Returns: The answer, or nil when there is none.
    func answer(failed failure: Bool) -> HTTPResponse? {
        guard !failure else { return challenge }
        guard var answer = head else { return challenge }
        answer.body = body
        return answer
    }
}
