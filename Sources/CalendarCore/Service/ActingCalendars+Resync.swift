extension ActingCalendars {
    /// Has every calendar of a connection listed anew with the next sync, from no position at all (requirement R-23).
    ///
    /// Nothing that is stored is touched: what the listing lacks is removed once it is complete. Pressing it again before
    /// or during that listing changes nothing.
    ///
    /// - Parameter connection: The connection.
    /// - Throws: `CalendarError.notFound` for an unknown connection, `forbidden` without the right to it,
    ///   `revisionConflict` while a sync changes a calendar.
    public func listAnew(_ connection: ConnectionID) async throws {
        let connection = try await self.connection(connection, for: .connect)
        for calendar in connection.selection.read ?? [] {
            let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
            let stored = try await service.storage.events.snapshot(SnapshotRequest(calendar: key)).state
            guard var state = stored, !state.isFullRound, state.cursor != nil || state.resumePoint != nil else {
                continue
            }
            state.cursor = nil
            state.resumePoint = nil
            var commit = RepositoryCommit(tenant: principal.tenant)
            commit.state = state
            try await service.storage.events.commit(commit)
        }
    }
}
