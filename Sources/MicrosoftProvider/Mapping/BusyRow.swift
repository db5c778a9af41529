import CalendarCore

/// A row of a calendar's view as time that its owner does not have.
enum BusyRow {
    /// The time a row takes; nil when it takes none: it is cancelled, declined, free, or lasts no time.
    ///
    /// - Parameters:
    ///   - row: The row, its times read in UTC.
    ///   - allDayZone: Where the days of all-day events lie, which Graph shows as dates.
    /// - Returns: The interval.
    /// - Throws: `UnreadableField` for a row without usable times, so that its calendar does not read as free.
    static func interval(_ row: JSONValue, allDayZone: EventZone) throws(UnreadableField) -> BusyInterval? {
        guard row["isCancelled"]?.bool != true, AttendeeMapping.ownAnswer(row) != .declined else { return nil }
        let availability = AvailabilityMapping.availability(row["showAs"]?.string ?? "busy")
        guard availability.blocksTime else { return nil }
        guard let start = GraphDateTime(row["start"]) else { throw UnreadableField(name: "start") }
        guard let end = GraphDateTime(row["end"]) else { throw UnreadableField(name: "end") }
        let isAllDay = row["isAllDay"]?.bool == true
        let from = isAllDay ? EventTime.day(start.civil.date).date(floatingIn: allDayZone) : start.date
        let to = isAllDay ? EventTime.day(end.civil.date).date(floatingIn: allDayZone) : end.date
        return from < to ? BusyInterval(start: from, end: to, availability: availability) : nil
    }
}
