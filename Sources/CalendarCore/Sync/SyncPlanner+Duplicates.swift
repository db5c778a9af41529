/// Events of one calendar with one UID that say the same: one record, a view each, and one issue (requirement R-09).
extension SyncPlanner {
    /// Records the groups of duplicates among what was read for the plan, and ends the issues of those that are none.
    ///
    /// Nothing is written or deleted because of them: which one is meant, only a person can say.
    func noteDuplicates(_ draft: inout SyncDraft) {
        let known = knownIssues.filter { $0.code == .duplicates }
        let found = duplicates(among: draft.links)
        for issue in known {
            guard let event = issue.event, draft.isLoaded(event), !found.contains(where: { $0.event == event }),
                draft.resolve(event)
            else { continue }
            for other in knownIssues where other.event == event && other.code != .duplicates { draft.keep(other) }
        }
        for issue in found {
            let earlier = known.first { $0.event == issue.event }
            if earlier == nil {
                draft.note(issue)
            } else if earlier?.message != issue.message || issue.event.map(draft.resolved.contains) ?? false {
                draft.keep(issue)
            }
        }
    }

    private func duplicates(among links: [RemoteEventID: EventLink]) -> [SyncIssue] {
        let shared = Set(links.values.filter { !$0.isPrimary && !$0.isCopy }.map(\.record))
        guard !shared.isEmpty else { return [] }
        let views = links.values
            .filter { shared.contains($0.record) && !$0.isCopy && $0.base != nil && $0.series == nil }
            .sorted { $0.event < $1.event }
        return Dictionary(grouping: views) { [$0.record.rawValue: $0.base] }.values
            .filter { $0.count > 1 }
            .map { group in
                SyncIssue(
                    event: group.first?.event,
                    code: .duplicates,
                    message: "\(group.count) events of the calendar have the same UID and say the same."
                )
            }
            .sorted { ($0.event?.rawValue ?? "") < ($1.event?.rawValue ?? "") }
    }
}
