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
    ///   ``EventContent/writability`` does not let be written, or `revisionConflict` when it changed meanwhile.
    public func update(
        _ record: RecordID,
        invitations: InvitationPolicy,
        _ change: (inout EventContent) -> Void
    ) async throws {
        let stored = try await editable(record)
        var content = stored.record.content
        change(&content)
        try content.validate()
        try stored.record.content.requireWritable(to: content, of: record)
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
        let stored = try await editable(record)
        let commit = LocalEdits(now: service.clock.now).delete(
            stored.record,
            link: stored.link,
            pending: stored.pending,
            operation: OperationID(service.engine.identifiers.next()),
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
            pending = try await events.pendingOperations(in: calendar).filter { $0.record == id }
        } else {
            for own in try await connections() {
                guard let target = own.selection.write else { continue }
                let key = CalendarKey(tenant: principal.tenant, connection: own.key.connection, calendar: target)
                pending += try await events.pendingOperations(in: key).filter { $0.record == id }
            }
        }
        guard let calendar = link?.calendar ?? pending.first?.calendar else {
            throw CalendarError(.notFound, "The event is in no calendar.", identifier: id.rawValue)
        }
        _ = try await connection(calendar.connection, for: .schedule)
        return (record, link, pending)
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
        guard let field = writability.refused(changed.changedFields(from: self)) else { return }
        throw CalendarError(
            .rejected,
            "The service keeps this field of the event, which is locked, of a special kind or shown without details.",
            field: field.rawValue,
            identifier: record.rawValue
        )
    }
}
