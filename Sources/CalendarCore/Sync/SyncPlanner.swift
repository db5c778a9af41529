package import Foundation

/// Decides what one step of a change feed does to what is stored; pure: the same input gives the same commit.
///
/// The three-way comparison of design section 7: content is compared in the provider's canonical form with the link's
/// base, so an event that merely came back, an echo of an own write included, changes nothing.
package struct SyncPlanner {
    let calendar: CalendarKey
    let now: Date
    let policy: ConflictPolicy
    let canonical: (EventContent) -> EventContent
    let newRecordID: () -> RecordID
    let newOperationID: () -> OperationID
    let newConflictID: () -> ConflictID
    /// What is on record about the calendar; only what is can be over.
    package var knownIssues: [SyncIssue]

    /// Creates a planner for one calendar.
    ///
    /// - Parameters:
    ///   - calendar: The calendar.
    ///   - now: The instant of the decision.
    ///   - policy: Which side's value stands where both changed a field differently.
    ///   - knownIssues: What is on record about the calendar.
    ///   - canonical: The form in which contents are compared.
    ///   - newRecordID: Ids for new records.
    ///   - newOperationID: Ids for the operations that tell other places of a change.
    ///   - newConflictID: Ids for conflicts.
    package init(
        calendar: CalendarKey,
        now: Date,
        policy: ConflictPolicy = .remoteWins,
        knownIssues: [SyncIssue] = [],
        canonical: @escaping (EventContent) -> EventContent,
        newRecordID: @escaping () -> RecordID,
        newOperationID: @escaping () -> OperationID,
        newConflictID: @escaping () -> ConflictID
    ) {
        self.calendar = calendar
        self.now = now
        self.policy = policy
        self.knownIssues = knownIssues
        self.canonical = canonical
        self.newRecordID = newRecordID
        self.newOperationID = newOperationID
        self.newConflictID = newConflictID
    }

    /// A commit and what it does, in numbers.
    package struct Plan: Sendable {
        /// The commit.
        package var commit: RepositoryCommit
        /// What it does.
        package var report: SyncReport
    }

    /// What has to be read before a page can be planned.
    package static func request(for changes: [RemoteChange], in calendar: CalendarKey) -> SnapshotRequest {
        var request = SnapshotRequest(calendar: calendar)
        request.events.reserveCapacity(changes.count)
        request.iCalUIDs.reserveCapacity(changes.count)
        for change in changes {
            switch change {
            case .upserted(let event):
                request.events.insert(event.id)
                if case .exception(let key) = event.role { request.events.insert(key.series) }
                if let uid = event.iCalUID { request.iCalUIDs.insert(uid) }
                if let key = event.creationKey { request.operations.insert(key) }
            case .removed(let id, _): request.events.insert(id)
            case .occurrenceCancelled(let key, let id, _): request.events.formUnion([id, key.series])
            case .occurrences(let occurrences): request.events.insert(occurrences.series)
            case .unreadable(let issue): if let id = issue.event { request.events.insert(id) }
            }
        }
        return request
    }

    /// The commit that applies a page: its changes and the position after it, together.
    package func plan(
        _ changes: [RemoteChange],
        then continuation: ChangePage.Continuation,
        state: CalendarSyncState,
        snapshot: CalendarSnapshot
    ) -> Plan {
        var draft = SyncDraft(snapshot: snapshot, calendar: calendar, issues: knownIssues, changes: changes.count)
        draft.report.pages = 1
        if case .end = continuation { draft.isWholeRound = state.resumePoint == nil }
        for change in changes { apply(change, state, &draft) }
        var next = state
        if draft.hasDoubts { next.isSweepPending = true }
        switch continuation {
        case .more(let point): next.resumePoint = point
        case .end(let cursor):
            next.cursor = cursor
            next.resumePoint = nil
            if state.isFullRound { next.isSweepPending = true }
            next.isFullRound = false
            next.syncedAt = now
        }
        return finish(draft, next)
    }

    /// The commit that removes what a finished full round did not list and the listed window should have held.
    package func planSweep(
        of links: [EventLink],
        isLast: Bool,
        state: CalendarSyncState,
        snapshot: CalendarSnapshot
    ) -> Plan {
        var draft = SyncDraft(snapshot: snapshot, calendar: calendar, issues: knownIssues)
        for link in links where state.window?.shouldHold(link.base) ?? true { remove(link.event, &draft) }
        var next = state
        next.isSweepPending = !isLast
        next.sweepPosition = isLast ? nil : links.last?.event
        if isLast { next.quarantine = nil }
        return finish(draft, next)
    }

    /// The commit that takes over what one event is now, read outside of the feed; the position in the feed stays.
    package func planReading(
        of change: RemoteChange,
        state: CalendarSyncState,
        snapshot: CalendarSnapshot
    ) -> Plan {
        var draft = SyncDraft(snapshot: snapshot, calendar: calendar, issues: knownIssues)
        apply(change, state, &draft)
        draft.report.seen = 0
        return finish(draft, state)
    }

    private func finish(_ draft: SyncDraft, _ state: CalendarSyncState) -> Plan {
        var draft = draft
        noteDuplicates(&draft)
        draft.passOnSeriesChanges(at: now)
        draft.tellOtherPlaces(PlaceUpdates(now: now, newOperationID: newOperationID))
        var commit = draft.commit(tenant: calendar.tenant, now: now)
        commit.issues = commit.issues.map { $0.ignored(as: knownIssues) }
        commit.state = state
        return Plan(commit: commit, report: draft.report)
    }

    private func apply(_ change: RemoteChange, _ state: CalendarSyncState, _ draft: inout SyncDraft) {
        draft.report.seen += 1
        switch change {
        case .upserted(let event): upsert(event, state, &draft)
        case .removed(let id, _): remove(id, &draft)
        case .occurrenceCancelled(let key, let id, let etag): cancel(key, id, etag, state, &draft)
        case .occurrences(let listed): list(listed, state, &draft)
        case .unreadable(let issue):
            draft.note(issue)
            if let id = issue.event, var link = draft.links[id] {
                link.epoch = state.epoch
                draft.put(link)
            }
        }
    }
}

extension SyncPlanner {
    private func upsert(_ event: RemoteEvent, _ state: CalendarSyncState, _ draft: inout SyncDraft) {
        draft.resolve(event.id)
        if event.role == .master { draft.toldSeries.insert(event.id) }
        for issue in event.issues { draft.note(issue) }
        if var link = draft.links[event.id], let base = link.base {
            let isListedAnew = link.epoch != state.epoch
            link.epoch = state.epoch
            // An exception may keep its version while it inherits a change of its series, so it is compared by value.
            let isUnchanged = event.etag != nil && event.etag == link.etag && link.series == nil
            if isUnchanged || isDeletedInHost(link, draft) {
                if isListedAnew { draft.put(link) }
                return
            }
            refresh(&link, from: event, base: base, &draft)
            draft.put(link)
        } else {
            adopt(event, state, &draft)
        }
    }

    private func refresh(
        _ link: inout EventLink,
        from event: RemoteEvent,
        base: EventContent,
        _ draft: inout SyncDraft
    ) {
        link.etag = event.etag
        link.role = event.role
        link.isOrganizer = event.isOrganizer
        link.webLink = event.webLink
        link.providerFields = event.providerFields
        link.syncedAt = now
        if link.isCopy {
            refreshCopy(&link, from: event, base: base, &draft)
            return
        }
        let remote = canonical(event.content)
        guard remote != base else {
            if link.isPrimary { retell(link.record, from: event.content, &draft) }
            return
        }
        link.base = remote
        draft.report.updated += 1
        let shared = agreed(base, with: remote, on: link.record, draft)
        guard link.isPrimary, var record = draft.records[link.record] else {
            let kept = policy.winner(localEditedAt: nil, remoteEditedAt: event.updatedAt)
            return rebase(&link, onto: event, base: shared, keeping: kept, &draft)
        }
        var reason = RecordChange.Reason.remoteEdit
        if record.localRevision > link.syncedRevision {
            let merge = meet(record, event, base: shared, &draft)
            record.content = merge.content
            reason = merge.conflicts.isEmpty ? .merge : .conflict
            rebase(&link, onto: event, base: shared, keeping: merge.kept, &draft)
            rebaseSeriesEdits(of: record.id, onto: event, base: shared, keeping: merge.kept, &draft)
            yieldSeriesEdits(to: record, in: merge.kept == .remote ? merge.conflicts : [], &draft)
        } else {
            record.content = event.content
        }
        if !remote.recursAlike(base) { record.listedOccurrences = nil }
        if case .exception = event.role {} else { record.role = recordRole(event, state: nil, &draft) }
        record.updatedAt = now
        draft.put(record, because: reason)
    }

    /// Takes over what the service tells and nobody writes, which a comparison of canonical contents does not see.
    private func retell(_ id: RecordID, from content: EventContent, _ draft: inout SyncDraft) {
        guard var record = draft.records[id] else { return }
        var told = record.content
        told.takeTold(from: content)
        guard told != record.content else { return }
        record.content = told
        record.updatedAt = now
        draft.report.updated += 1
        draft.put(record)
        for var operation in draft.pendingUpdates(of: id, in: calendar) {
            operation.content.takeTold(from: content)
            draft.put(operation)
        }
    }

    private func adopt(_ event: RemoteEvent, _ state: CalendarSyncState, _ draft: inout SyncDraft) {
        var link = EventLink(
            calendar: calendar,
            event: event.id,
            record: draft.links[event.id]?.record ?? newRecordID(),
            role: event.role,
            etag: event.etag,
            base: canonical(event.content),
            syncedRevision: 0,
            isPrimary: true,
            isOrganizer: event.isOrganizer,
            epoch: state.epoch,
            webLink: event.webLink,
            providerFields: event.providerFields,
            syncedAt: now
        )
        if adoptIntoSeriesEdit(event, &link, &draft) {
            // The record was there before its event.
        } else if let key = event.creationKey, let operation = draft.operations[key], operation.action == .create,
            var record = draft.records[operation.record]
        {
            link.record = operation.record
            link.syncedRevision = operation.localRevision
            link.isCopy = operation.isCopy
            link.isPrimary = !operation.isCopy
            if !operation.isCopy {
                record.iCalUID = record.iCalUID ?? event.iCalUID
                let made = record.content
                record.content.rebase(from: operation.content, onto: event.content, canonical: canonical)
                if record.content != made { record.updatedAt = now }
                draft.put(record)
            }
            for var later in draft.pendingUpdates(of: record.id, in: calendar) where later.state == .queued {
                later.content.rebase(from: operation.content, onto: event.content, canonical: canonical)
                draft.put(later)
            }
            draft.settle(key)
            // Somebody may have edited the copy before its making was known.
            if operation.isCopy { refreshCopy(&link, from: event, base: canonical(operation.content), &draft) }
        } else if let copy = event.series.flatMap({ draft.links[$0] }), copy.isCopy {
            adoptOccurrence(event, of: copy, &link, &draft)
        } else if let known = draft.record(iCalUID: event.iCalUID, role: event.role), draft.hasOtherLinks(known.id) {
            link.record = known.id
            link.isPrimary = false
            link.syncedRevision = known.localRevision
        } else {
            let role = recordRole(event, state: state, &draft)
            draft.put(
                EventRecord(
                    id: link.record,
                    tenant: calendar.tenant,
                    role: role,
                    content: event.content,
                    direction: .inbound,
                    iCalUID: event.iCalUID,
                    updatedAt: now,
                    revision: 1
                )
            )
            draft.report.created += 1
        }
        draft.put(link)
    }

    private func recordRole(
        _ event: RemoteEvent,
        state: CalendarSyncState?,
        _ draft: inout SyncDraft
    ) -> EventRecord.Role {
        switch event.role {
        case .single: .single
        case .master: .series
        case .exception(let key):
            .exception(
                series: seriesRecord(key.series, epoch: state?.epoch ?? 0, &draft),
                originalStart: key.originalStart
            )
        }
    }

    /// The record of a series, reserved when the master has not been seen yet: an exception may come first.
    private func seriesRecord(_ series: RemoteEventID, epoch: Int, _ draft: inout SyncDraft) -> RecordID {
        if let link = draft.links[series] { return link.record }
        let id = newRecordID()
        draft.put(
            EventLink(
                calendar: calendar,
                event: series,
                record: id,
                role: .master,
                etag: nil,
                base: nil,
                syncedRevision: 0,
                isPrimary: true,
                isOrganizer: false,
                epoch: epoch,
                syncedAt: now
            )
        )
        return id
    }

    private func cancel(
        _ key: OccurrenceKey,
        _ id: RemoteEventID,
        _ etag: String?,
        _ state: CalendarSyncState,
        _ draft: inout SyncDraft
    ) {
        let series = seriesRecord(key.series, epoch: state.epoch, &draft)
        var content = cancelledContent(key, series: draft.records[series])
        let existing = draft.links[id]
        if let existing, let record = draft.records[existing.record] { content = record.content }
        content.status = .cancelled
        let event = RemoteEvent(
            id: id,
            etag: etag,
            iCalUID: draft.records[series]?.iCalUID,
            role: .exception(key),
            content: content,
            isOrganizer: draft.links[key.series]?.isOrganizer ?? false
        )
        upsert(event, state, &draft)
    }

    private func cancelledContent(_ key: OccurrenceKey, series: EventRecord?) -> EventContent {
        let start = key.originalStart
        guard let series else { return EventContent(title: nil, start: start, end: start) }
        return series.content.occurrence(at: start)
    }

    /// Replaces the occurrences that a series has within a window; outside of it nothing is known anew.
    private func list(_ listed: SeriesOccurrences, _ state: CalendarSyncState, _ draft: inout SyncDraft) {
        if let copy = draft.links[listed.series], copy.isCopy {
            listCopy(listed, copy, &draft)
            return
        }
        guard var link = draft.links[listed.series], link.base != nil, link.role == .master,
            var series = draft.records[link.record]
        else { return }
        let goesOn = link.occurrencesRound == state.round
        link.occurrencesRound = state.round
        draft.put(link)
        guard link.isPrimary else {
            // Nothing keeps what earlier pages named of a view; where the master comes too, the series begins anew.
            let mayLack = goesOn && !draft.toldSeries.contains(listed.series)
            return weighExceptions(against: listed, within: mayLack ? nil : listed.window, state, &draft)
        }
        let told = listed.replacing(series.listedOccurrences, isSameRound: goesOn)
        let all = occurrences(told, of: series, link)
        weighExceptions(against: told, within: listed.window, state, &draft)
        guard series.listedOccurrences != all else { return }
        if let earlier = series.listedOccurrences, all.contradicts(earlier) { draft.report.updated += 1 }
        series.listedOccurrences = all
        series.updatedAt = now
        draft.put(series)
    }

    /// Removes the occurrences that differ and are listed no more, each where this account sees it.
    ///
    /// While a further page may name one it only counts as not listed: the sweep after the round removes what none named.
    private func weighExceptions(
        against told: SeriesOccurrences,
        within window: SyncWindow?,
        _ state: CalendarSyncState,
        _ draft: inout SyncDraft
    ) {
        for var exception in draft.exceptions(of: told.series) {
            if let window, isMissing(exception, from: told, within: window) {
                if draft.isWholeRound {
                    remove(exception.event, &draft)
                } else {
                    exception.epoch = min(exception.epoch, state.epoch - 1)
                    draft.put(exception)
                    draft.hasDoubts = true
                }
            } else if exception.epoch < state.epoch, !state.isFullRound, told.names(exception) {
                exception.epoch = state.epoch
                draft.put(exception)
            }
        }
    }

    /// Whether an occurrence that differs from its series was deleted: where it takes place, the list does not name it.
    private func isMissing(
        _ exception: EventLink,
        from all: SeriesOccurrences,
        within window: SyncWindow
    ) -> Bool {
        guard let base = exception.base, window.shouldHold(base) else { return false }
        return !all.names(exception)
    }
}
