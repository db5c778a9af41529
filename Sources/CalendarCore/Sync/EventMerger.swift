/// Merges two edits of one event field by field, against what both sides last agreed on; pure.
public enum EventMerger {
    /// A merged content and the fields both sides had changed differently.
    public struct Merge: Hashable, Sendable {
        /// The merged content.
        public let content: EventContent
        /// The fields in conflict, of which the remote side's value was kept.
        public let conflicts: [EventField]

        /// Creates a merge.
        public init(content: EventContent, conflicts: [EventField]) {
            self.content = content
            self.conflicts = conflicts
        }
    }

    /// Keeps what only one side changed; where both changed a field differently, the remote side wins.
    ///
    /// - Parameters:
    ///   - base: What both sides last agreed on, in canonical form.
    ///   - local: The host's content.
    ///   - remote: The service's content.
    ///   - canonical: The form in which contents are compared.
    /// - Returns: The merged content and the fields in conflict, ordered by name.
    public static func merge(
        base: EventContent,
        local: EventContent,
        remote: EventContent,
        canonical: (EventContent) -> EventContent
    ) -> Merge {
        let localForm = canonical(local)
        let remoteForm = canonical(remote)
        let remoteChanges = remoteForm.changedFields(from: base)
        let different = localForm.changedFields(from: remoteForm)
        var content = remote
        var conflicts: [EventField] = []
        for field in localForm.changedFields(from: base).sorted() where different.contains(field) {
            if remoteChanges.contains(field) {
                conflicts.append(field)
            } else {
                content.take(field, from: local)
            }
        }
        return Merge(content: content, conflicts: conflicts)
    }
}
