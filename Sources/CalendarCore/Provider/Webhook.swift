public import Foundation

/// A request that reached the host's address for notifications, as any web framework can make it.
public struct WebhookRequest: Sendable {
    /// The method.
    public let method: HTTPMethod
    /// The query as it stood in the address, still encoded, without the question mark.
    public let query: String
    /// The header fields.
    public let headers: HTTPHeaders
    /// The body.
    public let body: Data

    /// Creates a request.
    public init(method: HTTPMethod = .post, query: String = "", headers: HTTPHeaders, body: Data = Data()) {
        self.method = method
        self.query = query
        self.headers = headers
        self.body = body
    }
}

/// What a request to the host's address for notifications says; nothing in it is proven yet.
public enum WebhookContents: Sendable {
    /// The service checks the address and expects this answer, within seconds.
    case handshake(HTTPResponse)
    /// Notifications, each to be checked against the channel it names.
    case notifications([ChannelNotification])
}

/// One notification, a hint that something changed: verify it, mark the calendar, answer at once (requirement M-17).
public struct ChannelNotification: Sendable {
    /// What a notification reports.
    public enum Kind: Hashable, Sendable {
        /// The channel works; nothing changed.
        case opened
        /// Something in the calendar changed; which event, where the service says.
        case changed(RemoteEventID?)
        /// The channel needs a fresh authorisation, or it ends.
        case reauthorizationRequired
        /// The service ended the channel.
        case closed
        /// Notifications may have been lost.
        case missed
        /// Something that a later version of the service reports.
        case unknown(String)
    }

    /// The channel it claims to belong to.
    public let channel: ChannelID
    /// What is watched, where the service says it.
    public let resource: String?
    /// The secret it carries.
    public let secret: Secret?
    /// What it reports.
    public let kind: Kind

    /// Creates a notification.
    public init(channel: ChannelID, resource: String?, secret: Secret?, kind: Kind) {
        self.channel = channel
        self.resource = resource
        self.secret = secret
        self.kind = kind
    }

    /// Checks it against the stored channel that it names, in time that does not depend on the secret.
    ///
    /// An unauthentic notification is answered like an authentic one and causes no sync.
    ///
    /// - Parameter known: The channel stored under ``channel``; nil when there is none.
    /// - Returns: Whether the notification may be acted on.
    public func isAuthentic(for known: NotificationChannel?) -> Bool {
        guard let known, known.id == channel, let secret else { return false }
        let isResource = resource == nil || known.resource == nil || resource == known.resource
        return secret == known.secret && isResource
    }
}
