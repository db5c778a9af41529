/// Decides whether a principal may do something; the host may replace it.
///
/// Implementations answer from what they are given, quickly and without side effects: they are asked on every call.
public protocol AccessPolicy: Sendable {
    /// Whether the principal may do this, to this connection when one is concerned.
    func allows(_ permission: Permission, for principal: Principal, connection: Connection?) -> Bool
}

extension AccessPolicy {
    /// Throws `permissionDenied` unless the principal may do this.
    public func require(_ permission: Permission, for principal: Principal, connection: Connection? = nil) throws {
        guard allows(permission, for: principal, connection: connection) else {
            throw CalendarError(.permissionDenied, "The permission \(permission) is required.", field: "principal")
        }
    }
}

/// The default policy: the permission must be granted, and a connection must be the principal's own.
///
/// A user's connection is for its owner alone; an organisation's connection is for holders of `connect`. A connection of
/// another tenant is never allowed (requirement M-26).
public struct OwnerAccessPolicy: AccessPolicy {
    /// Creates the policy.
    public init() {}

    /// Whether the principal holds the permission and the connection is theirs.
    public func allows(_ permission: Permission, for principal: Principal, connection: Connection?) -> Bool {
        guard principal.permissions.contains(permission) else { return false }
        guard let connection else { return true }
        guard connection.key.tenant == principal.tenant else { return false }
        switch connection.owner {
        case .user(let owner): return owner == principal.user
        case .organization: return principal.permissions.contains(.connect)
        }
    }
}
