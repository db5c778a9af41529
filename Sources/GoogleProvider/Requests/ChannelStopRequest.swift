import CalendarCore
import Foundation

/// `channels.stop`; repeating it finds the channel gone, which is success.
struct ChannelStopRequest {
    let channel: ChannelID
    let resource: String

    func request(root: URL) throws -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("id", channel.rawValue)
            writer.field("resourceId", resource)
        }
        return HTTPRequest(
            .post,
            try Endpoint(root, "channels", "stop").url,
            operation: "channels.stop",
            headers: ["Content-Type": "application/json"],
            body: writer.data,
            repeatSafety: .safe
        )
    }
}
