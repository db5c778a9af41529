import CalendarCore
import Foundation

/// A delivery, which may hold notifications of several channels
/// (https://learn.microsoft.com/graph/change-notifications-lifecycle-events).
enum WebhookBody {
    /// Reads the notifications in their order; one that names no channel concerns nobody and is left out.
    ///
    /// - Throws: `CalendarError.invalidArgument` when the body is no delivery.
    static func notifications(in body: Data) throws -> [ChannelNotification] {
        guard body.count <= longestBody else {
            throw CalendarError.invalidArgument("body", "The delivery is too large.")
        }
        guard let list = (try? JSONDocument(body))?.root["value"], list.kind == .array else {
            throw CalendarError.invalidArgument("body", "The body is no list of notifications.")
        }
        return list.elements.compactMap { item in
            guard let channel = item["subscriptionId"]?.string, (1...128).contains(channel.utf8.count) else {
                return nil
            }
            // The resource names the event and not what is watched, so it is no part of the proof.
            return ChannelNotification(
                channel: ChannelID(channel),
                resource: nil,
                secret: item["clientState"]?.string.map { Secret($0) },
                kind: kind(of: item)
            )
        }
    }

    /// Room for some hundreds of notifications, which carry no content.
    private static let longestBody = 256 * 1024

    private static func kind(of item: JSONValue) -> ChannelNotification.Kind {
        guard let event = item["lifecycleEvent"]?.string else {
            return .changed(item["resourceData"]?["id"]?.string.map { RemoteEventID($0) })
        }
        return switch event.lowercased() {
        case "reauthorizationrequired": .reauthorizationRequired
        case "subscriptionremoved": .closed
        case "missed": .missed
        default: .unknown(isWord(event) ? event : "")
        }
    }

    /// Anything but a short word could carry personal data.
    private static func isWord(_ text: String) -> Bool {
        text.utf8.count <= 64 && text.allSatisfy { $0.isASCII && $0.isLetter }
    }
}
