/// What an event repository is to erase (requirement M-53).
public enum EventErasure: Hashable, Sendable {
    /// Everything of a tenant.
    case tenant(TenantID)
    /// What some connections of a tenant brought and hold, and what their owner made in the host; see
    /// ``EventRepository/erase(_:)`` for what of it others share.
    case connections(Set<ConnectionID>, of: TenantID, owner: UserID?)

    /// The organisation.
    public var tenant: TenantID {
        switch self {
        case .tenant(let tenant), .connections(_, of: let tenant, owner: _): tenant
        }
    }
}
