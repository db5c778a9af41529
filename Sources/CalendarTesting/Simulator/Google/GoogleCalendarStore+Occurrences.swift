import CalendarCore
import Foundation

/// The most occurrences of one series that the service expands.
private let expansionLimit = 730

extension GoogleCalendarStore {
    /// The occurrences of a series in a window whose bounds are both exclusive, exceptions in their places.
    ///
    /// A rule that is not expanded yet gives its first occurrence only.
    ///
    /// - Parameters:
    ///   - master: The master as stored.
    ///   - lower: Occurrences end after it.
    ///   - upper: Occurrences start before it.
    /// - Returns: Effective rows in the order of their starts, cancelled ones included.
    func occurrences(of master: GoogleEventRow, after lower: Date?, before upper: Date?) -> [GoogleEventRow] {
        let exceptions = exceptions(of: master.id)
        var rows = originalStarts(of: master, after: lower, before: upper).map { original in
            occurrence(of: master, at: original)
        }
        rows.removeAll { row in exceptions.contains { $0.id == row.id } }
        rows += exceptions.map(effective).filter { $0.overlaps(after: lower, before: upper, zone: zone) }
        return rows.sorted { left, right in
            let first = left.start.date(floatingIn: zone)
            let second = right.start.date(floatingIn: zone)
            return first == second ? left.id < right.id : first < second
        }
    }

    /// The occurrence of a series with an original start, as the rule gives it.
    func occurrence(of master: GoogleEventRow, at original: EventTime) -> GoogleEventRow {
        var row = GoogleEventRow(
            id: "\(Self.base(of: master.id))_\(GoogleEventTimes.occurrenceStamp(original))",
            iCalUID: master.iCalUID,
            start: original,
            end: original.adding(seconds: master.seconds),
            creator: master.creator,
            organizer: master.organizer,
            now: master.created
        )
        row.organizerName = master.organizerName
        row.status = master.status
        row.sequence = master.sequence
        row.updated = master.updated
        row.version = master.version
        row.seriesID = master.id
        row.originalStart = original
        row.hasOwnTimes = false
        return effective(row)
    }

    /// The row with an id, or the occurrence that the id names although nothing about it differs.
    func find(_ id: String) -> GoogleEventRow? {
        let stored = self[id].flatMap { $0.life == .forgotten ? nil : $0 }
        if let stored, stored.life == .live { return stored }
        // A split leaves stubs under ids that the later half then gives to occurrences of its own.
        guard let separator = id.lastIndex(of: "_") else { return stored }
        let stamp = String(id[id.index(after: separator)...])
        for master in family(of: String(id[..<separator])) {
            if let original = originalStart(of: master, stamp: stamp) { return occurrence(of: master, at: original) }
        }
        return stored
    }

    /// Whether a series produces an original start.
    func produces(_ original: EventTime, _ master: GoogleEventRow) -> Bool {
        guard original.isAllDay == master.start.isAllDay else { return false }
        let instant = original.date(floatingIn: zone)
        return originalStarts(of: master, after: instant.addingTimeInterval(-1), before: instant.addingTimeInterval(1))
            .contains { $0.date(floatingIn: zone) == instant }
    }

    private func originalStart(of master: GoogleEventRow, stamp: String) -> EventTime? {
        let original: EventTime
        if case .zoned(let first) = master.start {
            guard stamp.hasSuffix("Z"), let reading = CivilDateTime(String(stamp.dropLast())) else { return nil }
            original = .zoned(ZonedDateTime(EventZone.utc.date(of: reading), in: first.zone))
        } else {
            guard let day = CivilDate(stamp) else { return nil }
            original = .day(day)
        }
        return produces(original, master) ? original : nil
    }

    private func originalStarts(of master: GoogleEventRow, after lower: Date?, before upper: Date?) -> [EventTime] {
        let recurrence = Recurrence(lines: master.recurrence)
        guard recurrence.problem == nil else {
            return master.overlaps(after: lower, before: upper, zone: zone) ? [master.start] : []
        }
        let set = RecurrenceSet(recurrence, start: master.start, duration: .seconds(master.seconds))
        let first = lower ?? Date(secondsSinceEpoch: -62_000_000_000)
        let last = upper ?? Date(secondsSinceEpoch: 253_000_000_000)
        guard first < last else { return [] }
        var starts: [EventTime] = []
        for start in set.occurrences(in: first..<last, floatingIn: zone) {
            // The window of the set includes its lower bound.
            if let lower, start.adding(seconds: master.seconds).date(floatingIn: zone) <= lower { continue }
            starts.append(start)
            if starts.count == expansionLimit { break }
        }
        return starts
    }
}
