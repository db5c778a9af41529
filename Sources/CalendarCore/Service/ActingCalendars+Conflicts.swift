extension ActingCalendars {
    /// Where edits of the host and of the service met, per calendar of a connection, oldest first (requirement M-43).
    ///
    /// Closed ones are among them until ``dismiss(_:of:)``: they hold what the side said that gave way.
    ///
    /// - Parameter connection: The connection.
    /// - Returns: The conflicts.
    /// - Throws: `notFound` for an unknown connection, `permissionDenied` without the right to view it.
    public func conflicts(of connection: ConnectionID) async throws -> [SyncConflict] {
        try await conflicts(in: try await self.connection(connection, for: .view))
    }

    /// Says which side of a conflict shall stand, and closes it.
    ///
    /// Keeping the side that stands changes nothing else, however often it is asked for. Keeping the other one is an edit
    /// of the host for the fields in conflict, which the next ``sync(_:)`` sends; it may be taken back the same way. Where
    /// one side had deleted the event, the event is deleted or made anew: in the conflict's calendar, for the activity it
    /// belonged to, as a single event if it was an occurrence of a series.
    ///
    /// - Parameters:
    ///   - conflict: The conflict.
    ///   - connection: The connection of its calendar.
    ///   - side: The side that shall stand.
    ///   - invitations: Whether guests are told of an edit that follows.
    /// - Throws: `notFound` for an unknown conflict, one of another connection or tenant, or one whose event is gone;
    ///   `permissionDenied`; `rejected` naming a field that the service keeps; `revisionConflict` when the event changed
    ///   meanwhile, or while its deletion is still under way. Nothing is changed then.
    public func resolve(
        _ conflict: ConflictID,
        of connection: ConnectionID,
        keeping side: SyncConflict.Side,
        invitations: InvitationPolicy = .silent
    ) async throws {
        var found = try await self.conflict(conflict, of: connection)
        var commit = RepositoryCommit(tenant: principal.tenant)
        if side != found.kept { commit = try await keep(side, of: found, invitations: invitations) }
        guard side != found.kept || found.isOpen else { return }
        found.kept = side
        found.isOpen = false
        commit.conflicts = [found]
        try await service.storage.events.commit(commit)
    }

    /// Removes a closed conflict from the list, with what it holds.
    ///
    /// - Parameters:
    ///   - conflict: The conflict.
    ///   - connection: The connection of its calendar.
    /// - Throws: `notFound` for an unknown conflict or one of another connection or tenant, `permissionDenied`,
    ///   `invalidArgument` for one that is open: ``resolve(_:of:keeping:invitations:)`` it first.
    public func dismiss(_ conflict: ConflictID, of connection: ConnectionID) async throws {
        let found = try await self.conflict(conflict, of: connection)
        guard !found.isOpen else {
            throw CalendarError.invalidArgument("conflict", "Somebody has to say first which side shall stand.")
        }
        var commit = RepositoryCommit(tenant: principal.tenant)
        commit.removedConflicts = [conflict]
        try await service.storage.events.commit(commit)
    }

    private func conflicts(in connection: Connection) async throws -> [SyncConflict] {
        var found: [SyncConflict] = []
        for calendar in mirroredCalendars(of: connection) {
            found += try await service.storage.events.conflicts(in: calendar)
        }
        return found
    }

    private func conflict(_ id: ConflictID, of connection: ConnectionID) async throws -> SyncConflict {
        let connection = try await self.connection(connection, for: .schedule)
        guard let found = try await conflicts(in: connection).first(where: { $0.id == id }) else {
            throw CalendarError(.notFound, "There is no such conflict.", identifier: id.rawValue)
        }
        return found
    }

    /// The edit that makes a side stand which does not yet.
    private func keep(
        _ side: SyncConflict.Side,
        of conflict: SyncConflict,
        invitations: InvitationPolicy
    ) async throws -> RepositoryCommit {
        let record = try await service.storage.events.record(conflict.record, tenant: principal.tenant)
        switch (conflict.content(of: side), record) {
        case (let content?, .some):
            let stored = try await editable(conflict.record)
            let wanted = stored.record.content.taking(conflict.editedFields, from: content)
            return try await edit(stored, to: wanted, invitations: invitations)
        case (let content?, nil):
            try await requireDeleted(conflict)
            return LocalEdits(now: service.clock.now).create(
                content,
                in: conflict.calendar,
                record: conflict.record,
                operation: OperationID(service.engine.identifiers.next()),
                activity: conflict.activity,
                invitations: invitations
            )
        case (nil, .some):
            return try await deletion(of: try await editable(conflict.record), invitations: invitations)
        case (nil, nil): return RepositoryCommit(tenant: principal.tenant)
        }
    }

    /// An event is made anew only where a deletion was one of the sides, and is over.
    private func requireDeleted(_ conflict: SyncConflict) async throws {
        guard conflict.local == nil || conflict.remote == nil else {
            throw CalendarError(.notFound, "The event is gone.", identifier: conflict.record.rawValue)
        }
        let pending = try await service.storage.events.operations(in: conflict.calendar)
        guard !pending.contains(where: { $0.record == conflict.record }) else {
            throw CalendarError(.revisionConflict, "The deletion is still under way; sync, then ask again.")
        }
    }
}

extension ActingCalendars {
    /// The calendars of a connection that are mirrored, in the order in which they were selected.
    func mirroredCalendars(of connection: Connection) -> [CalendarKey] {
        connection.selection.mirrored.map { connection.key.calendar($0) }
    }
}

extension ConnectionKey {
    /// A calendar of the connection.
    fileprivate func calendar(_ id: CalendarID) -> CalendarKey {
        CalendarKey(tenant: tenant, connection: connection, calendar: id)
    }
}

extension SyncConflict {
    /// What a side said; nil where it deleted the event.
    fileprivate func content(of side: Side) -> EventContent? {
        side == .local ? local : remote
    }

    /// The fields that change hands: those in conflict, or all that the side changed which did not delete the event.
    fileprivate var editedFields: [EventField] {
        guard fields.isEmpty, let content = local ?? remote else { return fields }
        return base.map { content.changedFields(from: $0).sorted() } ?? EventField.allCases
    }
}

extension EventContent {
    fileprivate func taking(_ fields: [EventField], from other: EventContent) -> EventContent {
        var content = self
        for field in fields { content.take(field, from: other) }
        return content
    }
}
