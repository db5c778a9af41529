import CalendarCore
import Foundation

/// `events.watch`, which opens a channel; a second one with the same id is refused, so it is not repeated blindly.
struct ChannelWatchRequest {
    let opening: ChannelOpening

    func request(root: URL) throws -> HTTPRequest {
        let endpoint = Endpoint(root, "calendars", opening.calendar.rawValue, "events", "watch")
        return HTTPRequest(
            .post,
            try endpoint.url,
            operation: "events.watch",
            headers: ["Content-Type": "application/json"],
            body: body
        )
    }

    private var body: Data {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("id", opening.id.rawValue)
            writer.field("type", "web_hook")
            writer.field("address", opening.address.absoluteString)
            writer.field("token", opening.secret.reveal())
            if let lifetime = opening.lifetime {
                writer.object("params") { writer in
                    writer.field("ttl", String(max(1, lifetime.components.seconds)))
                }
            }
        }
        return writer.data
    }
}
