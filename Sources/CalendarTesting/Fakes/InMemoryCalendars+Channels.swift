import CalendarCore
import Foundation

/// Notification channels; a delivery carries everything in header fields of its own.
extension InMemoryCalendars {
    /// How long a channel lives at most.
    private static let longestLife: Duration = .seconds(7 * 86_400)

    mutating func open(_ opening: ChannelOpening, at now: Date) throws -> NotificationChannel {
        guard calendars.contains(where: { $0.id == opening.calendar }) else {
            throw CalendarError(.unsupported, "This calendar cannot be watched.", identifier: opening.calendar.rawValue)
        }
        guard !channels.contains(where: { $0.id == opening.id }) else {
            throw CalendarError(.rejected, "The channel's id is taken.", identifier: opening.id.rawValue)
        }
        let life = min(opening.lifetime ?? Self.longestLife, Self.longestLife)
        let channel = NotificationChannel(
            id: opening.id,
            resource: "events of \(opening.calendar)",
            calendar: opening.calendar,
            secret: opening.secret,
            expiresAt: now.addingTimeInterval(Double(life.components.seconds))
        )
        channels.append(channel)
        deliver("opened", on: channel)
        return channel
    }

    mutating func close(_ channel: NotificationChannel) {
        channels.removeAll { $0.id == channel.id }
    }

    mutating func notify(_ calendar: CalendarID) {
        for channel in channels where channel.calendar == calendar { deliver("changed", on: channel) }
    }

    private mutating func deliver(_ state: String, on channel: NotificationChannel) {
        var headers: HTTPHeaders = [
            "In-Memory-Channel": channel.id.rawValue, "In-Memory-Secret": channel.secret.reveal(),
            "In-Memory-State": state,
        ]
        headers["In-Memory-Resource"] = channel.resource
        deliveries.append(WebhookRequest(headers: headers))
    }

    static func contents(of request: WebhookRequest) throws -> WebhookContents {
        guard let channel = request.headers["In-Memory-Channel"], let state = request.headers["In-Memory-State"] else {
            throw CalendarError.invalidArgument("request", "The request is no notification of this service.")
        }
        let kind: ChannelNotification.Kind =
            switch state {
            case "opened": .opened
            case "changed": .changed(nil)
            default: .unknown(state)
            }
        let notification = ChannelNotification(
            channel: ChannelID(channel),
            resource: request.headers["In-Memory-Resource"],
            secret: request.headers["In-Memory-Secret"].map { Secret($0) },
            kind: kind
        )
        return .notifications([notification])
    }
}
