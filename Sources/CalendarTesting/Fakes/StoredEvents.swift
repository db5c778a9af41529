import CalendarCore

/// What an in-memory repository holds, tenant by tenant: a read of one never meets another's.
struct StoredEvents {
    private var tenants: [TenantID: StoredTenant] = [:]

    /// What is stored of a tenant, for reading.
    subscript(tenant: TenantID) -> StoredTenant { tenants[tenant] ?? StoredTenant() }

    /// Gives access to a calendar, in place.
    mutating func withCalendar<Answer>(
        _ calendar: CalendarKey,
        _ body: (inout StoredCalendar) -> Answer
    ) -> Answer {
        tenants[calendar.tenant, default: StoredTenant()].withCalendar(calendar, body)
    }

    /// Stores a commit as a whole: everything is checked before the first change, and no change can fail.
    mutating func apply(_ commit: RepositoryCommit) throws {
        try commit.validate()
        try self[commit.tenant].check(commit)
        tenants[commit.tenant, default: StoredTenant()].store(commit)
    }

    /// Erases what is named; what only counts goes on counting.
    mutating func erase(_ erasure: EventErasure) {
        switch erasure {
        case .tenant(let tenant): tenants[tenant]?.eraseEverything()
        case .connections(let connections, of: let tenant, let owner):
            tenants[tenant]?.erase(connections, owner: owner)
        }
    }
}
