import CalendarCore
import Foundation

/// How the service's own app cuts a series and changes all of it (reference: what each edit looks like in the feed).
extension GoogleService {
    /// Cuts a series at an occurrence and changes the later half.
    ///
    /// - Parameters:
    ///   - master: The master, live and with a rule.
    ///   - original: The original start of the first occurrence of the later half.
    ///   - index: The calendar's position.
    ///   - edit: Changes the content of the later half.
    /// - Returns: The id of the later half's master; nil at the first occurrence, where nothing is done.
    mutating func split(
        _ master: GoogleEventRow,
        at original: EventTime,
        calendar index: Int,
        _ edit: (inout EventContent) -> Void
    ) -> String? {
        let version = nextVersion()
        guard let half = end(master, before: original, calendar: index, version: version) else { return nil }
        var later = master
        later.start = half.start
        later.end = half.start.adding(seconds: master.seconds)
        later.fields["recurrence"] = .array(half.recurrence.lines.map { .string($0) })
        var content = GoogleContent.content(of: later)
        edit(&content)
        let keepsTimes = content.start == later.start && content.end == later.end
        let stamp = GoogleEventTimes.occurrenceStamp(half.start).filter { $0 != "Z" }
        let id = keepsTimes ? "\(GoogleCalendarStore.base(of: master.id))_R\(stamp)" : nextText(26)
        var row = GoogleEventRow(
            id: id,
            iCalUID: "\(id)@google.com",
            start: later.start,
            end: later.end,
            creator: master.creator,
            organizer: master.organizer,
            now: keepsTimes ? master.created : now
        )
        row.organizerName = master.organizerName
        row.status = master.status
        row.sequence = master.sequence
        row.fields = later.fields
        calendars[index][id] = row
        let resource = edited(row, calendar: index, edit)
        require { service throws(GoogleRefusal) in
            try service.update(row, to: resource, calendar: index, query: FormFields(), .all)
        }
        calendars[index].touch(all: [master.id, id], version: nextVersion(), now: now)
        return id
    }

    /// Ends a series before an occurrence.
    ///
    /// - Parameters:
    ///   - master: The master, live and with a rule.
    ///   - original: The original start of the first occurrence that goes.
    ///   - index: The calendar's position.
    ///   - version: The transaction's version.
    /// - Returns: What follows; nil at the first occurrence, where nothing is done.
    mutating func end(
        _ master: GoogleEventRow,
        before original: EventTime,
        calendar index: Int,
        version: Int64
    ) -> RecurringSeries? {
        precondition(master.isMaster && master.life == .live, "This is no series.")
        let series = RecurringSeries(
            Recurrence(lines: master.recurrence),
            start: master.start,
            duration: .seconds(master.seconds)
        )
        let parts: SeriesSplit
        do throws(SeriesError) {
            parts = try series.split(at: original)
        } catch {
            guard error == .isFirstOccurrence else { preconditionFailure("The series cannot be cut there.") }
            return nil
        }
        let until = Self.until(original, in: master.start)
        var lines = parts.before.recurrence.lines.filter { !$0.uppercased().hasPrefix("RRULE:") }
        for line in master.recurrence.reversed() where line.uppercased().hasPrefix("RRULE:") {
            let isWhole = parts.before.recurrence.lines.contains(line)
            let rest = line.split(separator: ";").filter { part in
                !part.uppercased().hasPrefix("COUNT=") && !part.uppercased().hasPrefix("UNTIL=")
            }
            lines.insert(isWhole ? line : rest.joined(separator: ";") + ";UNTIL=" + until, at: 0)
        }
        calendars[index][master.id]?.fields["recurrence"] = .array(lines.map { .string($0) })
        dropOrphans(of: master.id, calendar: index, version: version)
        calendars[index].touch(master.id, version: version, now: now)
        mirror(master.id, in: index)
        if let ended = calendars[index][master.id] { notifyChange(from: master, to: ended, .all) }
        return parts.after
    }

    /// The UNTIL that the app writes: the end of the day before, in the series' zone.
    private static func until(_ original: EventTime, in start: EventTime) -> String {
        switch (original, start) {
        case (.zoned(let time), .zoned(let first)):
            let midnight = CivilDateTime(startOf: first.zone.civil(at: time.date).date)
            let last = first.zone.date(of: midnight).addingTimeInterval(-1)
            return EventZone.utc.civil(at: last).basicText + "Z"
        case (.day(let day), _): return day.adding(days: -1).basicText
        default: preconditionFailure("The series cannot be cut there.")
        }
    }

    /// Changes what all parts of a series say, exceptions included, in one transaction.
    mutating func changeFamily(of id: String, calendar index: Int, _ edit: (inout EventContent) -> Void) {
        let masters = calendars[index].family(of: id)
        precondition(!masters.isEmpty, "This is no series.")
        for master in masters {
            let before = calendars[index].render(master)
            let after = edited(master, calendar: index) { content in
                let (start, end, recurrence) = (content.start, content.end, content.recurrence)
                edit(&content)
                (content.start, content.end, content.recurrence) = (start, end, recurrence)
            }
            let keys = GoogleEventFields.shared + GoogleEventFields.personal
            for exception in calendars[index].exceptions(of: master.id) {
                for key in keys where before[key] != after[key] { calendars[index][exception.id]?.fields[key] = nil }
            }
            require { service throws(GoogleRefusal) in
                try service.update(master, to: after, calendar: index, query: FormFields(), .all)
            }
        }
        calendars[index].touch(all: masters.map(\.id), version: nextVersion(), now: now)
    }

    /// The resource that the app sends after a person has edited a row.
    func edited(_ row: GoogleEventRow, calendar index: Int, _ edit: (inout EventContent) -> Void) -> JSONNode {
        var content = GoogleContent.content(of: calendars[index].effective(row))
        edit(&content)
        var resource = calendars[index].render(row)
        let edited = GoogleContent.resource(content, zone: calendars[index].zone)
        for key in ["summary", "description", "location", "recurrence", "visibility"] { resource[key] = nil }
        for member in edited.object?.members ?? [] { resource[member.key] = member.value }
        return resource
    }

    /// Does something that the service must accept; a refusal is a mistake in the test and stops the program.
    mutating func require(_ body: (inout GoogleService) throws(GoogleRefusal) -> Void) {
        do throws(GoogleRefusal) {
            try body(&self)
        } catch {
            preconditionFailure("The service would refuse this change: \(error.reason)")
        }
    }
}
