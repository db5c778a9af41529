import Foundation

extension SyncWindow {
    /// Whether an instant lies in the window.
    func contains(_ date: Date) -> Bool {
        date >= start && (end.map { date < $0 } ?? true)
    }

    /// Whether a listing of the window has to name an event, so that it is gone when it was not named.
    ///
    /// In doubt it has to, except for days, whose midnight depends on a zone: near an edge they need not be there. A
    /// series has to be named only while one of its occurrences touches the window (requirement M-35).
    func shouldHold(_ content: EventContent?) -> Bool {
        guard let content else { return true }
        guard let recurrence = content.recurrence else { return surelyOverlaps(content.start, content.end) }
        guard recurrence.problem == nil else { return true }
        let start = content.start.date(floatingIn: .utc)
        let length = max(0, content.end.date(floatingIn: .utc).timeIntervalSince(start))
        let set = RecurrenceSet(recurrence, start: content.start, unmatchedStart: .counts)
        let reach = self.start.addingTimeInterval(-length - 86_400)
        let starts = set.occurrences(in: reach..<(end ?? .distantFuture), floatingIn: .utc)
        return starts.contains { surelyOverlaps($0, $0.advanced(bySeconds: length)) }
    }

    private func surelyOverlaps(_ start: EventTime, _ end: EventTime) -> Bool {
        // A day begins up to 14 hours before it does in UTC, and up to 12 hours after.
        let (later, earlier): (Double, Double) = start.isAllDay ? (12 * 3600, 14 * 3600) : (0, 0)
        return overlaps(
            start: start.date(floatingIn: .utc).addingTimeInterval(later),
            end: end.date(floatingIn: .utc).addingTimeInterval(-earlier)
        )
    }
}
