import CalendarCore

/// The headers of a delivery, which carry everything (guide "Receive push notifications").
struct WebhookHeaders {
    let notification: ChannelNotification

    /// Reads the headers of a delivery.
    ///
    /// Frameworks join the values of a repeated header with a comma, which none of the service's values contains; so a
    /// repetition is refused like any other value that the service does not send. The secret is the host's text: it may
    /// hold a comma, and a repeated one is not authentic.
    init(_ request: WebhookRequest) throws {
        guard request.method == .post else {
            throw CalendarError.invalidArgument("method", "Notifications are sent by POST.")
        }
        guard request.body.count <= Self.longestBody else {
            throw CalendarError.invalidArgument("body", "A notification has no body.")
        }
        let headers = request.headers
        let channel = try Self.value("X-Goog-Channel-ID", longest: 64, in: headers)
        let resource = try Self.value("X-Goog-Resource-ID", longest: 256, in: headers)
        let state = try Self.value("X-Goog-Resource-State", longest: 64, in: headers)
        let number = try Self.value("X-Goog-Message-Number", longest: 20, in: headers)
        guard let channel, let resource, let state, let number else {
            throw CalendarError.invalidArgument("headers", "A header that every notification has is missing.")
        }
        guard number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw CalendarError.invalidArgument("X-Goog-Message-Number", "The number of a notification is no number.")
        }
        notification = ChannelNotification(
            channel: ChannelID(channel),
            resource: resource,
            secret: try Self.value("X-Goog-Channel-Token", longest: 256, isText: true, in: headers).map { Secret($0) },
            kind: Self.kind(state)
        )
    }

    /// Deliveries have no body; a proxy in between may add a few bytes.
    private static let longestBody = 1024

    /// States of other services, such as `add`, are no states of calendars.
    private static func kind(_ state: String) -> ChannelNotification.Kind {
        switch state {
        case "sync": .opened
        case "exists": .changed(nil)
        case "not_exists": .closed
        default: .unknown(ShortCode(state)?.text ?? "")
        }
    }

    /// One header's value; nil when it is not there.
    private static func value(
        _ name: String,
        longest: Int,
        isText: Bool = false,
        in headers: HTTPHeaders
    ) throws -> String? {
        guard let value = headers[name] else { return nil }
        let isPlain = isText || value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }
        guard isPlain, (1...longest).contains(value.utf8.count) else {
            throw CalendarError.invalidArgument(name, "A header of a notification is empty, too long or repeated.")
        }
        return value
    }
}
