import CalendarCore

/// The feeds of events and of calendars.
extension InMemoryCalendars {
    /// Lists the events by id in a full round and reads the log in a later one.
    ///
    /// Positions read `generation/kind/from/logged`.
    func changes(in calendar: CalendarID, from position: ChangePosition) throws -> ChangePage {
        switch position {
        case .beginning: return list(calendar, from: 0, logged: log.count)
        case .page(let point):
            let parts = try parts(of: point.rawValue, upTo: log.count)
            return parts.kind == "list"
                ? list(calendar, from: parts.from, logged: parts.logged)
                : read(calendar, from: parts.from, to: parts.logged)
        case .cursor(let cursor):
            return read(calendar, from: try parts(of: cursor.rawValue, upTo: log.count).from, to: log.count)
        }
    }

    private func list(_ calendar: CalendarID, from: Int, logged: Int) -> ChangePage {
        var ids = Set((events[calendar] ?? [:]).keys)
        ids.formUnion((cancelled[calendar] ?? [:]).keys)
        ids.formUnion((unreadable[calendar] ?? [:]).keys)
        let all = ids.sorted()
        let slice = all.dropFirst(from).prefix(pageSize)
        let next = from + slice.count
        return ChangePage(
            changes: slice.map { change(of: $0, in: calendar) },
            continuation: next < all.count
                ? .more(ResumePoint("\(generation)/list/\(next)/\(logged)"))
                : .end(SyncCursor("\(generation)/log/\(logged)/\(logged)"))
        )
    }

    private func read(_ calendar: CalendarID, from: Int, to: Int) -> ChangePage {
        let upper = min(to, from + pageSize)
        let changes = log[from..<upper].filter { $0.calendar == calendar }.map { change(of: $0.event, in: calendar) }
        return ChangePage(
            changes: changes,
            continuation: upper < to
                ? .more(ResumePoint("\(generation)/log/\(upper)/\(to)"))
                : .end(SyncCursor("\(generation)/log/\(to)/\(to)"))
        )
    }

    private func change(of id: RemoteEventID, in calendar: CalendarID) -> RemoteChange {
        if let issue = unreadable[calendar]?[id] { return .unreadable(issue) }
        if let event = events[calendar]?[id] { return .upserted(event) }
        if let key = cancelled[calendar]?[id] { return .occurrenceCancelled(key, id: id, etag: nil) }
        return .removed(id, isCertain: true)
    }

    func listing(since cursor: SyncCursor?) throws -> CalendarListing {
        let next = SyncCursor("\(generation)/calendars/\(calendarLog.count)/\(calendarLog.count)")
        guard let cursor else { return CalendarListing(calendars: calendars, isComplete: true, cursor: next) }
        let changed = Set(calendarLog[try parts(of: cursor.rawValue, upTo: calendarLog.count).from...])
        return CalendarListing(
            calendars: calendars.filter { changed.contains($0.id) },
            removed: changed.filter { id in !calendars.contains { $0.id == id } }.sorted(),
            isComplete: false,
            cursor: next
        )
    }

    private func parts(of text: String, upTo limit: Int) throws -> (kind: Substring, from: Int, logged: Int) {
        let parts = text.split(separator: "/")
        guard parts.count == 4, parts[0] == "\(generation)", let from = Int(parts[2]), let logged = Int(parts[3]),
            logged <= limit
        else { throw CalendarError(.cursorExpired, "The position in the change feed is void.") }
        return (parts[1], from, logged)
    }
}
