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

    /// Says how far around now the events of a calendar are mirrored; the next sync lists it anew (requirement M-35).
    ///
    /// Safe at any time: events that the new span leaves out stay as they are in the host, and nothing is deleted in the
    /// service. Saying the same again changes nothing.
    ///
    /// - Parameters:
    ///   - span: The span; nil means as the service was set up.
    ///   - calendar: The calendar.
    ///   - connection: Its connection.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to it,
    ///   `revisionConflict` while a sync changes the calendar.
    public func mirror(_ span: SyncSpan?, of calendar: CalendarID, in connection: ConnectionID) async throws {
        let connection = try await self.connection(connection, for: .connect)
        try await change(calendar, of: connection, isNew: true) { state in
            guard state.span != span else { return }
            state.span = span
            state.forgetPosition()
        }
    }

    /// Changes the stored state of a calendar; an unchanged one is not stored, nor one that was never read unless said so.
    private func change(
        _ calendar: CalendarID,
        of connection: Connection,
        isNew: Bool = false,
        _ change: (inout CalendarSyncState) -> Void
    ) async throws {
        let key = CalendarKey(tenant: principal.tenant, connection: connection.key.connection, calendar: calendar)
        let stored = try await service.storage.events.snapshot(SnapshotRequest(calendar: key)).state
        guard var state = stored ?? (isNew ? CalendarSyncState(calendar: key) : nil) else { return }
        let before = state
        change(&state)
        guard state != before else { return }
        var commit = RepositoryCommit(tenant: principal.tenant)
        commit.state = state
        try await service.storage.events.commit(commit)
    }
}
