import Foundation

/// Decides what retrying or cancelling a journalled write stores; pure.
struct OutboxEdits {
    /// When it is decided.
    let now: Date
    /// The form in which contents are compared.
    let canonical: (EventContent) -> EventContent

    /// Has a refused write sent once more, with the next push.
    func retry(_ operation: OutboxOperation, _ commit: inout RepositoryCommit) {
        var next = operation
        next.state = .queued
        next.notBefore = now
        commit.operations = [next]
    }

    /// Takes back a write that had no effect: a create with its record, an update with its changes, a deletion itself.
    ///
    /// - Parameters:
    ///   - operation: The write.
    ///   - link: The tie to the event, where there is one; a write of a further view changes nothing in the record.
    ///   - snapshot: The record, with the links of the calendar that are needed for it.
    ///   - others: The other writes of the record for the calendar, oldest first.
    ///   - commit: What is stored.
    func cancel(
        _ operation: OutboxOperation,
        link: EventLink?,
        snapshot: CalendarSnapshot,
        others: [OutboxOperation],
        _ commit: inout RepositoryCommit
    ) {
        commit.removedOperations = [operation.id: operation.revision]
        let isFurtherView = (snapshot.otherLinks[operation.record] ?? []).contains(where: \.isPrimary)
        guard !isFurtherView, !operation.isCopy else { return }
        let stored = snapshot.records[operation.record]
        switch operation.action {
        case .create:
            guard let stored else { return }
            for other in others { commit.removedOperations[other.id] = other.revision }
            commit.removedRecords = [stored.id: stored.revision]
            note(stored, nil, operation, &commit)
        case .update:
            guard var record = stored, let link, let base = link.base else { return }
            let left = others.last { $0.action == .update }
            takeBack(&record.content, to: left?.content ?? base)
            if left == nil {
                var settled = link
                settled.syncedRevision = record.localRevision
                commit.links = [settled]
            }
            guard record != stored else { return }
            record.updatedAt = now
            commit.records = [.init(record, expecting: record.revision)]
            note(stored, record, operation, &commit)
            if let stored { takeBack(stored, now: record, operation, snapshot, &commit) }
        case .series: takeBackSeries(operation, snapshot, &commit)
        case .delete:
            guard stored == nil, let link, let base = link.base else { return }
            var content = operation.content
            takeBack(&content, to: base)
            let record = operation.restored(saying: content, as: link.role, snapshot, at: now)
            var settled = link
            settled.syncedRevision = record.localRevision
            commit.links = [settled]
            if link.role == .master { commit.readOccurrencesAnew(of: link, snapshot) }
            commit.records = [.init(record, expecting: nil)]
            note(nil, record, operation, &commit)
        }
    }

    /// Gives a series back what the service has; its occurrences are read anew by the next sync.
    private func takeBackSeries(
        _ operation: OutboxOperation,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        guard let id = operation.series?.series else { return }
        let master = snapshot.links.values.first { $0.record == id && $0.role == .master }
        for record in snapshot.records.values.sorted(by: { $0.id < $1.id }) where record.id != id {
            let isMade = record.id == operation.record || record.series == operation.record
            guard record.series == id || isMade else { continue }
            commit.removedRecords[record.id] = record.revision
            note(record, nil, operation, &commit)
        }
        guard let master, let base = master.base, let stored = snapshot.records[id] else { return }
        commit.readOccurrencesAnew(of: master, snapshot)
        var record = stored
        takeBack(&record.content, to: base)
        record.listedOccurrences = nil
        record.updatedAt = now
        commit.records = [.init(record, expecting: stored.revision)]
        var settled = master
        settled.syncedRevision = record.localRevision
        commit.links = [settled]
        note(stored, record, operation, &commit)
    }

    /// Has the occurrences that differ follow their series back.
    private func takeBack(
        _ stored: EventRecord,
        now series: EventRecord,
        _ operation: OutboxOperation,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        let exceptions = snapshot.records.values.filter { $0.series == series.id }.sorted { $0.id < $1.id }
        let edits = snapshot.operations.values.filter { $0.action == .series }
        let inheriting = SeriesInheritance(from: stored.content, to: series.content)
            .applied(to: exceptions, edits, at: now)
        for exception in inheriting.records {
            commit.records.append(.init(exception, expecting: exception.revision))
            note(snapshot.records[exception.id], exception, operation, &commit)
        }
        commit.operations += inheriting.operations
    }

    /// Takes over what differs; what the service cannot hold stays as the host has it.
    private func takeBack(_ content: inout EventContent, to other: EventContent) {
        for field in canonical(content).changedFields(from: canonical(other)).sorted() {
            content.take(field, from: other)
        }
    }

    private func note(
        _ earlier: EventRecord?,
        _ later: EventRecord?,
        _ operation: OutboxOperation,
        _ commit: inout RepositoryCommit
    ) {
        commit.tell(from: earlier, to: later, because: .localEdit, in: operation.calendar, at: now)
    }
}
