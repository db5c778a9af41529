import Foundation

/// What a user of the host wants to happen to an occurrence and its series.
package struct OccurrenceEdit {
    /// The start that the series' rule gave the occurrence.
    package let originalStart: EventTime
    /// How far the edit reaches.
    package let scope: SeriesScope
    /// What shall happen.
    package let change: SeriesEdit.Change
    /// Whether guests are told.
    package let invitations: InvitationPolicy

    /// Creates an edit.
    package init(
        at originalStart: EventTime,
        scope: SeriesScope,
        _ change: SeriesEdit.Change,
        invitations: InvitationPolicy
    ) {
        self.originalStart = originalStart
        self.scope = scope
        self.change = change
        self.invitations = invitations
    }
}

extension LocalEdits {
    /// The records as they are after an edit of an occurrence, and the intent to tell the service.
    ///
    /// - Parameters:
    ///   - edit: The edit.
    ///   - stored: The series with its exceptions, its links and what is still to be sent.
    ///   - operation: The id of the intent, and the key of the following series where one is made.
    ///   - newRecordID: Makes ids for new records.
    /// - Returns: The commit; nothing in it when the edit changes nothing.
    /// - Throws: `notFound` when the occurrence does not take place, `invalidArgument` naming a field, `unsupported` when
    ///   the series cannot be divided or moved that way.
    package func carryOut(
        _ edit: OccurrenceEdit,
        of stored: StoredSeries,
        operation: OperationID,
        newRecordID: @escaping () -> RecordID
    ) throws -> RepositoryCommit {
        if case .update(let from, let to) = edit.change, from == to { return RepositoryCommit(tenant: stored.tenant) }
        let state = stored.localState()
        let start = try stored.inOwnZone(edit.originalStart)
        guard !state.cancelled.contains(where: { $0.date(floatingIn: .utc) == start.date(floatingIn: .utc) }) else {
            throw CalendarError(
                .notFound,
                "The occurrence does not take place.",
                identifier: stored.record.id.rawValue
            )
        }
        let planned = SeriesEdit(
            OccurrenceKey(series: state.master.id, originalStart: start),
            scope: edit.scope,
            edit.change,
            key: operation,
            invitations: edit.invitations
        )
        let plan = try planned.plan(for: state)
        let scope = plan.scope(of: planned)
        if scope == .all, case .delete = edit.change {
            return deleteAll(stored, operation: operation, invitations: edit.invitations)
        }
        if scope == .this, case .update(_, let to) = edit.change, let exception = stored.exception(at: start),
            let link = stored.link(of: exception)
        {
            return update(
                exception,
                to: to,
                link: link,
                pending: stored.pending.filter { $0.record == exception.id || $0.action == .series },
                behind: stored.pending,
                operation: operation,
                invitations: edit.invitations
            )
        }
        var effect = SeriesEffect(stored, planned, now: now, newRecordID: newRecordID)
        try effect.carryOut(plan, scope: scope)
        return commit(effect, scope, stored, operation)
    }

    private func commit(
        _ effect: SeriesEffect,
        _ scope: SeriesScope,
        _ stored: StoredSeries,
        _ operation: OperationID
    ) -> RepositoryCommit {
        var commit = RepositoryCommit(tenant: stored.tenant)
        put(stored.record, effect.series, stored.calendar, &commit)
        put(nil, effect.following, stored.calendar, &commit)
        let earlier = Dictionary(stored.exceptions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for id in Set(earlier.keys).union(effect.exceptions.keys).sorted() {
            put(earlier[id], effect.exceptions[id], stored.calendar, &commit)
        }
        guard let series = effect.series else { return commit }
        let target = scope == .this ? effect.occurrence : effect.following
        if isUnsentCreate(of: stored), scope == .all, var create = stored.pending.last {
            create.content = series.content
            create.localRevision = series.localRevision
            commit.operations = [create]
            return commit
        }
        let record = target ?? series
        var intent = SeriesIntent(
            series: series.id,
            originalStart: effect.edit.occurrence.originalStart,
            scope: scope,
            change: effect.edit.change,
            remainder: scope == .this ? nil : series.content,
            seriesRevision: series.localRevision,
            cancelled: stored.localState().cancelled,
            listed: stored.record.listedOccurrences?.window
        )
        if scope == .this { takeIn(unsentEditOf: record, stored, effect.edit.invitations, &intent, &commit) }
        commit.operations = [
            OutboxOperation(
                id: operation,
                calendar: stored.calendar,
                record: record.id,
                action: .series,
                generation: record.localRevision,
                content: record.content,
                localRevision: record.localRevision,
                invitations: effect.edit.invitations,
                createdAt: now,
                series: intent
            )
        ].inLine(after: stored.pending)
        return commit
    }

    /// Lets a further edit of one occurrence take the place of one that was never sent.
    private func takeIn(
        unsentEditOf record: EventRecord,
        _ stored: StoredSeries,
        _ invitations: InvitationPolicy,
        _ intent: inout SeriesIntent,
        _ commit: inout RepositoryCommit
    ) {
        guard let unsent = stored.pending.last, unsent.record == record.id, unsent.state == .queued,
            unsent.invitations == invitations, let earlier = unsent.series, earlier.scope == .this,
            earlier.plan == nil, case .update(let from, _) = earlier.change
        else { return }
        commit.removedOperations[unsent.id] = unsent.revision
        if case .update(_, let to) = intent.change { intent.change = .update(from: from, to: to) }
    }

    private func isUnsentCreate(of stored: StoredSeries) -> Bool {
        guard stored.link == nil, let last = stored.pending.last else { return false }
        return last.action == .create && last.state == .queued
    }

    /// The series and everything of it removed, and the intent to delete its event.
    package func deleteAll(
        _ stored: StoredSeries,
        operation: OperationID,
        invitations: InvitationPolicy
    ) -> RepositoryCommit {
        var commit = delete(
            stored.record,
            link: stored.link,
            pending: stored.pending,
            operation: operation,
            invitations: invitations
        )
        for exception in stored.exceptions { put(exception, nil, stored.calendar, &commit) }
        return commit
    }

    private func put(
        _ earlier: EventRecord?,
        _ later: EventRecord?,
        _ calendar: CalendarKey,
        _ commit: inout RepositoryCommit
    ) {
        guard earlier != later else { return }
        if let later {
            commit.records.append(.init(later, expecting: earlier?.revision))
        } else if let earlier {
            commit.removedRecords[earlier.id] = earlier.revision
        }
        note(earlier, later, in: calendar, &commit)
    }
}

extension SeriesPlan {
    /// How far a plan really reaches: from the first occurrence on, "this and following" is the whole series.
    fileprivate func scope(of edit: SeriesEdit) -> SeriesScope {
        guard edit.scope == .thisAndFollowing else { return edit.scope }
        return cut == nil ? .all : .thisAndFollowing
    }
}

extension StoredSeries {
    fileprivate var tenant: TenantID { record.tenant }
}
