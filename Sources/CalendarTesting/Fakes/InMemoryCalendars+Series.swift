import CalendarCore
import Foundation

/// Series: only masters and the occurrences that differ are stored; all others follow from the rules.
extension InMemoryCalendars {
    func occurrence(_ key: OccurrenceKey, in calendar: CalendarID) throws -> RemoteEvent {
        let instant = key.originalStart.date(floatingIn: .utc)
        if let exception = exceptions(of: key.series, in: calendar).first(where: { Self.start(of: $0) == instant }) {
            return exception
        }
        guard let master = events[calendar]?[key.series], let recurrence = master.content.recurrence,
            !isCancelled(key, in: calendar)
        else { throw notFound(key.series) }
        let set = RecurrenceSet(recurrence, start: master.content.start, unmatchedStart: .counts)
        var found = set.occurrences(in: instant..<instant.addingTimeInterval(1), floatingIn: .utc).makeIterator()
        guard let start = found.next() else { throw notFound(key.series) }
        return Self.occurrence(of: master, at: start)
    }

    /// The occurrences that touch a window, ascending by start.
    func instances(of series: RemoteEventID, in calendar: CalendarID, during window: SyncWindow) throws -> [RemoteEvent]
    {
        guard let master = events[calendar]?[series], let recurrence = master.content.recurrence else {
            throw notFound(series)
        }
        let set = RecurrenceSet(
            recurrence,
            start: master.content.start,
            duration: .seconds(Self.seconds(master.content)),
            unmatchedStart: .counts
        )
        guard window.end != nil || set.isFinite else {
            throw CalendarError.invalidArgument("window", "A series without end needs a window with one.")
        }
        let exceptions = exceptions(of: series, in: calendar)
        let replaced = Set(exceptions.compactMap(Self.start))
        let starts = set.occurrences(in: window.start..<(window.end ?? .distantFuture), floatingIn: .utc)
        let regular = starts.map { Self.occurrence(of: master, at: $0) }.filter { occurrence in
            guard case .exception(let key) = occurrence.role else { return false }
            return !replaced.contains(key.originalStart.date(floatingIn: .utc)) && !isCancelled(key, in: calendar)
        }
        let span = { (event: RemoteEvent) in
            (event.content.start.date(floatingIn: .utc), event.content.end.date(floatingIn: .utc))
        }
        let moved = exceptions.filter { window.overlaps(start: span($0).0, end: span($0).1) }
        return (regular + moved).sorted { (span($0).0, $0.id) < (span($1).0, $1.id) }
    }

    /// The stored occurrences of a series, ordered by id.
    func exceptions(of series: RemoteEventID, in calendar: CalendarID) -> [RemoteEvent] {
        (events[calendar] ?? [:]).values.filter { event in
            if case .exception(let key) = event.role { key.series == series } else { false }
        }.sorted { $0.id < $1.id }
    }

    /// The place in its series of a stored occurrence, or of one that only its id names; nil for any other event.
    func occurrenceKey(of id: RemoteEventID, in calendar: CalendarID) -> OccurrenceKey? {
        if let event = events[calendar]?[id] {
            guard case .exception(let key) = event.role, events[calendar]?[key.series] != nil else { return nil }
            return key
        }
        guard let cut = id.rawValue.lastIndex(of: "_") else { return nil }
        let series = RemoteEventID(String(id.rawValue[..<cut]))
        guard let seconds = Double(id.rawValue[cut...].dropFirst()), let master = events[calendar]?[series],
            master.content.recurrence != nil
        else { return nil }
        let instant = Date(timeIntervalSince1970: seconds)
        let start: EventTime =
            switch master.content.start {
            case .day: .day(EventZone.utc.civil(at: instant).date)
            case .zoned(let time): .zoned(ZonedDateTime(instant, in: time.zone))
            }
        return OccurrenceKey(series: series, originalStart: start)
    }

    private func isCancelled(_ key: OccurrenceKey, in calendar: CalendarID) -> Bool {
        let instant = key.originalStart.date(floatingIn: .utc)
        return (cancelled[calendar] ?? [:]).values.contains {
            $0.series == key.series && $0.originalStart.date(floatingIn: .utc) == instant
        }
    }

    private static func start(of exception: RemoteEvent) -> Date? {
        guard case .exception(let key) = exception.role else { return nil }
        return key.originalStart.date(floatingIn: .utc)
    }

    private static func seconds(_ content: EventContent) -> Double {
        content.end.date(floatingIn: .utc).timeIntervalSince(content.start.date(floatingIn: .utc))
    }

    /// An occurrence as its master makes it; its id names the original start, so that it need not be stored.
    private static func occurrence(of master: RemoteEvent, at start: EventTime) -> RemoteEvent {
        var event = master
        let instant = Int(start.date(floatingIn: .utc).timeIntervalSince1970)
        event.content.recurrence = nil
        event.content.start = start
        event.content.end = start.advanced(bySeconds: seconds(master.content))
        event.creationKey = nil
        return RemoteEvent(
            id: RemoteEventID("\(master.id)_\(instant)"),
            etag: master.etag,
            iCalUID: master.iCalUID,
            role: .exception(OccurrenceKey(series: master.id, originalStart: start)),
            content: event.content,
            isOrganizer: master.isOrganizer
        )
    }
}

extension InMemoryCalendars {
    func freeBusy(_ query: FreeBusyQuery) throws -> [String: BusyTime] {
        let window = try SyncWindow(start: query.start, end: query.end)
        var answer: [String: BusyTime] = [:]
        for subject in query.subjects {
            let calendar = CalendarID(subject)
            guard calendars.contains(where: { $0.id == calendar }) else {
                answer[subject] = .unknown(reason: "notFound")
                continue
            }
            let held = events[calendar] ?? [:]
            let touching = try held.values.flatMap { event -> [RemoteEvent] in
                if event.content.recurrence != nil { return try instances(of: event.id, in: calendar, during: window) }
                if case .exception(let key) = event.role, held[key.series] != nil { return [] }
                return [event]
            }
            let busy = touching.compactMap { event -> BusyInterval? in
                let start = event.content.start.date(floatingIn: .utc)
                let end = event.content.end.date(floatingIn: .utc)
                guard event.content.availability.blocksTime, window.overlaps(start: start, end: end) else { return nil }
                return BusyInterval(start: start, end: end, availability: event.content.availability)
            }
            answer[subject] = .known(busy.sorted())
        }
        return answer
    }
}
