package import Foundation

/// Decides what an edit in the host stores: the record and the intent to tell the service, in one commit; pure.
package struct LocalEdits {
    private let now: Date

    /// Creates the decider for one instant.
    package init(now: Date) {
        self.now = now
    }

    /// A new record and the intent to create its event in a calendar.
    ///
    /// - Parameters:
    ///   - content: What the event says.
    ///   - calendar: The calendar that receives it.
    ///   - record: The id of the new record.
    ///   - operation: The idempotency key of the create.
    ///   - activity: What it belongs to in the host.
    ///   - invitations: Whether guests are told.
    /// - Returns: The commit; storing it twice fails the second time, because the record exists.
    package func create(
        _ content: EventContent,
        in calendar: CalendarKey,
        record: RecordID,
        operation: OperationID,
        activity: ActivityID?,
        invitations: InvitationPolicy
    ) -> RepositoryCommit {
        var stored = EventRecord(
            id: record,
            tenant: calendar.tenant,
            role: content.recurrence == nil ? .single : .series,
            content: content,
            direction: .outbound,
            activity: activity,
            localRevision: 1,
            updatedAt: now
        )
        stored.editedAt = now
        var commit = RepositoryCommit(tenant: calendar.tenant)
        commit.records = [.init(stored, expecting: nil)]
        note(nil, stored, in: calendar, &commit)
        commit.operations = [
            OutboxOperation(
                id: operation,
                calendar: calendar,
                record: record,
                action: .create,
                generation: 1,
                content: content,
                localRevision: 1,
                invitations: invitations,
                createdAt: now
            )
        ]
        return commit
    }

    /// A changed record and the intent to send the change to the calendar that holds the meeting.
    ///
    /// An intent that was never sent takes the change in; one that may have been sent is left as it is and followed by
    /// another.
    package func update(
        _ record: EventRecord,
        to content: EventContent,
        link: EventLink?,
        pending: [OutboxOperation],
        operation: OperationID,
        invitations: InvitationPolicy
    ) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: record.tenant)
        guard content != record.content else { return commit }
        var edited = record
        edited.content = content
        edited.localRevision += 1
        edited.editedAt = now
        edited.updatedAt = now
        if !content.recursAlike(record.content) { edited.listedOccurrences = nil }
        commit.records = [.init(edited, expecting: record.revision)]
        note(record, edited, in: link?.calendar ?? pending.last?.calendar, &commit)
        if var unsent = pending.last(where: { $0.state == .queued && $0.action != .delete }) {
            unsent.content = content
            unsent.localRevision = edited.localRevision
            commit.operations = [unsent]
        } else if let calendar = link?.calendar ?? pending.last?.calendar {
            commit.operations = [
                OutboxOperation(
                    id: operation,
                    calendar: calendar,
                    record: record.id,
                    action: .update,
                    generation: edited.localRevision,
                    content: content,
                    localRevision: edited.localRevision,
                    invitations: invitations,
                    createdAt: now
                )
            ]
        }
        return commit
    }

    /// A removed record and the intent to delete its event; nothing is sent for a create that never left.
    package func delete(
        _ record: EventRecord,
        link: EventLink?,
        pending: [OutboxOperation],
        operation: OperationID,
        invitations: InvitationPolicy
    ) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: record.tenant)
        commit.removedRecords = [record.id: record.revision]
        note(record, nil, in: link?.calendar ?? pending.last?.calendar, &commit)
        let unsent = pending.filter { $0.state == .queued }
        commit.removedOperations = Set(unsent.map(\.id))
        let mayExist = link != nil || pending.contains { $0.state != .queued }
        if mayExist, let calendar = link?.calendar ?? pending.last?.calendar {
            var deletion = OutboxOperation(
                id: operation,
                calendar: calendar,
                record: record.id,
                action: .delete,
                generation: record.localRevision + 1,
                content: record.content,
                localRevision: record.localRevision + 1,
                invitations: invitations,
                createdAt: now
            )
            deletion.removedRecord = record
            commit.operations = [deletion]
        }
        return commit
    }

    /// Tells the host about the edit.
    private func note(
        _ earlier: EventRecord?,
        _ later: EventRecord?,
        in calendar: CalendarKey?,
        _ commit: inout RepositoryCommit
    ) {
        let change = RecordChange(from: earlier, to: later, reason: .localEdit, calendar: calendar, at: now)
        if let change { commit.changes.append(change) }
    }
}
