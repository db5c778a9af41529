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
    ///   ``EventContent/writability`` does not let be written, or `revisionConflict` when it keeps
    ///   changing meanwhile.
    public func update(
        _ record: RecordID,
        invitations: InvitationPolicy,
        _ change: (inout EventContent) -> Void
    ) async throws {
        try await service.storage.events.commit(deciding: {
            let stored = try await self.stored(record)
            try await require(.schedule, for: stored)
            var content = stored.record.content
            change(&content)
            try content.validate()
            let writability = stored.record.content.writability
            if let field = writability.refused(content.changedFields(from: stored.record.content)) {
                throw CalendarError(
                    .rejected,
                    "The service keeps this field of the event, which is locked, of a special kind or shown without details.",
                    field: field.rawValue,
                    identifier: record.rawValue
                )
            }
            var commit = LocalEdits(now: service.clock.now).update(
                stored.record,
                to: content,
                link: stored.meeting,
                pending: stored.pending.filter { !$0.isCopy },
                operation: OperationID(service.engine.identifiers.next()),
                invitations: invitations
            )
            if let edited = commit.records.first?.record { tellCopies(edited, was: stored, &commit) }
            return commit
        })
    }

    /// Deletes an event in the host and journals the intent to delete it at the service.
    ///
    /// - Throws: `notFound`, `permissionDenied`, or `revisionConflict` when it changed meanwhile.
    public func delete(_ record: RecordID, invitations: InvitationPolicy) async throws {
        try await service.storage.events.commit(deciding: {
            let stored = try await self.stored(record)
            try await require(.schedule, for: stored)
            var commit = LocalEdits(now: service.clock.now).delete(
                stored.record,
                link: stored.meeting,
                pending: stored.pending.filter { !$0.isCopy },
                operation: OperationID(service.engine.identifiers.next()),
                invitations: invitations
            )
            withdrawCopies(of: stored, &commit)
            return commit
        })
    }

    /// Journals what the copies of an event are to say after an edit (requirement M-12).
    private func tellCopies(_ edited: EventRecord, was stored: StoredEvent, _ commit: inout RepositoryCommit) {
        let moved = Set(stored.exceptions.compactMap(\.originalStart))
        for place in stored.places where place.isCopy {
            let told = place.content(of: stored.record, besides: moved)
            let content = place.content(of: edited, besides: moved)
            let update = placeUpdates.update(place, of: edited, from: told, to: content, pending: stored.pending)
            if let update { commit.operations.append(update) }
        }
    }

    /// Journals the deletion of every copy that is there or may be.
    private func withdrawCopies(of stored: StoredEvent, _ commit: inout RepositoryCommit) {
        let copies = stored.pending.filter(\.isCopy)
        for operation in copies where operation.state == .queued {
            commit.removedOperations[operation.id] = operation.revision
        }
        for place in stored.places where place.isCopy {
            let mayExist =
                stored.links.contains { $0.calendar == place.calendar }
                || copies.contains { $0.calendar == place.calendar && $0.state != .queued }
            if mayExist { commit.operations.append(placeUpdates.removal(place, of: stored.record)) }
        }
    }
}
