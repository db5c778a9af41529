import CalendarCore
import Foundation

/// The answer to `events.watch`.
struct ChannelAnswer {
    let channel: NotificationChannel

    /// Reads the channel; nil when the answer does not name what is watched, without which nothing can be closed.
    ///
    /// `expiration` is in milliseconds, by the schema as text, by the guide as a number.
    init?(_ document: JSONDocument, to opening: ChannelOpening) {
        guard let resource = document.root["resourceId"]?.string, !resource.isEmpty else { return nil }
        channel = NotificationChannel(
            id: document.root["id"]?.string.map { ChannelID($0) } ?? opening.id,
            resource: resource,
            calendar: opening.calendar,
            secret: opening.secret,
            expiresAt: document.root["expiration"]?.lenientInt.map { Date(timeIntervalSince1970: Double($0) / 1000) }
        )
    }
}
