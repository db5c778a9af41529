import Foundation

/// Deleting what is there already, and what becomes of a deletion that meets an edit.
extension OperationSender {
    /// Deletes the event under the version that the host knew.
    ///
    /// After a 412 the event is read again: see ``DeletionVerdict``. What somebody else had changed is on record before it
    /// is deleted.
    func delete(_ operation: OutboxOperation) async throws -> SyncReport {
        var report = SyncReport()
        var latest: String?
        for _ in 0...Self.maxMerges {
            guard let target = try await target(of: operation) else {
                report.add(try await drop(operation))
                return report
            }
            let calendar = operation.calendar.calendar
            do {
                let deletion = EventDeletion(
                    id: target.id,
                    etag: latest ?? target.etag,
                    invitations: operation.invitations
                )
                try await provider.delete(deletion, in: calendar, session: session)
                report.add(try await drop(operation))
                return report
            } catch let error as CalendarError where error.code == .conflict {
                guard let event = try await existing(target.id, in: calendar) else { continue }
                latest = event.etag
                // A copy follows its event whatever somebody made of it; an occurrence without a link was just read.
                guard !operation.isCopy, let link = try await link(of: operation) else { continue }
                let verdict = DeletionVerdict(operation, link, event, canonical: provider.canonical)
                report.conflicts += verdict == .unchanged ? 0 : 1
                guard try await carryOut(verdict, operation, link, event) else { return report }
            }
        }
        throw CalendarError(.unavailable, "The event changed in the service during every try.")
    }

    private func existing(_ event: RemoteEventID, in calendar: CalendarID) async throws -> RemoteEvent? {
        do {
            return try await provider.event(event, in: calendar, session: session)
        } catch let error as CalendarError where error.code == .notFound {
            return nil
        }
    }

    /// Stores what follows from a newer version, in one commit; answers whether the event is still to be deleted.
    private func carryOut(
        _ verdict: DeletionVerdict,
        _ operation: OutboxOperation,
        _ link: EventLink,
        _ event: RemoteEvent
    ) async throws -> Bool {
        let calendar = operation.calendar
        let request = SnapshotRequest(calendar: calendar, events: [event.id], records: [operation.record])
        let snapshot = try await repository.snapshot(request)
        var commit = leasedCommit(calendar, on: snapshot)
        var moved = link
        moved.etag = event.etag
        moved.base = provider.canonical(event.content)
        moved.isOrganizer = event.isOrganizer
        moved.syncedAt = clock.now
        if verdict != .unchanged { commit.conflicts = [conflict(verdict, operation, link, event)] }
        if verdict == .deletionStands { commit.changes = [removal(operation)] }
        if verdict == .editStands {
            commit.removedOperations = [operation.id: operation.revision]
            moved.syncedRevision = operation.localRevision
            if link.role == .master { commit.readOccurrencesAnew(of: link, snapshot) }
            if snapshot.records[operation.record] == nil {
                let record = operation.restored(saying: event.content, as: event.role, snapshot, at: clock.now)
                commit.records = [.init(record, expecting: nil)]
                commit.tell(from: nil, to: record, because: .conflict, in: calendar, at: clock.now)
            }
        }
        commit.links = [moved]
        try await repository.commit(commit)
        return verdict != .editStands
    }

    private func conflict(
        _ verdict: DeletionVerdict,
        _ operation: OutboxOperation,
        _ link: EventLink,
        _ event: RemoteEvent
    ) -> SyncConflict {
        SyncConflict(
            id: ConflictID(engine.identifiers.next()),
            calendar: operation.calendar,
            event: event.id,
            record: operation.record,
            kind: .deletedLocally,
            fields: [],
            base: link.base,
            local: nil,
            remote: event.content,
            kept: verdict == .deletionStands ? .local : .remote,
            isOpen: engine.configuration.conflicts == .ask,
            at: clock.now,
            activity: operation.removedRecord?.activity
        )
    }

    private func removal(_ operation: OutboxOperation) -> RecordChange {
        RecordChange(
            record: operation.record,
            kind: .removed,
            reason: .conflict,
            calendar: operation.calendar,
            activity: operation.removedRecord?.activity,
            at: clock.now
        )
    }
}

extension OutboxOperation {
    /// The record that a deletion removed, as it comes back.
    func restored(
        saying content: EventContent,
        as role: RemoteEvent.Role,
        _ snapshot: CalendarSnapshot,
        at now: Date
    ) -> EventRecord {
        var record =
            removedRecord
            ?? EventRecord(
                id: self.record,
                tenant: calendar.tenant,
                role: .single,
                content: content,
                direction: .inbound,
                updatedAt: now
            )
        switch role {
        case .single: record.role = .single
        case .master: record.role = .series
        case .exception(let key):
            if let series = snapshot.links[key.series]?.record {
                record.role = .exception(series: series, originalStart: key.originalStart)
            }
        }
        if !content.recursAlike(record.content) { record.listedOccurrences = nil }
        record.content = content
        record.localRevision = localRevision
        record.updatedAt = now
        return record
    }
}

extension RepositoryCommit {
    /// Has the occurrences of a series that comes back adopted anew, with the next sync, as the service has them.
    mutating func readOccurrencesAnew(of series: EventLink, _ snapshot: CalendarSnapshot) {
        for link in snapshot.links.values where link.series == series.event {
            removedLinks.insert(.init(calendar: link.calendar, event: link.event))
            if let record = snapshot.records[link.record] { removedRecords[record.id] = record.revision }
        }
        state?.forgetPosition()
    }
}
