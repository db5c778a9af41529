package import Foundation

/// Decides what an edit in the host stores: the record and the intent to tell the service, in one commit; pure.
package struct LocalEdits {
    let now: Date

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
    ///   - owner: Whose it is.
    ///   - activity: What it belongs to in the host.
    ///   - invitations: Whether guests are told.
    /// - Returns: The commit; storing it twice fails the second time, because the record exists.
    package func create(
        _ content: EventContent,
        in calendar: CalendarKey,
        record: RecordID,
        operation: OperationID,
        owner: Connection.Owner? = nil,
        activity: ActivityID?,
        invitations: InvitationPolicy
    ) -> RepositoryCommit {
        var commit = keep(
            content,
            record: record,
            tenant: calendar.tenant,
            owner: owner,
            activity: activity,
            calendar: calendar
        )
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

    /// A new record without any intent to send it: its owner has no calendar for it (requirement M-13).
    ///
    /// - Parameters:
    ///   - content: What the event says.
    ///   - record: The id of the new record.
    ///   - tenant: The organisation.
    ///   - owner: Whose it is.
    ///   - activity: What it belongs to in the host.
    ///   - calendar: The calendar that will receive it; nil for none.
    /// - Returns: The commit.
    package func keep(
        _ content: EventContent,
        record: RecordID,
        tenant: TenantID,
        owner: Connection.Owner?,
        activity: ActivityID?,
        calendar: CalendarKey? = nil
    ) -> RepositoryCommit {
        var stored = EventRecord(
            id: record,
            tenant: tenant,
            role: content.recurrence == nil ? .single : .series,
            content: content,
            direction: .outbound,
            owner: owner,
            activity: activity,
            localRevision: 1,
            updatedAt: now
        )
        stored.editedAt = now
        var commit = RepositoryCommit(tenant: tenant)
        commit.records = [.init(stored, expecting: nil)]
        note(nil, stored, in: calendar, &commit)
        return commit
    }

    /// A changed record and the intent to send the change to the calendar that holds the meeting.
    ///
    /// An intent that was never sent takes the change in; one that may have been sent is left as it is and followed by
    /// another, which also comes behind what waits of its series and the series' occurrences. Of a series, the occurrences
    /// that differ take over what they had in common with it.
    package func update(
        _ record: EventRecord,
        to content: EventContent,
        link: EventLink?,
        pending: [OutboxOperation],
        behind others: [OutboxOperation] = [],
        series: StoredSeries? = nil,
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
        for exception in series?.inheriting(from: record.content, to: content, at: now) ?? [] {
            commit.records.append(.init(exception, expecting: exception.revision))
            note(series?.exceptions.first { $0.id == exception.id }, exception, in: series?.calendar, &commit)
        }
        if var unsent = pending.lastUnsentContent, unsent.tellsAlike(content, as: record.content, invitations) {
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
            ].inLine(after: pending + others + (series?.pending ?? []))
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
        // A division concerns a second series, so it is sent all the same, and what it builds on before it.
        let isDivided = pending.contains { $0.series?.scope == .thisAndFollowing }
        let unsent = isDivided ? [] : pending.filter { $0.state == .queued }
        for operation in unsent { commit.removedOperations[operation.id] = operation.revision }
        let mayExist = link != nil || pending.count > unsent.count
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
            commit.operations = [deletion].inLine(after: pending)
        }
        return commit
    }

    /// Tells the host about the edit.
    func note(
        _ earlier: EventRecord?,
        _ later: EventRecord?,
        in calendar: CalendarKey?,
        _ commit: inout RepositoryCommit
    ) {
        commit.tell(from: earlier, to: later, because: .localEdit, in: calendar, at: now)
    }
}

extension OutboxOperation {
    /// Whether an edit may ride along: guests are told of what a call asked to tell, and of nothing else.
    fileprivate func tellsAlike(
        _ content: EventContent,
        as earlier: EventContent,
        _ invitations: InvitationPolicy
    ) -> Bool {
        let hasGuests = [self.content, earlier, content].contains { content in
            content.attendeesAreIncomplete || content.attendees.contains { !$0.isSelf }
        }
        return self.invitations == invitations || !hasGuests
    }
}

extension [OutboxOperation] {
    /// The intent that was never sent and may still take a later edit in; never one in front of an edit of a series.
    fileprivate var lastUnsentContent: OutboxOperation? {
        guard let last = last(where: { $0.state == .queued || $0.action == .series }) else { return nil }
        return last.action == .create || last.action == .update ? last : nil
    }

    /// The same intents behind those that wait already, whatever the clock says: their order decides what comes of them.
    func inLine(after pending: [OutboxOperation]) -> [OutboxOperation] {
        guard let last = pending.map(\.createdAt).max() else { return self }
        return map { operation in
            guard operation.createdAt <= last else { return operation }
            var behind = operation
            behind.createdAt = last.addingTimeInterval(0.001)
            return behind
        }
    }

    /// The same intents one behind the other, so that they are sent in this order.
    func spread() -> [OutboxOperation] {
        enumerated().map { index, operation in
            var next = operation
            next.createdAt = operation.createdAt.addingTimeInterval(Double(index) / 1000)
            return next
        }
    }
}
