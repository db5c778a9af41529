import Foundation

/// What a series' change in the service means for the occurrences that only the host knows to differ.
extension SyncDraft {
    /// Lets occurrences that the service does not hold follow their series, and the unsent edits of them; of the others
    /// the service tells.
    mutating func passOnSeriesChanges(at now: Date) {
        for id in changedRecords.sorted() {
            guard let earlier = snapshot.records[id], let series = records[id], series.role == .series else { continue }
            let unheld = exceptions(ofRecord: id).filter { !isHeld($0.id) }
            let inheriting = SeriesInheritance(from: earlier.content, to: series.content)
                .applied(to: unheld, operations.values)
            for var exception in inheriting.records {
                exception.updatedAt = now
                put(exception)
            }
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

    /// Whether a service holds an event of the record that is no copy of ours.
    private func isHeld(_ record: RecordID) -> Bool {
        links.values.contains { $0.record == record && !$0.isCopy }
            || linksElsewhere(of: record).contains { !$0.isCopy }
    }
}
