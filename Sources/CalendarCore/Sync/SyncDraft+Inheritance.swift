import Foundation

/// What a series' change in the service means for the occurrences that only the host knows to differ.
extension SyncDraft {
    /// Lets occurrences that the service does not hold follow their series, and the unsent edits of them; of the others
    /// the service tells.
    mutating func passOnSeriesChanges(at now: Date) {
        guard !snapshot.records.isEmpty else { return }
        let changed = changedRecords.filter { snapshot.records[$0] != nil && records[$0]?.role == .series }
        guard !changed.isEmpty else { return }
        let held = Set(links.values.filter { !$0.isCopy }.map(\.record))
        for id in changed {
            guard let earlier = snapshot.records[id], let series = records[id] else { continue }
            let unheld = exceptions(ofRecord: id).filter { exception in
                !held.contains(exception.id) && linksElsewhere(of: exception.id).allSatisfy(\.isCopy)
            }
            let inheriting = SeriesInheritance(from: earlier.content, to: series.content)
                .applied(to: unheld, operations.values, at: now)
            for exception in inheriting.records { put(exception) }
            for operation in inheriting.operations { put(operation) }
        }
    }

    /// An exception as the service will tell it once its series has what the host says of it.
    ///
    /// What the host is still to send of the series reaches the exception there, too; so that no difference between the
    /// two sides' series is taken for one between their exceptions.
    func anticipated(
        _ event: RemoteEvent,
        of series: RemoteEventID,
        canonical: (EventContent) -> EventContent
    ) -> RemoteEvent {
        guard let link = links[series], let base = link.base, let record = records[link.record] else { return event }
        var anticipated = event
        anticipated.content = event.content.anticipating(record.content, insteadOf: base, canonical: canonical)
        return anticipated
    }
}
