/// Whose data is exported or erased: a whole tenant's, or one person's in it (requirement M-53).
public struct DataScope: Hashable, Sendable {
    /// The organisation.
    public let tenant: TenantID
    /// The person; nil for the whole organisation.
    public let user: UserID?

    private init(tenant: TenantID, user: UserID?) {
        self.tenant = tenant
        self.user = user
    }

    /// Everything of an organisation.
    public static func tenant(_ tenant: TenantID) -> DataScope { DataScope(tenant: tenant, user: nil) }

    /// What one user of an organisation has: the connections that the user owns, and all that came of them.
    ///
    /// A connection of the organisation itself belongs to nobody else, whatever mailbox it opens.
    public static func person(_ user: UserID, of tenant: TenantID) -> DataScope {
        DataScope(tenant: tenant, user: user)
    }

    /// Whether a connection is among the data.
    public func covers(_ connection: Connection) -> Bool {
        connection.key.tenant == tenant && covers(connection.owner)
    }

    /// Whether an attempt is among the data: one that the person started, or that would end in the person's connection.
    public func covers(_ attempt: AuthorizationAttempt) -> Bool {
        attempt.tenant == tenant && (attempt.user == user || covers(attempt.owner))
    }

    private func covers(_ owner: Connection.Owner) -> Bool {
        user.map { owner == .user($0) } ?? true
    }
}
