import Foundation

/// What the steps of an edit make of the host's own records, so that it sees its edit at once; pure.
struct SeriesEffect {
    let stored: StoredSeries
    let edit: SeriesEdit
    let now: Date
    let newRecordID: () -> RecordID
    /// The series after the edit; nil once it is deleted.
    private(set) var series: EventRecord?
    /// The series of the following occurrences, when the edit makes one.
    private(set) var following: EventRecord?
    /// The records of exceptions, by id, as they are after the edit.
    private(set) var exceptions: [RecordID: EventRecord]

    init(_ stored: StoredSeries, _ edit: SeriesEdit, now: Date, newRecordID: @escaping () -> RecordID) {
        self.stored = stored
        self.edit = edit
        self.now = now
        self.newRecordID = newRecordID
        series = stored.record
        exceptions = Dictionary(stored.exceptions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Does on the records what the plan does at the service.
    mutating func carryOut(_ plan: SeriesPlan, scope: SeriesScope) throws {
        let alteration: SeriesAlteration? =
            if case .update(let from, let to) = edit.change { SeriesAlteration(from: from, to: to) } else { nil }
        // Exceptions lose their places; the steps that follow give a place to those that still have one.
        switch scope {
        case .this: break
        case .thisAndFollowing:
            let instant = edit.instant
            exceptions = exceptions.filter { $0.value.originalInstant < instant }
        case .all where alteration?.movesPlaces ?? true: exceptions = [:]
        case .all: break
        }
        for step in plan.steps { try carryOut(step.action, scope, alteration) }
        if scope == .all, let alteration, !alteration.movesPlaces { inherit() }
    }

    /// The record of the edited occurrence after an edit of this occurrence alone.
    var occurrence: EventRecord? {
        exceptions.values.first { $0.series == stored.record.id && $0.originalInstant == edit.instant }
    }

    private mutating func carryOut(
        _ action: SeriesStep.Action,
        _ scope: SeriesScope,
        _ alteration: SeriesAlteration?
    ) throws {
        switch action {
        case .createFollowing(let content):
            following = EventRecord(
                id: newRecordID(),
                tenant: stored.record.tenant,
                role: .series,
                content: content,
                direction: .outbound,
                owner: stored.record.owner,
                activity: stored.record.activity,
                localRevision: 1,
                updatedAt: now
            )
        case .changeSeries(let from, let to): change(from: from, to: to, scope)
        case .deleteSeries:
            series = nil
            exceptions = [:]
        case .changeOccurrence(let start, _, let to): try place(to, at: start, of: .original, alteration, scope)
        case .restoreOccurrence(let start, let part, _, let to): try place(to, at: start, of: part, alteration, scope)
        case .cancelOccurrence(let start, let part):
            let holder = (part == .following ? following : series) ?? stored.record
            var content = try PlannedSeries(holder.content).occurrence(at: start)
            if part == .original, scope == .this, let exception = stored.exception(at: start) {
                content = exception.content
            }
            content.status = .cancelled
            try place(content, at: start, of: part, alteration, scope)
        }
    }

    private mutating func change(from: EventContent, to: EventContent, _ scope: SeriesScope) {
        guard var record = series else { return }
        for field in to.changedFields(from: from).sorted() { record.content.take(field, from: to) }
        record.localRevision += 1
        record.updatedAt = now
        if !record.content.recursAlike(stored.record.content) {
            record.listedOccurrences = nil
        } else if scope == .thisAndFollowing {
            record.listedOccurrences = record.listedOccurrences?.before(edit.instant)
        } else if record.content.recurrence != stored.record.content.recurrence {
            record.listedOccurrences = nil
        }
        series = record
    }

    /// Exceptions follow their series in what they had in common with it.
    private mutating func inherit() {
        guard let series else { return }
        for exception in stored.inheriting(from: stored.record.content, to: series.content, at: now) {
            exceptions[exception.id] = exception
        }
    }

    /// Puts a content in the place of an occurrence.
    private mutating func place(
        _ content: EventContent,
        at start: EventTime,
        of part: SeriesStep.Part,
        _ alteration: SeriesAlteration?,
        _ scope: SeriesScope
    ) throws {
        let holder = part == .following ? following?.id : series?.id
        guard let holder else { return }
        if scope == .this, var known = stored.exception(at: start) {
            known.content = content
            known.localRevision += 1
            known.updatedAt = now
            exceptions[known.id] = known
            return
        }
        let record = EventRecord(
            id: newRecordID(),
            tenant: stored.record.tenant,
            role: .exception(series: holder, originalStart: start),
            content: content,
            direction: .outbound,
            owner: stored.record.owner,
            activity: try predecessor(of: start, alteration)?.activity ?? stored.record.activity,
            localRevision: 1,
            updatedAt: now
        )
        exceptions[record.id] = record
    }

    /// The exception that had another place before its series was moved.
    private func predecessor(of place: EventTime, _ alteration: SeriesAlteration?) throws -> EventRecord? {
        guard let alteration else { return nil }
        return try stored.exceptions.first { exception in
            guard case .exception(_, let originalStart) = exception.role else { return false }
            return alteration.place(of: try stored.inOwnZone(originalStart)) == place
        }
    }
}

extension SeriesEdit {
    /// The instant of the occurrence's original start, days as their midnight in UTC.
    var instant: Date { occurrence.originalStart.date(floatingIn: .utc) }
}

extension SeriesOccurrences {
    /// What is left of a listing when the series ends before an instant.
    func before(_ instant: Date) -> SeriesOccurrences {
        SeriesOccurrences(series: series, window: window, originalStarts: originalStarts.filter { $0 < instant })
    }
}
