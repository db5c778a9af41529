extension ActingCalendars {
    /// Confirms that the events which a calendar's listing lacked were really deleted; the next sync removes them.
    ///
    /// Does nothing where the calendar is in no quarantine.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - connection: Its connection.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to it,
    ///   `revisionConflict` while a sync changes the calendar.
    public func confirmDeletions(in calendar: CalendarID, of connection: ConnectionID) async throws {
        try await change(calendar, of: try await self.connection(connection, for: .connect)) { state in
            if state.needsConfirmation { state.quarantine?.isConfirmed = true }
        }
    }

    /// Has a calendar in quarantine listed anew; what the new listing holds is kept.
    ///
    /// Does nothing where the calendar is in no quarantine.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - connection: Its connection.
    /// - Throws: As ``confirmDeletions(in:of:)``.
    public func listAnew(_ calendar: CalendarID, of connection: ConnectionID) async throws {
        try await change(calendar, of: try await self.connection(connection, for: .connect)) { state in
            if state.needsConfirmation { state.forgetPosition() }
        }
    }

    /// Has every calendar of a connection listed anew with the next sync, from no position at all (requirement R-23).
    ///
    /// Nothing that is stored is touched: what the listing lacks is removed once it is complete. Pressing it again before
    /// or during that listing changes nothing.
    ///
    /// - Parameter connection: The connection.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to it,
    ///   `revisionConflict` while a sync changes a calendar.
    public func listAnew(_ connection: ConnectionID) async throws {
        let connection = try await self.connection(connection, for: .connect)
        for calendar in connection.selection.read ?? [] {
            try await change(calendar, of: connection) { state in
                if !state.isFullRound { state.forgetPosition() }
            }
        }
    }

    /// Changes the stored state of a calendar that was read before; an unchanged one is not stored.
    private func change(
        _ calendar: CalendarID,
        of connection: Connection,
        _ change: (inout CalendarSyncState) -> Void
    ) async throws {
        let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
        let stored = try await service.storage.events.snapshot(SnapshotRequest(calendar: key)).state
        guard var state = stored else { return }
        change(&state)
        guard state != stored else { return }
        var commit = RepositoryCommit(tenant: principal.tenant)
        commit.state = state
        try await service.storage.events.commit(commit)
    }
}
