import CalendarCore
import Foundation

/// What an in-memory provider holds: calendars, events and the log that its change feed reads.
struct InMemoryCalendars {
    struct Failure {
        var call: InMemoryCalendarProvider.Call
        var error: CalendarError
        var afterTakingEffect: Bool
    }

    private struct Change {
        var calendar: CalendarID
        var event: RemoteEventID
    }

    var calendars = [RemoteCalendar(id: "primary-calendar", title: "Calendar", access: .owner, isPrimary: true)]
    var events: [CalendarID: [RemoteEventID: RemoteEvent]] = [:]
    var failures: [Failure] = []
    var calls: [InMemoryCalendarProvider.Call] = []
    var generation = 1
    private var log: [Change] = []
    private var version = 0
    private let pageSize: Int

    init(pageSize: Int) {
        self.pageSize = pageSize
    }

    mutating func put(_ event: RemoteEvent, in calendar: CalendarID) -> RemoteEvent {
        version += 1
        var stored = event
        stored.etag = "\"\(version)\""
        events[calendar, default: [:]][event.id] = stored
        log.append(Change(calendar: calendar, event: event.id))
        return stored
    }

    mutating func remove(_ id: RemoteEventID, from calendar: CalendarID) {
        guard events[calendar]?.removeValue(forKey: id) != nil else { return }
        log.append(Change(calendar: calendar, event: id))
    }

    func event(_ id: RemoteEventID, in calendar: CalendarID) throws -> RemoteEvent {
        guard let event = events[calendar]?[id] else {
            throw CalendarError(.notFound, "There is no such event.", identifier: id.rawValue)
        }
        return event
    }

    mutating func create(_ creation: EventCreation, in calendar: CalendarID) -> RemoteEvent {
        if let existing = events[calendar]?.values.first(where: { $0.creationKey == creation.key }) { return existing }
        let event = RemoteEvent(
            id: RemoteEventID(creation.key.rawValue),
            etag: nil,
            iCalUID: "\(creation.key)@in-memory",
            role: creation.content.recurrence == nil ? .single : .master,
            content: creation.content,
            isOrganizer: true,
            creationKey: creation.key
        )
        return put(event, in: calendar)
    }

    mutating func update(_ update: EventUpdate, in calendar: CalendarID) throws -> RemoteEvent {
        var event = try self.event(update.id, in: calendar)
        try check(update.etag, event)
        let fields = update.content.changedFields(from: update.base)
        guard !fields.isEmpty else { return event }
        for field in fields { event.content.take(field, from: update.content) }
        return put(event, in: calendar)
    }

    mutating func delete(_ deletion: EventDeletion, in calendar: CalendarID) throws {
        guard let event = events[calendar]?[deletion.id] else { return }
        try check(deletion.etag, event)
        remove(deletion.id, from: calendar)
    }

    private func check(_ etag: String?, _ event: RemoteEvent) throws {
        guard etag == nil || etag == event.etag else {
            throw CalendarError(.conflict, "The event has changed.", identifier: event.id.rawValue)
        }
    }

    func freeBusy(_ query: FreeBusyQuery) -> [String: BusyTime] {
        var answer: [String: BusyTime] = [:]
        for subject in query.subjects {
            guard calendars.contains(where: { $0.id.rawValue == subject }) else {
                answer[subject] = .unknown(reason: "notFound")
                continue
            }
            let busy = (events[CalendarID(subject)] ?? [:]).values.compactMap { event -> BusyInterval? in
                let start = event.content.start.date(floatingIn: .utc)
                let end = event.content.end.date(floatingIn: .utc)
                guard event.content.availability.blocksTime, start < query.end, end > query.start else { return nil }
                return BusyInterval(start: start, end: end, availability: event.content.availability)
            }
            answer[subject] = .known(busy.sorted())
        }
        return answer
    }
}

extension InMemoryCalendars {
    /// Lists the events by id in a full round and reads the log in a later one.
    ///
    /// Positions read `generation/kind/from/logged`.
    func changes(in calendar: CalendarID, from position: ChangePosition) throws -> ChangePage {
        switch position {
        case .beginning: return list(calendar, from: 0, logged: log.count)
        case .page(let point):
            let parts = try parts(of: point.rawValue)
            return parts.isListing
                ? list(calendar, from: parts.from, logged: parts.logged)
                : read(calendar, from: parts.from, to: parts.logged)
        case .cursor(let cursor):
            return read(calendar, from: try parts(of: cursor.rawValue).from, to: log.count)
        }
    }

    private func list(_ calendar: CalendarID, from: Int, logged: Int) -> ChangePage {
        let all = (events[calendar] ?? [:]).values.sorted { $0.id < $1.id }
        let slice = all.dropFirst(from).prefix(pageSize)
        let next = from + slice.count
        return ChangePage(
            changes: slice.map { .upserted($0) },
            continuation: next < all.count
                ? .more(ResumePoint("\(generation)/list/\(next)/\(logged)"))
                : .end(SyncCursor("\(generation)/log/\(logged)/\(logged)"))
        )
    }

    private func read(_ calendar: CalendarID, from: Int, to: Int) -> ChangePage {
        let upper = min(to, from + pageSize)
        let changes = log[from..<upper].filter { $0.calendar == calendar }.map { change -> RemoteChange in
            events[calendar]?[change.event].map { .upserted($0) } ?? .removed(change.event, isCertain: true)
        }
        return ChangePage(
            changes: changes,
            continuation: upper < to
                ? .more(ResumePoint("\(generation)/log/\(upper)/\(to)"))
                : .end(SyncCursor("\(generation)/log/\(to)/\(to)"))
        )
    }

    private func parts(of text: String) throws -> (isListing: Bool, from: Int, logged: Int) {
        let parts = text.split(separator: "/")
        guard parts.count == 4, parts[0] == "\(generation)", let from = Int(parts[2]), let logged = Int(parts[3]),
            logged <= log.count
        else { throw CalendarError(.cursorExpired, "The position in the change feed is void.") }
        return (parts[1] == "list", from, logged)
    }
}
