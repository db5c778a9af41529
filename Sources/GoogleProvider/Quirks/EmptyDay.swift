import CalendarCore

/// An all-day event whose exclusive end is its start: `"start":{"date":"2013-05-07"},"end":{"date":"2013-05-07"}`.
enum EmptyDay {
    /// The end, at least one day after the start of an all-day event.
    static func end(_ end: EventTime, after start: EventTime) -> EventTime {
        guard case .day(let first) = start, case .day(let last) = end, last <= first else { return end }
        return .day(first.adding(days: 1))
    }
}
