import Foundation

extension EventContent {
    /// What one occurrence of the series says that differs in nothing.
    func occurrence(at originalStart: EventTime) -> EventContent {
        let length = end.date(floatingIn: .utc).timeIntervalSince(start.date(floatingIn: .utc))
        var occurrence = self
        occurrence.recurrence = nil
        occurrence.start = originalStart
        occurrence.end = originalStart.advanced(bySeconds: length)
        return occurrence
    }
}
