import CalendarCore

/// A `date` that holds a date-time, as old recordings of all-day events have: `"date":"2008-09-24T10:30:00-07:00"`.
enum DateWithTime {
    /// The day before the `T`, which is that of the event's own calendar.
    static func day(_ text: String) -> CivilDate? {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.first.flatMap { CivilDate(String($0)) }
    }
}
