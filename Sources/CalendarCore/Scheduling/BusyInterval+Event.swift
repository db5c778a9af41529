import Foundation

extension BusyInterval {
    /// The time an event takes from its owner.
    ///
    /// Nil when it takes none: it is cancelled, free, declined by the owner, or ends no later than it starts. A series
    /// has to be expanded first: only the time of its first occurrence is given. An event that is tentative as a whole
    /// is tentative time.
    ///
    /// - Parameters:
    ///   - content: The event.
    ///   - zone: Where the day of an all-day event lies.
    public init?(_ content: EventContent, floatingIn zone: EventZone) {
        let isDeclined = content.attendees.contains { $0.isSelf && $0.response == .declined }
        guard content.status != .cancelled, content.availability.blocksTime, !isDeclined else { return nil }
        let start = content.start.date(floatingIn: zone)
        let end = content.end.date(floatingIn: zone)
        guard start < end else { return nil }
        let isTentative = content.status == .tentative && content.availability == .busy
        self.init(start: start, end: end, availability: isTentative ? .tentative : content.availability)
    }
}
