public import Foundation

/// What a channel identifier names: a way on which a service reports changes.
public enum NotificationChannelKind {}

/// A way on which a service reports changes.
public typealias ChannelID = Identifier<NotificationChannelKind>

/// A channel to open; its id and secret are chosen and stored before the service is asked, so that none is orphaned.
public struct ChannelOpening: Sendable, Equatable {
    /// The id, 1 to 64 letters, digits and hyphens, never used before; a service may answer with one of its own.
    public let id: ChannelID
    /// The calendar to watch.
    public let calendar: CalendarID
    /// Where notifications are sent; https, except on loopback.
    public let address: URL
    /// What each notification must repeat; at most 128 characters.
    public let secret: Secret
    /// How long the channel should live at most; the service may allow less.
    public let lifetime: Duration?

    /// Creates the description of a channel to open.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the part that no service accepts.
    public init(
        id: ChannelID,
        calendar: CalendarID,
        address: URL,
        secret: Secret,
        lifetime: Duration? = nil
    ) throws {
        let isPlain = id.rawValue.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, (1...64).contains(id.rawValue.utf8.count) else {
            throw CalendarError.invalidArgument("id", "A channel's id has 1 to 64 letters, digits and hyphens.")
        }
        guard Self.isSecureOrLoopback(address) else {
            throw CalendarError.invalidArgument("address", "Notifications are sent to https addresses only.")
        }
        guard !secret.isEmpty, secret.reveal().utf8.count <= 128 else {
            throw CalendarError.invalidArgument("secret", "A channel's secret has 1 to 128 characters.")
        }
        self.id = id
        self.calendar = calendar
        self.address = address
        self.secret = secret
        self.lifetime = lifetime
    }

    private static func isSecureOrLoopback(_ address: URL) -> Bool {
        guard let host = address.host(), !host.isEmpty else { return false }
        let loopback: Set<String> = ["127.0.0.1", "localhost", "::1", "[::1]"]
        return address.scheme?.lowercased() == "https"
            || (address.scheme?.lowercased() == "http" && loopback.contains(host.lowercased()))
    }
}

/// A channel as its service keeps it.
public struct NotificationChannel: Sendable, Equatable {
    /// The id under which notifications arrive.
    public let id: ChannelID
    /// The service's name of what is watched; needed to close the channel, and repeated by each notification.
    public let resource: String?
    /// The calendar that is watched.
    public let calendar: CalendarID
    /// What each notification must repeat.
    public let secret: Secret
    /// When the service stops sending; nil when it did not say.
    public let expiresAt: Date?

    /// Creates a channel.
    public init(id: ChannelID, resource: String?, calendar: CalendarID, secret: Secret, expiresAt: Date?) {
        self.id = id
        self.resource = resource
        self.calendar = calendar
        self.secret = secret
        self.expiresAt = expiresAt
    }
}
