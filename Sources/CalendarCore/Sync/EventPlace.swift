import Foundation

/// A calendar that an event is written to: the meeting's own, or a copy's (requirement M-12).
struct EventPlace: Hashable {
    /// The calendar.
    let calendar: CalendarKey
    /// Whether the event there is our copy.
    let isCopy: Bool

    /// What a record says there.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - moved: The original starts of a series' occurrences that have records of their own.
    /// - Returns: The content.
    func content(of record: EventRecord, besides moved: Set<Date>) -> EventContent {
        isCopy ? record.copiedContent(besides: moved) : record.content
    }

    /// The places of a record: where it is linked, and where its creation is still to be sent.
    ///
    /// - Parameters:
    ///   - links: Its links; views that the service made of the same meeting are no places of ours.
    ///   - operations: Its operations.
    /// - Returns: Each place once, by calendar.
    static func places(links: [EventLink], operations: [OutboxOperation]) -> [EventPlace] {
        let linked = links.filter { $0.isPrimary || $0.isCopy }.map {
            EventPlace(calendar: $0.calendar, isCopy: $0.isCopy)
        }
        // An edit of a series makes its second half, or an occurrence of its own, without any other creation.
        let intended = operations.filter { operation in
            let makes = operation.action == .create || operation.action == .series
            return operation.isPending && (makes || operation.isCopy && operation.action == .update)
        }
        .map { EventPlace(calendar: $0.calendar, isCopy: $0.isCopy) }
        let known = Set(linked.map(\.calendar))
        let all = Set(linked + intended.filter { !known.contains($0.calendar) })
        return all.sorted { $0.calendar < $1.calendar }
    }
}
