import Foundation

/// What somebody does to one of our copies in its service (requirement M-12).
extension SyncPlanner {
    /// Takes an edit of a copy over into the event, or puts the copy back.
    ///
    /// The copy of an event without guests is as good as the event: its edit reaches the event and every other copy. A
    /// meeting is not moved by its copy, because its guests would not learn of it: the copy is put back, and what it said
    /// is on record.
    func refreshCopy(
        _ link: inout EventLink,
        from event: RemoteEvent,
        base: EventContent,
        _ draft: inout SyncDraft
    ) {
        let remote = canonical(event.content)
        guard remote != base else { return }
        link.base = remote
        draft.report.updated += 1
        guard var record = draft.records[link.record] else { return }
        let place = EventPlace(calendar: calendar, isCopy: true)
        let shown = place.content(of: record, besides: draft.movedStarts(of: record.id))
        // What a write of our own brought whose answer was lost is no edit of somebody else's.
        let told = inherited(agreed(base, with: remote, on: record.id, draft), by: event, remote, draft)
        let edited = remote.changedFields(from: told).intersection(remote.changedFields(from: canonical(shown)))
        guard !edited.isEmpty else { return }
        if record.hasGuests {
            draft.note(conflict(over: edited, of: record, shown, event, base: base))
            putBack(record, to: shown, from: remote, &draft)
            return
        }
        let before = record.content
        for field in edited.sorted() { record.content.take(field, from: event.content) }
        draft.put(edit(of: record), because: .remoteEdit)
        inherit(from: record, was: before, &draft)
        putBack(record, to: place.content(of: record, besides: draft.movedStarts(of: record.id)), from: remote, &draft)
    }

    /// What an occurrence took over from the copy's series is no edit of it either.
    private func inherited(
        _ base: EventContent,
        by event: RemoteEvent,
        _ remote: EventContent,
        _ draft: SyncDraft
    ) -> EventContent {
        guard let series = event.series.flatMap({ draft.links[$0]?.base }) else { return base }
        var inherited = base
        inherited.take(from: remote, besides: remote.changedFields(from: series).union([.time, .recurrence]))
        return inherited
    }

    /// Occurrences that differ follow their series in what they had in common with it, as they do in the services.
    private func inherit(from series: EventRecord, was before: EventContent, _ draft: inout SyncDraft) {
        let inheritance = SeriesInheritance(from: before, to: series.content)
        for var exception in draft.exceptions(ofRecord: series.id) {
            let inheriting = inheritance.applied(to: exception.content)
            guard inheriting != exception.content else { continue }
            exception.content = inheriting
            draft.put(edit(of: exception), because: .remoteEdit)
            for var operation in draft.pendingUpdates(of: exception.id, in: calendar) where operation.state == .queued {
                operation.content = exception.copiedContent()
                draft.put(operation)
            }
        }
    }

    /// The record that an occurrence of a copied series belongs to, made when somebody changed it in the copy.
    func adoptOccurrence(_ event: RemoteEvent, of copy: EventLink, _ link: inout EventLink, _ draft: inout SyncDraft) {
        guard case .exception(let key) = event.role else { return }
        link.isCopy = true
        link.isPrimary = false
        if let known = draft.exception(of: copy.record, at: key.originalStart) {
            link.record = known.id
            let shown = canonical(known.copiedContent())
            let isTold = draft.pendingUpdates(of: known.id, in: calendar).isEmpty
            guard isTold, link.base != shown, known.content.status != .cancelled else { return }
            refreshCopy(&link, from: event, base: shown, &draft)
            return
        }
        guard let series = draft.records[copy.record] else { return }
        // The series has ended before it in the host, and the copy is about to learn that.
        let timing = try? PlannedSeries(series.content).timing
        guard timing?.contains(originalStart: key.originalStart) ?? true else { return }
        var record = occurrence(of: series, at: key.originalStart, id: link.record)
        guard !series.hasGuests else {
            let shown = record.copiedContent()
            let fields = canonical(event.content).changedFields(from: canonical(shown))
            draft.note(conflict(over: fields, of: series, shown, event, base: shown))
            return
        }
        let usual = canonical(record.copiedContent())
        for field in canonical(event.content).changedFields(from: usual).sorted() {
            record.content.take(field, from: event.content)
        }
        draft.put(edit(of: record), because: .remoteEdit)
        draft.report.created += 1
    }

    /// Cancels the occurrences that somebody deleted in the copy of a series, where the service lists them one by one.
    ///
    /// Only a listing that surely is whole is believed: no occurrence of the event goes because a page was short.
    func listCopy(_ listed: SeriesOccurrences, _ copy: EventLink, _ draft: inout SyncDraft) {
        guard draft.isWholeRound, let series = draft.records[copy.record], !series.hasGuests,
            draft.pendingUpdates(of: series.id, in: calendar).isEmpty
        else { return }
        let shown = series.copiedContent(besides: draft.movedStarts(of: series.id))
        for start in shown.starts(in: listed.window, besides: listed.originalStarts) {
            guard draft.exception(of: series.id, at: start) == nil else { continue }
            var cancelled = occurrence(of: series, at: start, id: newRecordID())
            cancelled.content.status = .cancelled
            draft.put(edit(of: cancelled), because: .remoteEdit)
            draft.report.updated += 1
        }
    }

    /// A record for an occurrence that differs in nothing yet.
    private func occurrence(of series: EventRecord, at originalStart: EventTime, id: RecordID) -> EventRecord {
        EventRecord(
            id: id,
            tenant: calendar.tenant,
            role: .exception(series: series.id, originalStart: originalStart),
            content: series.content.occurrence(at: originalStart),
            direction: .inbound,
            owner: series.owner,
            iCalUID: series.iCalUID,
            updatedAt: now
        )
    }

    /// The record with one more edit: the places that do not know it yet are told.
    private func edit(of record: EventRecord) -> EventRecord {
        var edited = record
        edited.localRevision += 1
        edited.updatedAt = now
        return edited
    }

    /// Journals what the copy has to say instead, in place of anything older that waits for it.
    private func putBack(
        _ record: EventRecord,
        to content: EventContent,
        from remote: EventContent,
        _ draft: inout SyncDraft
    ) {
        let pending = draft.pendingUpdates(of: record.id, in: calendar)
        let updates = PlaceUpdates(now: now, newOperationID: newOperationID)
        let place = EventPlace(calendar: calendar, isCopy: true)
        let operation =
            canonical(content) == remote
            ? nil : updates.update(place, of: record, from: nil, to: content, pending: pending)
        // One that was sent on an older version is refused by the service, and would be sent again on this one.
        for older in pending where older.id != operation?.id { draft.settle(older.id) }
        if let operation { draft.put(operation) }
    }

    private func conflict(
        over fields: Set<EventField>,
        of record: EventRecord,
        _ shown: EventContent,
        _ event: RemoteEvent,
        base: EventContent
    ) -> SyncConflict {
        SyncConflict(
            id: newConflictID(),
            calendar: calendar,
            event: event.id,
            record: record.id,
            kind: .copyEdited,
            fields: fields.sorted(),
            base: base,
            local: shown,
            remote: event.content,
            kept: .local,
            isOpen: false,
            at: now
        )
    }
}

extension EventRecord {
    /// Whether anybody but the calendar's owner takes part.
    var hasGuests: Bool { content.attendeesAreIncomplete || content.attendees.contains { !$0.isSelf } }
}
