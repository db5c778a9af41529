import CalendarCore
import Foundation
import GoogleProvider
import Synchronization

/// A transport that answers each request by a function and keeps what it was asked.
final class ScriptedGoogle: HTTPTransport {
    private let requests = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest, Int) throws -> HTTPResponse

    /// Answers by request and by its number, counted from 0.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) throws -> HTTPResponse) {
        self.answer = answer
    }

    /// Answers with the responses in their order and refuses any further request.
    convenience init(_ responses: [HTTPResponse]) {
        self.init { _, number in
            guard responses.indices.contains(number) else { throw UnplannedRequest() }
            return responses[number]
        }
    }

    /// Answers successfully with the documents in their order and refuses any further request.
    convenience init(json documents: String...) {
        self.init(documents.map { HTTPResponse(status: 200, body: Data($0.utf8)) })
    }

    struct UnplannedRequest: Error {}

    var sent: [HTTPRequest] { requests.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let number = requests.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return try answer(request, number)
    }

    var session: ProviderSession {
        ProviderSession(
            connection: ConnectionKey(tenant: "acme", connection: "c1"),
            accountAddress: "ada@example.com",
            accountKey: "1001",
            http: self,
            clock: StoppedClock()
        )
    }
}

/// A clock that stands still and is never waited on.
struct StoppedClock: WallClock {
    let now = Date(timeIntervalSince1970: 1_772_000_000)

    func sleep(until deadline: Date) async throws {}
}

extension HTTPRequest {
    /// The query as decoded pairs.
    var query: FormFields { FormFields(parsing: url.query(percentEncoded: true) ?? "") }

    /// The body read as JSON.
    var json: JSONNode? { body.flatMap { try? JSONNode(Array($0)) } }
}

extension HTTPResponse {
    /// An error answer in the service's usual shape.
    static func googleError(_ status: Int, _ reason: String) -> HTTPResponse {
        let body =
            #"{"error":{"code":\#(status),"message":"ask ada@example.com","errors":[{"domain":"global","#
            + #""reason":"\#(reason)","message":"ask ada@example.com"}]}}"#
        return HTTPResponse(status: status, body: Data(body.utf8))
    }

    /// A successful answer.
    static func json(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, body: Data(text.utf8))
    }
}

/// The error a call throws; nil when it succeeds or throws something else.
func calendarError<Value>(_ call: () async throws -> Value) async -> CalendarError? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error as? CalendarError
    }
}
