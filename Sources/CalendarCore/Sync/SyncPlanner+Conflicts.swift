/// Edits of both sides that met: what stands, and what is kept of the other side.
extension SyncPlanner {
    /// Merges what the host says with what the service has now, and records the fields on which they met.
    func meet(
        _ record: EventRecord,
        _ event: RemoteEvent,
        base: EventContent,
        _ draft: inout SyncDraft
    ) -> EventMerger.Merge {
        let merge = EventMerger.merge(
            base: base,
            local: record.content,
            remote: event.content,
            policy: policy,
            localEditedAt: record.editedAt,
            remoteEditedAt: event.updatedAt,
            canonical: canonical
        )
        guard !merge.conflicts.isEmpty else { return merge }
        draft.note(
            SyncConflict(
                id: newConflictID(),
                calendar: calendar,
                event: event.id,
                record: record.id,
                kind: .edits,
                fields: merge.conflicts,
                base: base,
                local: record.content,
                remote: event.content,
                kept: merge.kept,
                isOpen: policy == .ask,
                at: now,
                activity: record.activity
            )
        )
        return merge
    }

    /// The base of a merge: what a write of our own brought whose answer was lost is no edit of the service's.
    ///
    /// Without it the host's next edit of the same field would meet its own last one, and might give way to it.
    func agreed(
        _ base: EventContent,
        with remote: EventContent,
        on record: RecordID,
        _ draft: SyncDraft
    ) -> EventContent {
        var agreed = base
        let edits = draft.pendingUpdates(of: record, in: calendar) + draft.pendingSeriesEdits(concerning: record)
        for operation in edits where operation.state != .queued {
            let sent = operation.record == record ? operation.content : operation.series?.remainder
            guard let sent else { continue }
            agreed.take(from: remote, besides: remote.changedFields(from: canonical(sent)))
        }
        return agreed
    }

    /// Moves unsent edits onto what the service has now, so that sending them undoes nothing; the rest are settled.
    func rebase(
        _ link: inout EventLink,
        onto event: RemoteEvent,
        base: EventContent,
        keeping kept: SyncConflict.Side,
        _ draft: inout SyncDraft
    ) {
        var isFirst = true
        for var operation in draft.pendingUpdates(of: link.record, in: calendar) {
            operation.content =
                EventMerger.merge(
                    base: base,
                    local: operation.content,
                    remote: event.content,
                    keeping: kept,
                    canonical: canonical
                ).content
            // One behind another may take back what that one changes, so it is sent although it equals the base.
            if isFirst, canonical(operation.content) == link.base {
                link.syncedRevision = operation.localRevision
                draft.settle(operation.id)
            } else {
                draft.put(operation)
                isFirst = false
            }
        }
    }

    /// Removes an event that the service removed; what the host had edited and not sent stays readable as a conflict.
    func remove(_ id: RemoteEventID, _ draft: inout SyncDraft) {
        for link in draft.exceptions(of: id) + [draft.links[id]].compactMap(\.self) { noteLostEdit(of: link, &draft) }
        draft.removeEvent(id, now: now)
    }

    private func noteLostEdit(of link: EventLink, _ draft: inout SyncDraft) {
        guard link.isPrimary, let record = draft.records[link.record], record.localRevision > link.syncedRevision,
            canonical(record.content) != link.base
        else { return }
        draft.note(
            SyncConflict(
                id: newConflictID(),
                calendar: calendar,
                event: link.event,
                record: record.id,
                kind: .deletedRemotely,
                fields: [],
                base: link.base,
                local: record.content,
                remote: nil,
                kept: .remote,
                isOpen: policy == .ask,
                at: now,
                activity: record.activity
            )
        )
    }

    /// Whether the host has deleted the event: then its link stays as it was until the deletion is decided.
    ///
    /// Taking over the new version here would let the deletion pass unseen over what somebody else changed; with the old
    /// one the service refuses it, and the sender looks at both sides.
    func isDeletedInHost(_ link: EventLink, _ draft: SyncDraft) -> Bool {
        link.isPrimary && draft.records[link.record] == nil
    }
}
