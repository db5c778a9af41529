/// The full address of a connection: nothing reaches storage without a tenant (requirement F-07).
public struct ConnectionKey: Hashable, Comparable, Codable, Sendable {
    /// The organisation that owns the connection.
    public let tenant: TenantID
    /// The connection within the tenant.
    public let connection: ConnectionID

    /// Creates the address of a connection.
    public init(tenant: TenantID, connection: ConnectionID) {
        self.tenant = tenant
        self.connection = connection
    }

    /// Orders by tenant, then connection.
    public static func < (left: Self, right: Self) -> Bool {
        (left.tenant, left.connection) < (right.tenant, right.connection)
    }
}

/// The full address of one remote calendar as one connection sees it.
public struct CalendarKey: Hashable, Comparable, Codable, Sendable {
    /// The organisation that owns the connection.
    public let tenant: TenantID
    /// The connection through which the calendar is seen.
    public let connection: ConnectionID
    /// The calendar as its service names it.
    public let calendar: CalendarID

    /// Creates the address of a calendar.
    public init(tenant: TenantID, connection: ConnectionID, calendar: CalendarID) {
        self.tenant = tenant
        self.connection = connection
        self.calendar = calendar
    }

    /// The connection through which the calendar is seen.
    public var connectionKey: ConnectionKey {
        ConnectionKey(tenant: tenant, connection: connection)
    }

    /// Orders by tenant, connection, then calendar.
    public static func < (left: Self, right: Self) -> Bool {
        (left.tenant, left.connection, left.calendar) < (right.tenant, right.connection, right.calendar)
    }
}
