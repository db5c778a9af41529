import Foundation

/// What is stored after an edit of a series: the links of all that came of it, in one commit with the end of the intent.
extension OperationSender {
    func settle(
        _ operation: OutboxOperation,
        _ plan: SeriesPlan,
        _ outcome: SeriesEditor.Outcome,
        _ conflicts: Set<EventField>
    ) async throws -> SyncReport {
        guard let intent = operation.series else { return try await abandon(operation) }
        let made = [outcome.series, outcome.following, outcome.occurrence].compactMap(\.self) + outcome.restored
        let snapshot = try await repository.snapshot(
            SnapshotRequest(
                calendar: operation.calendar,
                events: Set(made.map(\.id) + [plan.series]),
                records: [operation.record, intent.series]
            )
        )
        var draft = SeriesSettlement(snapshot)
        var commit = leasedCommit(operation.calendar, on: snapshot)
        commit.removedOperations = [operation.id: operation.revision]
        let reason: RecordChange.Reason = conflicts.isEmpty ? .remoteEdit : .conflict
        if let series = outcome.series {
            link(series, intent.series, intent.seriesRevision, operation, snapshot, &commit)
            let remembered = operation.record == intent.series ? operation.content : intent.remainder
            let sent = snapshot.sent(operation, remembering: remembered, of: intent.series)
            draft.rebase(intent.series, from: sent, onto: series, provider.canonical)
            if let earlier = snapshot.records[intent.series], let record = draft.record(intent.series) {
                for exception in passOn(record, was: earlier, snapshot, &commit) { draft.put(exception) }
            }
            if operation.record == intent.series { rebaseLaterEdits(than: operation, onto: series, snapshot, &commit) }
        }
        if let occurrence = outcome.occurrence {
            draft.giveUp(snapshot.links[occurrence.id]?.record, for: operation.record)
            link(occurrence, operation.record, operation.localRevision, operation, snapshot, &commit)
            let sent = snapshot.sent(operation, remembering: operation.content, of: operation.record)
            let told = snapshot.anticipated(occurrence, provider.canonical)
            draft.rebase(operation.record, from: sent, onto: told, provider.canonical)
            rebaseLaterEdits(than: operation, onto: told, snapshot, &commit)
        }
        if let following = outcome.following {
            claim(following.id, for: operation.record, snapshot, &commit)
            draft.forget(commit)
            link(following, operation.record, operation.localRevision, operation, snapshot, &commit)
            draft.rebase(operation.record, from: operation.content, onto: following, provider.canonical)
            rebaseLaterEdits(than: operation, onto: following, snapshot, &commit)
        } else if intent.scope == .thisAndFollowing, operation.record != intent.series {
            draft.remove(operation.record)
        }
        for event in outcome.restored {
            guard case .exception(let key) = event.role else { continue }
            let holder = key.series == outcome.following?.id ? operation.record : intent.series
            let known = snapshot.links[event.id]?.record
            guard let record = draft.exception(of: holder, at: key.originalStart, elseMoving: known) else { continue }
            draft.giveUp(known, for: record.id)
            link(event, record.id, 1, operation, snapshot, &commit)
            if record.localRevision <= 1 { draft.take(event.content, into: record.id) }
        }
        draft.write(to: &commit, reason: reason, calendar: operation.calendar, now: clock.now)
        for record in commit.records.map(\.record) {
            guard let earlier = snapshot.records[record.id] else { continue }
            try await tellOtherPlaces(record, was: earlier, besides: operation, snapshot, &commit)
        }
        try await repository.commit(commit)
        var report = SyncReport.pushedOne
        report.conflicts = conflicts.count
        return report
    }

    /// Removes an edit whose series or occurrence is gone, and the records that only it would have given an event.
    func abandonSeries(_ operation: OutboxOperation) async throws -> SyncReport {
        let concerned = SnapshotRequest(calendar: operation.calendar, records: operation.concerned)
        let snapshot = try await repository.snapshot(concerned)
        var draft = SeriesSettlement(snapshot)
        var commit = leasedCommit(operation.calendar, on: snapshot)
        commit.removedOperations = [operation.id: operation.revision]
        let isLinked = try await link(of: operation) != nil
        if operation.record != operation.series?.series, !isLinked {
            draft.remove(operation.record)
            for other in snapshot.operations.values where other.record == operation.record {
                commit.removedOperations[other.id] = other.id == operation.id ? operation.revision : other.revision
            }
        }
        draft.write(to: &commit, reason: .remoteEdit, calendar: operation.calendar, now: clock.now)
        if let record = snapshot.records[operation.record], commit.removedRecords[record.id] != nil {
            withdrawCopies(of: record, snapshot, &commit)
            tellCopies(without: record, snapshot, &commit)
        }
        try await repository.commit(commit)
        return .pushedOne
    }

    /// Tells the copies of a series that an occurrence does not take place which had a record of its own.
    private func tellCopies(
        without occurrence: EventRecord,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        guard let series = occurrence.series.flatMap({ snapshot.records[$0] }) else { return }
        let updates = placeUpdates
        let pending = snapshot.operations.values.filter { $0.record == series.id }
        let moved = Set(snapshot.records.values.filter { $0.series == series.id }.map(\.originalInstant))
        for place in EventPlace.places(links: snapshot.otherLinks[series.id] ?? [], operations: pending)
        where place.isCopy {
            let told = place.content(of: series, besides: moved)
            let content = place.content(of: series, besides: moved.subtracting([occurrence.originalInstant]))
            let update = updates.update(place, of: series, from: told, to: content, pending: pending)
            if let update { commit.operations.append(update) }
        }
    }

    private func link(
        _ event: RemoteEvent,
        _ record: RecordID,
        _ revision: Int,
        _ operation: OutboxOperation,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        commit.links.append(
            settledLink(event, record: record, revision: revision, in: operation.calendar, snapshot)
        )
    }
}

/// The records that the end of an edit of a series touches, before and after.
struct SeriesSettlement {
    private let stored: [RecordID: EventRecord]
    private var records: [RecordID: EventRecord]

    init(_ snapshot: CalendarSnapshot) {
        stored = snapshot.records
        records = snapshot.records
    }

    /// The record of an exception, by its series and original start; else the one its event had, put in this place.
    mutating func exception(
        of series: RecordID,
        at originalStart: EventTime,
        elseMoving known: RecordID?
    ) -> EventRecord? {
        let instant = originalStart.date(floatingIn: .utc)
        let found = records.values.filter { $0.series == series && $0.originalInstant == instant }
        if let record = found.min(by: { $0.id < $1.id }) { return record }
        guard let known, var record = records[known], record.series != nil else { return nil }
        record.role = .exception(series: series, originalStart: originalStart)
        records[known] = record
        return record
    }

    /// Takes over what the service made different from what it was sent.
    mutating func rebase(
        _ id: RecordID,
        from sent: EventContent?,
        onto event: RemoteEvent,
        _ canonical: (EventContent) -> EventContent
    ) {
        guard var record = records[id], let sent else { return }
        record.iCalUID = record.iCalUID ?? event.iCalUID
        record.content.rebase(from: sent, onto: event.content, canonical: canonical)
        records[id] = record
    }

    /// A record as it is now.
    func record(_ id: RecordID) -> EventRecord? { records[id] }

    /// Takes over a record that was there before.
    mutating func put(_ record: EventRecord) {
        records[record.id] = record
    }

    mutating func take(_ content: EventContent, into id: RecordID) {
        records[id]?.content = content
    }

    /// Removes a record, and with a series the records of its exceptions.
    mutating func remove(_ id: RecordID) {
        for exception in records.values.filter({ $0.series == id }).map(\.id) { records[exception] = nil }
        records[id] = nil
    }

    /// Removes the record that a pull made of an event before the outcome of its writing was known.
    mutating func giveUp(_ stray: RecordID?, for record: RecordID) {
        guard let stray, stray != record else { return }
        records[stray] = nil
    }

    /// Leaves the records alone that a commit holds already.
    mutating func forget(_ commit: RepositoryCommit) {
        for id in commit.removedRecords.keys { records[id] = stored[id] }
        for write in commit.records { records[write.record.id] = stored[write.record.id] }
    }

    /// Adds what changed to a commit, in an order that depends on ids alone.
    func write(
        to commit: inout RepositoryCommit,
        reason: RecordChange.Reason,
        calendar: CalendarKey,
        now: Date
    ) {
        for id in stored.keys.sorted() {
            let earlier = stored[id]
            var later = records[id]
            guard later != earlier, let earlier else { continue }
            commit.records.removeAll { $0.record.id == id }
            if later != nil {
                if later?.content != earlier.content { later?.updatedAt = now }
                if let later { commit.records.append(.init(later, expecting: earlier.revision)) }
            } else {
                commit.removedRecords[id] = earlier.revision
            }
            commit.tell(from: earlier, to: later, because: reason, in: calendar, at: now)
        }
    }
}
