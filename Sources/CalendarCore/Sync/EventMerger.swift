public import Foundation

/// Merges two edits of one event field by field, against what both sides last agreed on; pure.
public enum EventMerger {
    /// A merged content and the fields both sides had changed differently.
    public struct Merge: Hashable, Sendable {
        /// The merged content.
        public let content: EventContent
        /// The fields in conflict, ordered by name.
        public let conflicts: [EventField]
        /// The side whose values of those fields are in the content.
        public let kept: SyncConflict.Side

        /// Creates a merge.
        public init(content: EventContent, conflicts: [EventField], kept: SyncConflict.Side = .remote) {
            self.content = content
            self.conflicts = conflicts
            self.kept = kept
        }
    }

    /// Keeps what only one side changed; where both changed a field differently, the policy decides.
    ///
    /// - Parameters:
    ///   - base: What both sides last agreed on, in canonical form.
    ///   - local: The host's content.
    ///   - remote: The service's content.
    ///   - policy: Which side's value stands in a conflict.
    ///   - localEditedAt: When a user of the host last edited the event.
    ///   - remoteEditedAt: When the service last changed it.
    ///   - canonical: The form in which contents are compared.
    /// - Returns: The merged content, the fields in conflict, and the side that was kept.
    public static func merge(
        base: EventContent,
        local: EventContent,
        remote: EventContent,
        policy: ConflictPolicy = .remoteWins,
        localEditedAt: Date? = nil,
        remoteEditedAt: Date? = nil,
        canonical: (EventContent) -> EventContent
    ) -> Merge {
        merge(
            base: base,
            local: local,
            remote: remote,
            keeping: policy.winner(localEditedAt: localEditedAt, remoteEditedAt: remoteEditedAt),
            canonical: canonical
        )
    }

    /// Merges where it is known already which side's values stand.
    static func merge(
        base: EventContent,
        local: EventContent,
        remote: EventContent,
        keeping kept: SyncConflict.Side,
        canonical: (EventContent) -> EventContent
    ) -> Merge {
        let localForm = canonical(local)
        let remoteForm = canonical(remote)
        let remoteChanges = remoteForm.changedFields(from: base)
        let different = localForm.changedFields(from: remoteForm)
        var content = remote
        var conflicts: [EventField] = []
        for field in localForm.changedFields(from: base).sorted() where different.contains(field) {
            let isConflict = remoteChanges.contains(field)
            if field == .attendees, isConflict {
                let guests = GuestMerge(base: base, local: local, remote: remote, keeping: kept, canonical: canonical)
                (content.attendees, content.attendeesAreIncomplete) = (guests.attendees, guests.areIncomplete)
                if guests.isConflict { conflicts.append(field) }
                continue
            }
            if isConflict { conflicts.append(field) }
            if !isConflict || kept == .local { content.take(field, from: local) }
        }
        return Merge(content: content, conflicts: conflicts, kept: kept)
    }
}
