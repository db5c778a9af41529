import CalendarCore
import CalendarTesting
import Foundation
import Synchronization

/// Graph's subscriptions in front of a service that has none: they are made, prolonged and deleted, and report nothing.
final class SubscriptionDesk: HTTPTransport {
    private let service: any HTTPTransport
    private let open = Mutex<[String: JSONNode]>([:])

    init(_ service: any HTTPTransport) {
        self.service = service
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let path = request.url.path(percentEncoded: false).split(separator: "/").map { String($0) }
        guard let index = path.firstIndex(of: "subscriptions") else { return try await service.send(request) }
        let id = path.dropFirst(index + 1).first
        let body = try request.body.map { try JSONNode([UInt8]($0)) }
        return open.withLock { open in
            switch (request.method, id) {
            case (.post, nil):
                let id = "subscription-\(open.count + 1)"
                var made = body ?? [:]
                (made["id"], made["clientState"]) = (.string(id), .null)
                open[id] = made
                return Self.answer(201, made)
            case (.patch, .some(let id)):
                guard var known = open[id] else { return Self.answer(404, [:]) }
                known["expirationDateTime"] = body?["expirationDateTime"]
                open[id] = known
                return Self.answer(200, known)
            case (.delete, .some(let id)):
                return HTTPResponse(status: open.removeValue(forKey: id) == nil ? 404 : 204)
            default:
                return HTTPResponse(status: 405)
            }
        }
    }

    private static func answer(_ status: Int, _ body: JSONNode) -> HTTPResponse {
        HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: body.data)
    }
}
