extension ActingCalendars {
    /// The events of a connection's mirrored calendars that could not be read or written.
    ///
    /// - Parameters:
    ///   - connection: The connection.
    ///   - includesIgnored: Whether those are answered too that somebody asked not to be shown.
    /// - Returns: The issues, per calendar by event.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to view it.
    public func issues(of connection: ConnectionID, includesIgnored: Bool = false) async throws -> [SyncIssue] {
        let connection = try await self.connection(connection, for: .view)
        var found: [SyncIssue] = []
        for calendar in mirroredCalendars(of: connection) {
            found += try await service.storage.events.issues(in: calendar)
        }
        return found.filter { includesIgnored || !$0.isIgnored }
    }

    /// Hides an issue until its event changes in the service (requirement M-43).
    ///
    /// - Parameters:
    ///   - issue: The issue, as ``issues(of:includesIgnored:)`` answered it.
    ///   - connection: Its connection.
    /// - Throws: `notFound` when it is no longer on record, `permissionDenied`, `leaseLost` while a sync changes the
    ///   calendar.
    public func ignoreIssue(_ issue: SyncIssue, of connection: ConnectionID) async throws {
        let connection = try await self.connection(connection, for: .schedule)
        try await change(issue, of: connection) { calendar, known, lease in
            let events = service.storage.events
            var hidden = known
            hidden.isIgnored = true
            var commit = RepositoryCommit(tenant: principal.tenant)
            let state = try await events.snapshot(SnapshotRequest(calendar: calendar)).state
            commit.state = state ?? CalendarSyncState(calendar: calendar)
            commit.lease = lease
            commit.issues = [hidden]
            try await events.commit(commit)
        }
    }

    /// Tries once more what an issue is about: its event is read now, or its refused write is sent by the next sync.
    ///
    /// The issue is over when that works; what goes wrong with it is on record again.
    ///
    /// - Parameters:
    ///   - issue: The issue, as ``issues(of:includesIgnored:)`` answered it.
    ///   - connection: Its connection.
    /// - Throws: `notFound` when it is no longer on record; `invalidArgument` for one that names no event, which only a
    ///   new listing heals; `permissionDenied`; `leaseLost` while a sync changes the calendar; what reading throws.
    public func retryIssue(_ issue: SyncIssue, of connection: ConnectionID) async throws {
        guard let event = issue.event else {
            throw CalendarError.invalidArgument("issue", "The issue names no event; have the calendar listed anew.")
        }
        let connection = try await self.connection(connection, for: .schedule)
        guard issue.code != .writeRejected else { return try await retryWrites(of: event, connection) }
        try await change(issue, of: connection) { calendar, _, lease in
            try await take(try await read(event, in: calendar, connection), in: calendar, connection, lease)
        }
    }

    private func retryWrites(of event: RemoteEventID, _ connection: Connection) async throws {
        var refused: [OperationID] = []
        for calendar in mirroredCalendars(of: connection) {
            let snapshot = try await service.storage.events.snapshot(
                SnapshotRequest(calendar: calendar, events: [event])
            )
            let record = snapshot.links[event]?.record
            refused += try await service.storage.events.operations(in: calendar)
                .filter { !$0.isPending && ($0.record == record || $0.id.rawValue == event.rawValue) }
                .map(\.id)
        }
        guard !refused.isEmpty else { throw noIssue(event) }
        for operation in refused { try await retry(operation, of: connection.key.connection) }
    }

    /// Works on a stored issue while nobody else changes its calendar.
    private func change(
        _ issue: SyncIssue,
        of connection: Connection,
        _ body: (CalendarKey, SyncIssue, CalendarLease) async throws -> Void
    ) async throws {
        for calendar in mirroredCalendars(of: connection) {
            let known = try await service.storage.events.issues(in: calendar)
            guard let stored = known.first(where: issue.isSameFault) else { continue }
            return try await service.engine.withLease(on: calendar) { lease in try await body(calendar, stored, lease) }
        }
        throw noIssue(issue.event)
    }

    private func noIssue(_ event: RemoteEventID?) -> CalendarError {
        CalendarError(.notFound, "There is no such issue.", identifier: event?.rawValue)
    }
}

extension ActingCalendars {
    /// What an event is in the service now, as the feed would tell it.
    func read(_ event: RemoteEventID, in calendar: CalendarKey, _ connection: Connection) async throws -> RemoteChange {
        let (provider, session) = try service.open(connection)
        do {
            return .upserted(try await provider.event(event, in: calendar.calendar, session: session))
        } catch let error as CalendarError where error.code == .notFound {
            return .removed(event, isCertain: true)
        }
    }

    /// Stores what was read.
    func take(
        _ change: RemoteChange,
        in calendar: CalendarKey,
        _ connection: Connection,
        _ lease: CalendarLease
    ) async throws {
        let provider = try service.registration(connection.provider).provider
        _ = try await service.engine.absorb(change, in: calendar, provider: provider, lease: lease)
    }
}
