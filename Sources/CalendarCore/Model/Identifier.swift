/// An identifier that belongs to one kind of thing, so that two kinds never mix in a signature.
///
/// The text is opaque: it is stored and compared byte for byte, never parsed.
public struct Identifier<Kind>: Hashable, Comparable, Codable, Sendable {
    /// The identifier as text.
    public let rawValue: String

    /// Wraps a text as it is.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads the identifier from a single string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the identifier as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// Orders identifiers by their text, for deterministic output.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Identifier: ExpressibleByStringInterpolation {
    /// Wraps a literal, with or without interpolations.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension Identifier: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The identifier as text, or `‹address›` for one that looks like a mail address.
    ///
    /// Google names a primary calendar by its owner's address, so a calendar id can be personal data (requirement F-13).
    /// Use ``rawValue`` where the text itself is needed.
    public var description: String { rawValue.contains("@") ? "‹address›" : rawValue }

    /// The same as the description.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// What a tenant identifier names: the organisation whose data is kept apart from every other's.
public enum TenantKind {}
/// What a user identifier names: a person of the host application.
public enum UserKind {}
/// What a connection identifier names: a grant of one external account.
public enum ConnectionKind {}
/// What a calendar identifier names: a calendar as its service names it.
public enum RemoteCalendarKind {}
/// What a remote event identifier names: an event as its service names it.
public enum RemoteEventKind {}
/// What a record identifier names: the host's own event record.
public enum RecordKind {}
/// What an operation identifier names: a journalled intent to write to a service.
public enum OutboxOperationKind {}
/// What a conflict identifier names: two edits of one event that met.
public enum ConflictKind {}
/// What an activity identifier names: something in the host that an event belongs to.
public enum ActivityKind {}

/// The organisation whose data is kept apart from every other's.
public typealias TenantID = Identifier<TenantKind>
/// A person of the host application.
public typealias UserID = Identifier<UserKind>
/// A grant of one external account to a tenant.
public typealias ConnectionID = Identifier<ConnectionKind>
/// A calendar as its service names it; unique within one connection.
public typealias CalendarID = Identifier<RemoteCalendarKind>
/// An event as its service names it; unique within one calendar.
public typealias RemoteEventID = Identifier<RemoteEventKind>
/// The host's own event record; unique within one tenant.
public typealias RecordID = Identifier<RecordKind>
/// A journalled intent to write to a service; doubles as its idempotency key.
public typealias OperationID = Identifier<OutboxOperationKind>
/// Two edits of one event that met; unique within one tenant.
public typealias ConflictID = Identifier<ConflictKind>
/// Something in the host (a meeting, a deal, a call) that an event belongs to.
public typealias ActivityID = Identifier<ActivityKind>
