import Foundation

extension ActingCalendars {
    /// Creates an event in the host and journals the intent to create it at the service.
    ///
    /// Nothing is sent before the next ``sync(_:)``; then it is created exactly once, whatever is lost on the way.
    ///
    /// - Parameters:
    ///   - content: What the event says.
    ///   - connection: Whose calendar for new events receives it.
    ///   - activity: What it belongs to in the host.
    ///   - invitations: Whether guests are told.
    /// - Returns: The record that holds it.
    /// - Throws: `invalidArgument` naming the field, `notFound`, `permissionDenied`; nothing is stored then.
    @discardableResult
    public func create(
        _ content: EventContent,
        in connection: ConnectionID,
        activity: ActivityID? = nil,
        invitations: InvitationPolicy
    ) async throws -> RecordID {
        try content.validate()
        let owner = try await self.connection(connection, for: .schedule)
        guard let target = owner.selection.write else {
            throw CalendarError.invalidArgument(
                "connection",
                "Sync the connection, or choose a calendar for new events."
            )
        }
        let record = RecordID(service.engine.identifiers.next())
        let commit = LocalEdits(now: service.clock.now).create(
            content,
            in: CalendarKey(tenant: principal.tenant, connection: connection, calendar: target),
            record: record,
            operation: OperationID(service.engine.identifiers.next()),
            owner: owner.owner,
            activity: activity,
            invitations: invitations
        )
        try await service.storage.events.commit(commit)
        return record
    }

    /// Changes an event in the host and journals the intent to send the fields that differ.
    ///
    /// - Parameters:
    ///   - record: The event.
    ///   - invitations: Whether guests are told.
    ///   - change: The change to what it says; made again when the event changed meanwhile.
    /// - Throws: `invalidArgument`, `notFound`, `permissionDenied`, `rejected` naming a field that
    ///   ``EventContent/writability`` does not let be written, `invalidArgument` naming `occurrence` for a change of the
    ///   times or the pattern of a series, which ``update(_:scope:invitations:_:)`` makes, or `revisionConflict` when it keeps changing
    ///   meanwhile.
    public func update(
        _ record: RecordID,
        invitations: InvitationPolicy,
        _ change: (inout EventContent) -> Void
    ) async throws {
        if let occurrence = try await occurrence(of: record) {
            return try await update(occurrence, scope: .this, invitations: invitations, change)
        }
        try await service.storage.events.commit(deciding: {
            let stored = try await editable(record)
            var content = stored.record.content
            change(&content)
            let changed = content.changedFields(from: stored.record.content)
            if stored.record.role == .series, changed.contains(.time) || !content.recursAlike(stored.record.content) {
                throw CalendarError.occurrenceIsMissing
            }
            return try await edit(stored, to: content, invitations: invitations)
        })
    }

    /// Deletes an event in the host and journals the intent to delete it at the service.
    ///
    /// - Throws: `notFound`, `permissionDenied`, or `revisionConflict` when it changed meanwhile.
    public func delete(_ record: RecordID, invitations: InvitationPolicy) async throws {
        if let occurrence = try await occurrence(of: record) {
            return try await delete(occurrence, scope: .this, invitations: invitations)
        }
        try await service.storage.events.commit(deciding: {
            try await deletion(of: try await editable(record), invitations: invitations)
        })
    }

    /// A record that the principal may change, with everything that says where it is.
    func editable(_ record: RecordID) async throws -> StoredEvent {
        let stored = try await self.stored(record)
        try await require(.schedule, for: stored)
        return stored
    }

    /// The commit that changes an event in the host, in every place it is in.
    ///
    /// - Throws: `invalidArgument`, or `rejected` naming a field that the service keeps.
    func edit(
        _ stored: StoredEvent,
        to content: EventContent,
        invitations: InvitationPolicy
    ) async throws -> RepositoryCommit {
        try content.validate()
        try stored.record.content.requireWritable(to: content, of: stored.record.id)
        let series = stored.record.role == .series ? try await storedSeries(of: stored) : nil
        var commit = LocalEdits(now: service.clock.now).update(
            stored.record,
            to: content,
            link: stored.meeting,
            pending: stored.pending.filter { !$0.isCopy },
            series: series,
            operation: OperationID(service.engine.identifiers.next()),
            invitations: invitations
        )
        tellCopies(of: stored, &commit)
        return commit
    }

    /// The commit that deletes an event in the host, and from every place it is in.
    func deletion(of stored: StoredEvent, invitations: InvitationPolicy) async throws -> RepositoryCommit {
        let edits = LocalEdits(now: service.clock.now)
        let operation = OperationID(service.engine.identifiers.next())
        var commit: RepositoryCommit
        if stored.record.role == .series, let series = try await storedSeries(of: stored) {
            commit = edits.deleteAll(series, operation: operation, invitations: invitations)
        } else {
            commit = edits.delete(
                stored.record,
                link: stored.meeting,
                pending: stored.pending.filter { !$0.isCopy },
                operation: operation,
                invitations: invitations
            )
        }
        try await withdrawCopies(of: stored, &commit)
        return commit
    }
}

extension EventContent {
    /// Refuses a change of a field that the service keeps.
    ///
    /// - Parameters:
    ///   - changed: What the event shall say.
    ///   - record: The event, for the error.
    /// - Throws: `rejected` naming the field.
    func requireWritable(to changed: EventContent, of record: RecordID) throws {
        if let field = writability.refused(changed.changedFields(from: self)) {
            throw CalendarError.kept(field, of: record)
        }
    }
}
