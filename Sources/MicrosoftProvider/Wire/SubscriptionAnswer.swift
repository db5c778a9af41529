import CalendarCore
import Foundation

/// A subscription as the service answers it.
struct SubscriptionAnswer {
    let id: ChannelID
    let resource: String?
    let expiresAt: Date?
    /// Where notifications are sent.
    let address: String?
    /// What notifications repeat; nil when the service does not tell it, as its lists mostly do not.
    let secret: Secret?

    /// Reads a subscription; nil when it has no id, without which it can be neither recognised nor closed.
    init?(_ root: JSONValue) {
        guard let id = root["id"]?.string, !id.isEmpty else { return nil }
        self.id = ChannelID(id)
        resource = root["resource"]?.string
        expiresAt = root["expirationDateTime"]?.string.flatMap { Date(rfc3339: $0) }
        address = root["notificationUrl"]?.string
        secret = root["clientState"]?.string.flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    /// Whether this is a subscription to a resource, which may come back with another case or encoding.
    ///
    /// Ids compare exactly; the words around them do not.
    func watches(_ other: String) -> Bool {
        func parts(_ text: String) -> [String] {
            let parts = (text.removingPercentEncoding ?? text).split(separator: "/").map { String($0) }
            return parts.map { ["me", "calendars", "events"].contains($0.lowercased()) ? $0.lowercased() : $0 }
        }
        return resource.map { parts($0) == parts(other) } ?? false
    }

    /// The channel that a host keeps of it.
    func channel(for opening: ChannelOpening, resource asked: String) -> NotificationChannel {
        NotificationChannel(
            id: id,
            resource: resource ?? asked,
            calendar: opening.calendar,
            secret: opening.secret,
            expiresAt: expiresAt
        )
    }
}

/// The longest life of a subscription, which a refusal names only in its words.
///
/// They read like "Subscription expiration can only be 4230 minutes in the future."
enum SubscriptionLimit {
    /// The limit in minutes; nil when the answer is another refusal.
    ///
    /// The code says what is wrong; the message is searched for the number alone.
    static func minutes(in response: HTTPResponse) -> Int? {
        guard response.status == 400, GraphErrorCodes(response.body).areAny(of: ["extensionerror"]),
            let message = (try? JSONDocument(response.body))?.root["error"]?["message"]?.string
        else { return nil }
        let words = message.split(separator: " ")
        for (number, unit) in zip(words, words.dropFirst()) where unit.lowercased().hasPrefix("minute") {
            if let minutes = Int(number), minutes > 0 { return minutes }
        }
        return nil
    }
}
