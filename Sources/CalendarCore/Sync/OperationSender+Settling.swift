/// What a sender stores: the journal before a call, and the outcome after it, each in one commit.
extension OperationSender {
    /// Stores an operation and answers it as it is stored; refused when somebody changed it since it was read.
    func journal(_ operation: OutboxOperation) async throws -> OutboxOperation {
        var commit = try await leasedCommit(operation.calendar)
        commit.operations = [operation]
        try await repository.commit(commit)
        var stored = operation
        stored.revision += 1
        return stored
    }

    func reject(_ operation: OutboxOperation, _ error: CalendarError) async throws {
        var commit = try await leasedCommit(operation.calendar)
        commit.operations = [operation]
        commit.issues = [
            SyncIssue(
                event: try await link(of: operation)?.event ?? RemoteEventID(operation.id.rawValue),
                code: .writeRejected,
                field: error.field,
                message: error.message
            )
        ]
        try await repository.commit(commit)
    }

    /// Stores what the service answered as the agreed base and removes the operation, in one commit.
    ///
    /// What the service made different, such as the link of a conference or what somebody else had changed, reaches the
    /// record and the edits that wait after this one; fields that were edited since stay as they are.
    ///
    /// - Parameters:
    ///   - operation: The intent, with the content it was journalled with.
    ///   - event: What the service has now.
    /// - Returns: A report of one write.
    /// - Throws: What the repository throws.
    func settle(
        _ operation: OutboxOperation,
        with event: RemoteEvent
    ) async throws -> SyncReport {
        if isEditedCopy(event, madeBy: operation) {
            return try await settle(operation, withEdited: event)
        }
        let series: Set<RemoteEventID> = if case .exception(let key) = event.role { [key.series] } else { [] }
        try await repository.commit(deciding: {
            let snapshot = try await repository.snapshot(
                SnapshotRequest(
                    calendar: operation.calendar,
                    events: series.union([event.id]),
                    records: [operation.record]
                )
            )
            let told = snapshot.anticipated(event, provider.canonical)
            var commit = leasedCommit(operation.calendar, on: snapshot)
            commit.removedOperations = [operation.id: operation.revision]
            commit.links = [
                settledLink(
                    event,
                    record: operation.record,
                    revision: operation.localRevision,
                    in: operation.calendar,
                    isCopy: operation.isCopy,
                    snapshot
                )
            ]
            claim(event.id, for: operation.record, snapshot, &commit)
            rebaseLaterEdits(than: operation, onto: told, snapshot, &commit)
            if !operation.isCopy, let stored = snapshot.records[operation.record] {
                var record = stored
                record.iCalUID = record.iCalUID ?? event.iCalUID
                let sent = snapshot.sent(operation, remembering: operation.content, of: stored.id) ?? operation.content
                record.content.rebase(from: sent, onto: told.content, canonical: provider.canonical)
                if record.content != stored.content { record.updatedAt = clock.now }
                takeOccurrences(listedFor: event.id, into: &record, snapshot)
                var changed = record == stored ? [] : [record]
                changed += passOn(record, was: stored, snapshot, &commit)
                for record in changed {
                    guard let earlier = snapshot.records[record.id] else { continue }
                    commit.records.append(.init(record, expecting: earlier.revision))
                    commit.tell(from: earlier, to: record, because: .remoteEdit, in: operation.calendar, at: clock.now)
                    try await tellOtherPlaces(record, was: earlier, besides: operation, snapshot, &commit)
                }
            }
            return commit
        })
        return .pushedOne
    }

    /// Lets occurrences that the service does not hold follow their series, and the unsent edits of them.
    ///
    /// - Returns: The records that are different now; the edits are in the commit.
    func passOn(
        _ series: EventRecord,
        was earlier: EventRecord,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) -> [EventRecord] {
        let held = Set(snapshot.links.values.filter { !$0.isCopy }.map(\.record))
        let unheld = snapshot.records.values.filter { $0.series == series.id && !held.contains($0.id) }
            .sorted { $0.id < $1.id }
        let inheriting = SeriesInheritance(from: earlier.content, to: series.content)
            .applied(to: unheld, snapshot.operations.values, at: clock.now)
        commit.operations += inheriting.operations
        return inheriting.records
    }

    /// What the service made different in the event reaches its other places too (requirement M-12).
    func tellOtherPlaces(
        _ record: EventRecord,
        was earlier: EventRecord,
        besides operation: OutboxOperation,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) async throws {
        let updates = placeUpdates
        let pending = Array(snapshot.operations.values)
        var links = snapshot.otherLinks[record.id] ?? []
        if let series = record.series {
            // An occurrence is wherever its series is, also where it has no event of its own yet.
            links += try await repository.links(of: series, tenant: record.tenant)
        }
        let places = EventPlace.places(
            links: links,
            operations: pending.filter { $0.record == record.id || $0.record == record.series }
        )
        let moved = Set(snapshot.records.values.filter { $0.series == record.id }.map(\.originalInstant))
        for place in places where place.calendar != operation.calendar {
            let told = place.content(of: earlier, besides: moved)
            let content = place.content(of: record, besides: moved)
            let update = updates.update(place, of: record, from: told, to: content, pending: pending)
            if let update { commit.operations.append(update) }
        }
    }

    /// Lets the edits that wait after an intent start from what the service has now.
    func rebaseLaterEdits(
        than operation: OutboxOperation,
        onto event: RemoteEvent,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        let later = snapshot.operations.values.filter { other in
            other.record == operation.record && other.calendar == operation.calendar && other.id != operation.id
                && other.state == .queued && other.action == .update
        }
        for var other in later.oldestFirst() {
            let journalled = other.content
            other.content.rebase(from: operation.content, onto: event.content, canonical: provider.canonical)
            if other.content != journalled { commit.operations.append(other) }
        }
    }

    /// Gives up the record that a pull made of the event before the write's outcome was known.
    ///
    /// The change feed of Graph shows no creation key, so after a lost reply the event comes in as somebody else's. Its
    /// views and the exceptions of a series move over to the record whose write made it.
    func claim(
        _ event: RemoteEventID,
        for record: RecordID,
        _ snapshot: CalendarSnapshot,
        _ commit: inout RepositoryCommit
    ) {
        guard let earlier = snapshot.links[event], earlier.record != record,
            let stray = snapshot.records[earlier.record]
        else { return }
        commit.removedRecords[stray.id] = stray.revision
        commit.tell(from: stray, to: nil, because: .remoteEdit, in: earlier.calendar, at: clock.now)
        for var view in snapshot.otherLinks[stray.id] ?? [] {
            view.record = record
            view.isPrimary = false
            commit.links.append(view)
        }
        for var exception in snapshot.records.values.sorted(by: { $0.id < $1.id }) {
            guard case .exception(stray.id, let originalStart) = exception.role else { continue }
            exception.role = .exception(series: record, originalStart: originalStart)
            commit.records.append(.init(exception, expecting: exception.revision))
        }
    }

    /// Takes over which occurrences the service listed for the record that is given up; the feed does not tell them twice.
    private func takeOccurrences(
        listedFor event: RemoteEventID,
        into record: inout EventRecord,
        _ snapshot: CalendarSnapshot
    ) {
        guard let earlier = snapshot.links[event], earlier.record != record.id,
            let stray = snapshot.records[earlier.record],
            provider.canonical(stray.content).recursAlike(provider.canonical(record.content))
        else { return }
        record.listedOccurrences = record.listedOccurrences ?? stray.listedOccurrences
    }

    /// The link of an event as both sides agree on it after a write.
    func settledLink(
        _ event: RemoteEvent,
        record: RecordID,
        revision: Int,
        in calendar: CalendarKey,
        isCopy: Bool = false,
        _ snapshot: CalendarSnapshot
    ) -> EventLink {
        let earlier = snapshot.links[event.id]
        var link = EventLink(
            calendar: calendar,
            event: event.id,
            record: record,
            role: event.role,
            etag: event.etag,
            base: provider.canonical(event.content),
            syncedRevision: revision,
            isPrimary: !isCopy
                && (earlier?.isPrimary ?? !(snapshot.otherLinks[record] ?? []).contains(where: \.isPrimary)),
            isCopy: isCopy,
            isOrganizer: event.isOrganizer,
            epoch: snapshot.state?.epoch ?? 0,
            webLink: event.webLink,
            providerFields: event.providerFields,
            syncedAt: clock.now
        )
        link.occurrencesRound = earlier?.occurrencesRound ?? 0
        return link
    }

    /// Removes a change whose event is gone; the feed, which has not told it yet, takes the record and its link away.
    func abandon(_ operation: OutboxOperation) async throws -> SyncReport {
        var commit = try await leasedCommit(operation.calendar)
        commit.removedOperations = [operation.id: operation.revision]
        try await repository.commit(commit)
        return .pushedOne
    }

    /// Removes a create and its record: an earlier try made the event, and somebody has deleted it since.
    ///
    /// The service knows the key and shows no event under it. Making another would bring back what was deleted. Its copies
    /// go with it; of a copy only this place is forgotten, because the event is elsewhere.
    func forget(_ operation: OutboxOperation) async throws -> SyncReport {
        let request = SnapshotRequest(calendar: operation.calendar, records: [operation.record])
        let snapshot = try await repository.snapshot(request)
        var commit = leasedCommit(operation.calendar, on: snapshot)
        for other in snapshot.operations.values where other.record == operation.record {
            guard !operation.isCopy || other.calendar == operation.calendar else { continue }
            commit.removedOperations[other.id] = other.revision
        }
        commit.removedOperations[operation.id] = operation.revision
        if !operation.isCopy, let record = snapshot.records[operation.record] {
            commit.removedRecords[record.id] = record.revision
            commit.tell(from: record, to: nil, because: .remoteEdit, in: operation.calendar, at: clock.now)
            withdrawCopies(of: record, snapshot, &commit)
        }
        try await repository.commit(commit)
        return .pushedOne
    }

    /// Has the copies of an event deleted, also one whose creation was sent and not answered.
    func withdrawCopies(of record: EventRecord, _ snapshot: CalendarSnapshot, _ commit: inout RepositoryCommit) {
        let updates = placeUpdates
        let copies = (snapshot.otherLinks[record.id] ?? []).filter(\.isCopy).map(\.calendar)
        let unanswered = snapshot.operations.values.unansweredCopies(of: record.id)
        for creation in unanswered { commit.removedOperations[creation.id] = nil }
        commit.operations += updates.removals(of: record, from: copies, after: unanswered)
    }

    /// Removes an operation whose event is gone, and the link to it.
    func drop(_ operation: OutboxOperation) async throws -> SyncReport {
        var commit = try await leasedCommit(operation.calendar)
        commit.removedOperations = [operation.id: operation.revision]
        if let link = try await link(of: operation) {
            commit.removedLinks = [.init(calendar: operation.calendar, event: link.event)]
        }
        try await repository.commit(commit)
        return .pushedOne
    }

    func link(of operation: OutboxOperation) async throws -> EventLink? {
        let links = try await repository.links(of: operation.record, tenant: operation.calendar.tenant)
            .filter { $0.calendar == operation.calendar }
        return links.first(where: \.isPrimary) ?? links.first
    }

    /// An empty commit under the lease, on the calendar's stored state.
    func leasedCommit(_ calendar: CalendarKey) async throws -> RepositoryCommit {
        leasedCommit(calendar, on: try await repository.snapshot(SnapshotRequest(calendar: calendar)))
    }

    func leasedCommit(_ calendar: CalendarKey, on snapshot: CalendarSnapshot) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: calendar.tenant)
        commit.lease = lease
        commit.state = snapshot.state ?? CalendarSyncState(calendar: calendar)
        return commit
    }
}

extension CalendarSnapshot {
    /// What a record said when an operation was sent, so that all else that it says now was edited since.
    ///
    /// Where nothing else waits to be sent of it, nothing was: then the service's answer stands as a whole.
    func sent(
        _ operation: OutboxOperation,
        remembering content: EventContent?,
        of record: RecordID
    ) -> EventContent? {
        let isLast = !operations.values.contains { other in
            other.id != operation.id && other.isPending && !other.isCopy && other.changes(record)
        }
        return isLast ? records[record]?.content : content
    }

    /// An exception that a write brought, as the service will tell it once its series has what the host says of it.
    func anticipated(
        _ event: RemoteEvent,
        _ canonical: (EventContent) -> EventContent
    ) -> RemoteEvent {
        guard case .exception(let key) = event.role, let link = links[key.series], !link.isCopy,
            let base = link.base, let record = records[link.record]
        else { return event }
        var anticipated = event
        anticipated.content = event.content.anticipating(record.content, insteadOf: base, canonical: canonical)
        return anticipated
    }
}
