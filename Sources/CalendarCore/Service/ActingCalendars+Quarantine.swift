extension ActingCalendars {
    /// Confirms that the events which a calendar's listing lacked were really deleted; the next sync removes them.
    ///
    /// Does nothing where the calendar is in no quarantine.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - connection: Its connection.
    /// - Throws: `CalendarError.notFound` for an unknown connection, `forbidden` without the right to it,
    ///   `revisionConflict` while a sync changes the calendar.
    public func confirmDeletions(in calendar: CalendarID, of connection: ConnectionID) async throws {
        try await settleQuarantine(of: calendar, connection) { $0.quarantine?.isConfirmed = true }
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
        try await settleQuarantine(of: calendar, connection) { state in
            state.cursor = nil
            state.resumePoint = nil
        }
    }

    private func settleQuarantine(
        of calendar: CalendarID,
        _ connection: ConnectionID,
        _ change: (inout CalendarSyncState) -> Void
    ) async throws {
        let connection = try await self.connection(connection, for: .connect)
        let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
        let stored = try await service.storage.events.snapshot(SnapshotRequest(calendar: key)).state
        guard var state = stored, state.needsConfirmation else { return }
        change(&state)
        var commit = RepositoryCommit(tenant: principal.tenant)
        commit.state = state
        try await service.storage.events.commit(commit)
    }
}
