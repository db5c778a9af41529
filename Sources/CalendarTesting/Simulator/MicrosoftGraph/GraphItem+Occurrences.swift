import CalendarCore
import Foundation

extension GraphItem {
    /// Whether a span of time touches a window; one without length counts at its start.
    static func overlaps(_ start: Date, _ end: Date, _ window: Swift.Range<Date>) -> Bool {
        start < window.upperBound && (end > window.lowerBound || (start == end && start >= window.lowerBound))
    }

    /// Whether a single event lies in a window, or a series has an occurrence there.
    func isInside(_ window: Swift.Range<Date>) -> Bool {
        recurrence == nil ? Self.overlaps(start.date, end.date, window) : !slots(in: window).isEmpty
    }

    /// The occurrences of a series in a window, by start; linear in the dates since the series began.
    func slots(in window: Swift.Range<Date>) -> [GraphSlot] {
        guard let recurrence else { return [] }
        let limit = EventZone(recurrence.zoneName).civil(at: window.upperBound).date.adding(days: 1)
        let changed = exceptions.map(\.date)
        var slots = recurrence.dates(through: limit).filter { !changed.contains($0) }.compactMap { plainSlot(on: $0) }
        slots += exceptions.compactMap { slot(on: $0.date) }
        return slots.filter { Self.overlaps($0.start.date, $0.end.date, window) }
            .sorted { ($0.start.date, $0.date) < ($1.start.date, $1.date) }
    }

    /// The occurrence that the pattern produced on a date; nil when there is none, or it was cancelled.
    func slot(on date: CivilDate) -> GraphSlot? {
        guard let recurrence, recurrence.dates(through: date).last == date, var slot = plainSlot(on: date) else {
            return nil
        }
        if let exception = exceptions.first(where: { $0.date == date }) {
            (slot.start, slot.end, slot.exception) = (exception.start, exception.end, exception)
        }
        return slot
    }

    /// The occurrence whose slot is nearest to a date; nil for a series without occurrences and for a single event.
    func slot(nearest date: CivilDate) -> GraphSlot? {
        guard let recurrence else { return nil }
        func distance(_ other: CivilDate) -> Int { abs(other.daysSinceEpoch - date.daysSinceEpoch) }
        let dates = recurrence.dates(through: date.adding(days: 366)).filter { !cancelledDates.contains($0) }
        return dates.min { distance($0) < distance($1) }.flatMap { slot(on: $0) }
    }

    /// The occurrence of a date as the pattern says, unless it was cancelled.
    private func plainSlot(on date: CivilDate) -> GraphSlot? {
        guard let recurrence, !cancelledDates.contains(date) else { return nil }
        let first = start.on(recurrence.zoneName)
        let length = end.on(recurrence.zoneName).civil.secondsSinceEpoch - first.civil.secondsSinceEpoch
        var begin = first
        begin.civil = CivilDateTime(date: date, secondOfDay: first.civil.secondOfDay)
        return GraphSlot(
            date: date,
            originalStart: begin.date,
            start: begin,
            end: begin.adding(seconds: length),
            exception: nil
        )
    }

    /// Whether an occurrence that starts on a day stays between its neighbours.
    func fits(_ slot: GraphSlot, startingOn day: CivilDate) -> Bool {
        guard let recurrence else { return true }
        let days = recurrence.dates(through: max(day, slot.date).adding(days: 400 * recurrence.interval))
            .filter { !cancelledDates.contains($0) && $0 != slot.date }
        func start(_ date: CivilDate) -> CivilDate {
            exceptions.first { $0.date == date }?.start.on(recurrence.zoneName).civil.date ?? date
        }
        let before = days.last { $0 < slot.date }.map { start($0) < day } ?? true
        let after = days.first { $0 > slot.date }.map { start($0) > day } ?? true
        return before && after
    }

    /// Moves a series to the first date that fits its pattern (https://learn.microsoft.com/graph/outlook-schedule-recurring-events).
    mutating func moveToFirstDate() throws(GraphFailure) {
        guard var rule = recurrence else { return }
        guard let first = rule.firstDate else { throw .recurrence("The recurrence has no occurrence.") }
        let days = first.daysSinceEpoch - rule.startDate.daysSinceEpoch
        start.civil = start.civil.adding(days: days)
        end.civil = end.civil.adding(days: days)
        rule.startDate = first
        recurrence = rule
    }

    /// Refuses occurrences that are still going on when the next one begins; the first hundred stand for all.
    func checkSpacing() throws(GraphFailure) {
        guard let recurrence else { return }
        let first = start.on(recurrence.zoneName).civil.secondsSinceEpoch
        let seconds = end.on(recurrence.zoneName).civil.secondsSinceEpoch - first
        let limit = recurrence.startDate.adding(days: recurrence.interval * 366 + 400)
        let dates = recurrence.dates(through: limit).prefix(100)
        let gap = zip(dates, dates.dropFirst()).map { $1.daysSinceEpoch - $0.daysSinceEpoch }.min()
        guard let gap, seconds > Int64(gap) * 86_400 else { return }
        throw GraphFailure(
            status: 400,
            code: "ErrorOccurrenceTimeSpanTooBig",
            message: "The duration of an occurrence exceeds the time to the next one."
        )
    }
}
