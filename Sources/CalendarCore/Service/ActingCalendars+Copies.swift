import Foundation

/// What an edit in the host costs in the copies of the event (requirement M-12).
extension ActingCalendars {
    /// Journals what the copies of an event are to say after an edit, of a series with the occurrences that differ.
    ///
    /// - Parameters:
    ///   - stored: The event as it was.
    ///   - commit: The edit; the operations for the copies are added.
    func tellCopies(of stored: StoredEvent, _ commit: inout RepositoryCommit) {
        let written = commit.records.map(\.record)
        let edit = CopiedEdit(
            stored: stored,
            edited: written.first { $0.id == stored.record.id } ?? stored.record,
            following: written.first { $0.role == .series && $0.id != stored.record.id },
            exceptions: written.filter { $0.series != nil },
            removed: Set(commit.removedRecords.keys)
        )
        for place in stored.places where place.isCopy {
            let pending = stored.pendingCopies(in: place.calendar)
            let waiting = Set(pending.map(\.id))
            let operations = edit.operations(for: place, placeUpdates, pending)
            // What takes the edit in keeps its place in the line: a creation in front of what builds on it.
            commit.operations += operations.filter { waiting.contains($0.id) }
            commit.operations += operations.filter { !waiting.contains($0.id) }.inLine(after: pending).spread()
        }
    }

    /// Forgets the copies of occurrences whose records an edit of their series took away: they follow the series.
    func forgetCopies(of stored: StoredEvent, _ commit: inout RepositoryCommit) async throws {
        for exception in stored.exceptions where commit.removedRecords[exception.id] != nil {
            let links = try await service.storage.events.links(of: exception.id, tenant: principal.tenant)
            for link in links where link.isCopy {
                commit.removedLinks.insert(.init(calendar: link.calendar, event: link.event))
            }
        }
    }

    /// Journals the deletion of every copy that is there or may be.
    func withdrawCopies(of stored: StoredEvent, _ commit: inout RepositoryCommit) async throws {
        let copies = stored.pending.filter(\.isCopy)
        for operation in copies + stored.pendingOccurrenceCopies where operation.state == .queued {
            commit.removedOperations[operation.id] = operation.revision
        }
        for place in stored.places where place.isCopy {
            let mayExist =
                stored.links.contains { $0.calendar == place.calendar }
                || copies.contains { $0.calendar == place.calendar && $0.state != .queued }
            if mayExist { commit.operations.append(placeUpdates.removal(place, of: stored.record)) }
        }
        try await forgetCopies(of: stored, &commit)
    }
}

/// An edit of an event in the host, as its copies have to learn of it.
private struct CopiedEdit {
    let stored: StoredEvent
    let edited: EventRecord
    /// The series that the edit made of the following occurrences.
    let following: EventRecord?
    /// The records of occurrences that the edit made or changed.
    let exceptions: [EventRecord]
    /// The records that the edit took away.
    let removed: Set<RecordID>

    /// What a copy is told, in the order in which it has to learn it.
    func operations(
        for place: EventPlace,
        _ updates: PlaceUpdates,
        _ pending: [OutboxOperation]
    ) -> [OutboxOperation] {
        let before = Set(stored.exceptions.map(\.originalInstant))
        let after = starts(of: edited.id).union(
            stored.exceptions.filter { !removed.contains($0.id) }.map(\.originalInstant)
        )
        var operations: [OutboxOperation?] = [
            updates.update(
                place,
                of: edited,
                from: place.content(of: stored.record, besides: before),
                to: place.content(of: edited, besides: after),
                pending: pending
            )
        ]
        if let following {
            operations.append(updates.creation(place, of: following, besides: starts(of: following.id)))
        }
        for exception in exceptions {
            let earlier = stored.exceptions.first { $0.id == exception.id }
            operations.append(
                updates.update(
                    place,
                    of: exception,
                    from: earlier.map { place.content(of: $0, besides: []) },
                    to: place.content(of: exception, besides: []),
                    pending: pending
                )
            )
        }
        return operations.compactMap(\.self)
    }

    private func starts(of series: RecordID) -> Set<Date> {
        Set(exceptions.filter { $0.series == series }.map(\.originalInstant))
    }
}
