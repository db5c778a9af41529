import Foundation

/// What a pull makes of a series that the host has edited and whose edit is still on its way.
extension SyncPlanner {
    /// Ties an event to the record that an edit of a series made for it before the service told of it.
    ///
    /// An occurrence is recognised by its series and original start, a following series by its creation key; where a
    /// feed shows no key, the sender claims the event later.
    ///
    /// - Parameters:
    ///   - event: An event without a link.
    ///   - link: The link that is to be made for it; the record and the synced revision are set.
    ///   - draft: What is stored.
    /// - Returns: Whether there was such a record.
    func adoptIntoSeriesEdit(_ event: RemoteEvent, _ link: inout EventLink, _ draft: inout SyncDraft) -> Bool {
        if let key = event.creationKey, let operation = draft.operations[key], operation.action == .series,
            var record = draft.records[operation.record]
        {
            link.record = record.id
            link.syncedRevision = operation.localRevision
            record.iCalUID = record.iCalUID ?? event.iCalUID
            record.content.rebase(from: operation.content, onto: event.content, canonical: canonical)
            draft.put(record)
            return true
        }
        // An occurrence of a copy is no answer to an edit: what it says was sent to the copy alone.
        guard case .exception(let key) = event.role, let series = draft.links[key.series], !series.isCopy,
            let record = draft.unlinkedException(of: series.record, at: key.originalStart)
        else { return false }
        link.record = record.id
        adopt(event, as: key, into: record, of: series.record, &link, &draft)
        return true
    }

    private func adopt(
        _ event: RemoteEvent,
        as key: OccurrenceKey,
        into record: EventRecord,
        of series: RecordID,
        _ link: inout EventLink,
        _ draft: inout SyncDraft
    ) {
        var record = record
        let edits = draft.pendingSeriesEdits(of: record.id)
        if let edit = edits.first {
            // Cancelled by the host, it stays so; changed by both, each keeps the fields that it alone changed.
            guard case .update = edit.series?.change, record.content.status != .cancelled else { return }
            // Only what edits change is the occurrence's own; all else it has from its series.
            var base = record.content
            for case .update(let from, let to) in edits.reversed().map(\.series?.change) {
                for field in to.changedFields(from: from).sorted() { base.take(field, from: from) }
            }
            let told = draft.anticipated(event, of: key.series, canonical: canonical)
            let merge = meet(record, told, base: canonical(base), &draft)
            guard record.content != merge.content else { return }
            record.content = merge.content
            record.updatedAt = now
            draft.put(record, because: merge.conflicts.isEmpty ? .merge : .conflict)
            return
        }
        // An edit that made the place of the occurrence will give it its content, too.
        guard draft.pendingSeriesEdits(of: series).isEmpty else { return }
        let sent = record.content
        link.syncedRevision = record.localRevision
        record.iCalUID = record.iCalUID ?? event.iCalUID
        record.content = event.content
        for var later in draft.pendingUpdates(of: record.id, in: calendar) where later.state == .queued {
            later.content.rebase(from: sent, onto: event.content, canonical: canonical)
            record.content = later.content
            draft.put(later)
        }
        if record.content != sent { record.updatedAt = now }
        draft.put(record)
    }

    /// Moves what unsent edits of a series remember of it onto what the service has now.
    ///
    /// Else the service's change would look like a later edit of the host's when their outcome is stored.
    func rebaseSeriesEdits(
        of record: RecordID,
        onto event: RemoteEvent,
        base: EventContent,
        keeping kept: SyncConflict.Side,
        _ draft: inout SyncDraft
    ) {
        func moved(_ content: EventContent) -> EventContent {
            EventMerger.merge(
                base: base,
                local: content,
                remote: event.content,
                keeping: kept,
                canonical: canonical
            ).content
        }
        for var operation in draft.pendingSeriesEdits(concerning: record) {
            if operation.record == record { operation.content = moved(operation.content) }
            if let remainder = operation.series?.remainder, operation.series?.series == record {
                operation.series?.remainder = moved(remainder)
            }
            draft.put(operation)
        }
    }

    /// Takes out of unsent edits of a series the fields in which the service's edit stands.
    func yieldSeriesEdits(to record: EventRecord, in fields: [EventField], _ draft: inout SyncDraft) {
        for var operation in draft.pendingSeriesEdits(of: record.id) {
            guard var intent = operation.series, intent.plan == nil, case .update(let from, var to) = intent.change
            else {
                continue
            }
            let lost = to.changedFields(from: from).intersection(fields)
            guard !lost.isEmpty else { continue }
            for field in lost.sorted() {
                to.take(field, from: from)
                operation.content.take(field, from: record.content)
            }
            intent.change = .update(from: from, to: to)
            operation.series = intent
            draft.put(operation)
        }
    }

    /// A listing without the occurrences that the host has taken out of the series and the service still shows.
    func occurrences(_ listed: SeriesOccurrences, of series: EventRecord, _ link: EventLink) -> SeriesOccurrences {
        guard series.localRevision > link.syncedRevision, let timing = try? PlannedSeries(series.content).timing else {
            return listed
        }
        let zone = series.content.start.zone
        let starts = listed.originalStarts.filter { start in
            let time: EventTime =
                zone.map { .zoned(ZonedDateTime(start, in: $0)) } ?? .day(EventZone.utc.civil(at: start).date)
            return timing.contains(originalStart: time)
        }
        return SeriesOccurrences(series: listed.series, window: listed.window, originalStarts: starts)
    }
}
