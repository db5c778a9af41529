package import Foundation

/// Decides what the places of an event are still to be told after it changed; pure.
package struct PlaceUpdates {
    let now: Date
    let newOperationID: () -> OperationID

    /// Creates the decider for one instant.
    package init(now: Date, newOperationID: @escaping () -> OperationID) {
        self.now = now
        self.newOperationID = newOperationID
    }

    /// The operation that brings a place up to date; nil when nothing it shows has changed.
    ///
    /// An operation that was never sent takes the new content instead of a second one, which would be behind all that
    /// waits. Nobody gets mail for it.
    ///
    /// - Parameters:
    ///   - place: The place.
    ///   - record: The record as it is now.
    ///   - earlier: What the place was told before; nil when it was told nothing.
    ///   - content: What it shall say.
    ///   - pending: Operations of the record.
    /// - Returns: The operation to store.
    func update(
        _ place: EventPlace,
        of record: EventRecord,
        from earlier: EventContent?,
        to content: EventContent,
        pending: [OutboxOperation]
    ) -> OutboxOperation? {
        guard content != earlier else { return nil }
        let own = pending.filter { $0.record == record.id && $0.calendar == place.calendar && $0.isPending }
            .oldestFirst()
        let isGone = content.status == .cancelled && record.series != nil
        if var last = own.last {
            if last.action == .delete { return nil }
            // An edit of a series says nothing but what it changes.
            if last.state == .queued, last.action != .series, !isGone {
                last.content = content
                last.localRevision = record.localRevision
                return last
            }
        }
        let next = operation(isGone ? .delete : .update, place, record.id, content, record.localRevision)
        return [next].inLine(after: own).first
    }

    /// The operation that removes a record's event from a place.
    func removal(_ place: EventPlace, of record: EventRecord) -> OutboxOperation {
        operation(.delete, place, record.id, record.content, record.localRevision + 1)
    }

    /// The operations that remove the copies of a record that is gone, also those that may have been made.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - calendars: Where copies are known to be.
    ///   - unanswered: Creations of copies that were sent and not answered; what removes one follows it.
    /// - Returns: The operations to store.
    func removals(
        of record: EventRecord,
        from calendars: [CalendarKey],
        after unanswered: [OutboxOperation]
    ) -> [OutboxOperation] {
        let known = calendars.map { removal(EventPlace(calendar: $0, isCopy: true), of: record) }
        let doubtful = unanswered.filter { !calendars.contains($0.calendar) }.oldestFirst().flatMap { creation in
            [removal(EventPlace(calendar: creation.calendar, isCopy: true), of: record)].inLine(after: [creation])
        }
        return known + doubtful
    }

    /// The operation that makes a copy of a record in a place.
    func creation(_ place: EventPlace, of record: EventRecord, besides moved: Set<Date>) -> OutboxOperation {
        operation(.create, place, record.id, place.content(of: record, besides: moved), record.localRevision)
    }

    private func operation(
        _ action: OutboxOperation.Action,
        _ place: EventPlace,
        _ record: RecordID,
        _ content: EventContent,
        _ revision: Int
    ) -> OutboxOperation {
        OutboxOperation(
            id: newOperationID(),
            calendar: place.calendar,
            record: record,
            action: action,
            generation: revision,
            content: content,
            localRevision: revision,
            invitations: .silent,
            isCopy: place.isCopy,
            createdAt: now
        )
    }
}

extension Sequence<OutboxOperation> {
    /// The creations of a record's copies that were sent and not answered.
    func unansweredCopies(of record: RecordID) -> [OutboxOperation] {
        filter { $0.record == record && $0.isCopy && $0.isUnansweredCreation }
    }
}
