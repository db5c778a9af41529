import CalendarCore
import Foundation

extension ScriptedGoogle {
    /// A service of one calendar without any rules: it keeps what is inserted, merges what is patched (RFC 7396) and
    /// answers with the whole event.
    static func echoing() -> ScriptedGoogle {
        let events = EchoedEvents()
        return ScriptedGoogle { request, number in events.answer(request, number) }
    }
}

private final class EchoedEvents: Sendable {
    private let events = EventShelf()

    func answer(_ request: HTTPRequest, _ number: Int) -> HTTPResponse {
        let sent = request.json ?? .null
        let id = request.method == .post ? sent["id"]?.string ?? "" : request.url.lastPathComponent
        var event = events[id] ?? .object(JSONObject())
        event.merge(sent)
        event["etag"] = .string("\"\(number)\"")
        event["status"] = event["status"] ?? "confirmed"
        events[id] = event
        return HTTPResponse(status: 200, body: event.data)
    }
}
