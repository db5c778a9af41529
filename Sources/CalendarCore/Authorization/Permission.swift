/// What a principal may do; keys are open, so a host may add its own.
public struct Permission: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The key without the host's prefix, such as `connect`.
    public let rawValue: String

    /// Wraps a key.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Connect and disconnect calendars (`calendar.connect`).
    public static let connect = Permission("connect")
    /// Schedule meetings (`calendar.schedule`).
    public static let schedule = Permission("schedule")
    /// See one's own events (`calendar.view`).
    public static let view = Permission("view")
    /// See everybody's events (`calendar.view-all`).
    public static let viewAll = Permission("view-all")

    /// The key with a prefix, as a host stores it.
    public func key(prefix: String = "calendar") -> String { "\(prefix).\(rawValue)" }

    /// The key with the default prefix.
    public var description: String { key() }

    /// Orders permissions by key, for deterministic output.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Set<Permission> {
    /// The four permissions of an organisation's administrator.
    public static let all: Set<Permission> = [.connect, .schedule, .view, .viewAll]
}

/// For whom something is done: a user of a tenant with what the host says they may do.
public struct Principal: Hashable, Sendable {
    /// The organisation.
    public let tenant: TenantID
    /// The person.
    public let user: UserID
    /// What the host grants them.
    public let permissions: Set<Permission>

    /// Creates a principal.
    public init(tenant: TenantID, user: UserID, permissions: Set<Permission>) {
        self.tenant = tenant
        self.user = user
        self.permissions = permissions
    }
}
