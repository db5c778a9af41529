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
    ///   - change: The change to what it says.
    /// - Throws: `invalidArgument`, `notFound`, `permissionDenied`, `rejected` naming a field that
    ///   ``EventContent/writability`` does not let be written, or `revisionConflict` when it changed meanwhile;
    ///   `invalidArgument` naming `occurrence` for a change of the times or the pattern of a series, which
    ///   ``update(_:scope:invitations:_:)`` makes.
    public func update(
        _ record: RecordID,
        invitations: InvitationPolicy,
        _ change: (inout EventContent) -> Void
    ) async throws {
        if let occurrence = try await occurrence(of: record) {
            return try await update(occurrence, scope: .this, invitations: invitations, change)
        }
        let stored = try await editable(record)
        var content = stored.record.content
        change(&content)
        let changed = content.changedFields(from: stored.record.content)
        if stored.record.role == .series, changed.contains(.time) || !content.recursAlike(stored.record.content) {
            throw CalendarError.occurrenceIsMissing
        }
        try content.validate()
        if let field = stored.record.content.writability.refused(changed) {
            throw CalendarError.kept(field, of: record)
        }
        let commit = LocalEdits(now: service.clock.now).update(
            stored.record,
            to: content,
            link: stored.link,
            pending: stored.pending,
            operation: OperationID(service.engine.identifiers.next()),
            invitations: invitations
        )
        try await service.storage.events.commit(commit)
    }

    /// Deletes an event in the host and journals the intent to delete it at the service.
    ///
    /// - Throws: `notFound`, `permissionDenied`, or `revisionConflict` when it changed meanwhile.
    public func delete(_ record: RecordID, invitations: InvitationPolicy) async throws {
        if let occurrence = try await occurrence(of: record) {
            return try await delete(occurrence, scope: .this, invitations: invitations)
        }
        let stored = try await editable(record)
        let edits = LocalEdits(now: service.clock.now)
        let operation = OperationID(service.engine.identifiers.next())
        if stored.record.role == .series {
            let series = try await editableSeries(record)
            let commit = edits.deleteAll(series, operation: operation, invitations: invitations)
            return try await service.storage.events.commit(commit)
        }
        let commit = edits.delete(
            stored.record,
            link: stored.link,
            pending: stored.pending,
            operation: operation,
            invitations: invitations
        )
        try await service.storage.events.commit(commit)
    }

    /// A record of the principal's, the link through which it is written, and what is still to be sent.
    func editable(
        _ id: RecordID
    ) async throws -> (record: EventRecord, link: EventLink?, pending: [OutboxOperation]) {
        let events = service.storage.events
        guard let record = try await events.record(id, tenant: principal.tenant) else {
            throw CalendarError(.notFound, "There is no such event.", identifier: id.rawValue)
        }
        let links = try await events.links(of: id, tenant: principal.tenant)
        let link = links.first(where: \.isPrimary)
        var pending: [OutboxOperation] = []
        if let calendar = link?.calendar {
            pending = try await events.pendingOperations(in: calendar).filter { $0.concerned.contains(id) }
        } else {
            for own in try await connections() {
                for calendar in own.selection.mirrored {
                    let key = CalendarKey(tenant: principal.tenant, connection: own.key.connection, calendar: calendar)
                    pending += try await events.pendingOperations(in: key).filter { $0.concerned.contains(id) }
                }
            }
        }
        guard let calendar = link?.calendar ?? pending.first?.calendar else {
            throw CalendarError(.notFound, "The event is in no calendar.", identifier: id.rawValue)
        }
        _ = try await connection(calendar.connection, for: .schedule)
        return (record, link, pending)
    }
}
