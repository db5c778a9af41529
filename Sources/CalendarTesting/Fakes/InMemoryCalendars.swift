import CalendarCore
import Foundation

/// What an in-memory provider holds: calendars, events, and the logs that its feeds read.
struct InMemoryCalendars {
    struct Failure {
        var call: InMemoryCalendarProvider.Call
        var error: CalendarError
        var afterTakingEffect: Bool
    }

    struct Change {
        var calendar: CalendarID
        var event: RemoteEventID
    }

    var calendars = [RemoteCalendar(id: "primary-calendar", title: "Calendar", access: .owner, isPrimary: true)]
    /// Single events, masters, and the occurrences that differ.
    var events: [CalendarID: [RemoteEventID: RemoteEvent]] = [:]
    /// The occurrences that do not take place, by the id they go by.
    var cancelled: [CalendarID: [RemoteEventID: OccurrenceKey]] = [:]
    /// The events that the feed cannot read.
    var unreadable: [CalendarID: [RemoteEventID: SyncIssue]] = [:]
    var channels: [NotificationChannel] = []
    var deliveries: [WebhookRequest] = []
    var mailCount = 0
    var failures: [Failure] = []
    var calls: [InMemoryCalendarProvider.Call] = []
    var generation = 1
    private(set) var log: [Change] = []
    var calendarLog: [CalendarID] = []
    private var version = 0
    let pageSize: Int

    init(pageSize: Int) {
        self.pageSize = pageSize
    }

    mutating func put(_ event: RemoteEvent, in calendar: CalendarID) -> RemoteEvent {
        version += 1
        var stored = event
        stored.etag = "\"\(version)\""
        events[calendar, default: [:]][event.id] = stored
        cancelled[calendar]?[event.id] = nil
        record(event.id, in: calendar)
        return stored
    }

    mutating func putUnreadable(_ id: RemoteEventID, in calendar: CalendarID) {
        unreadable[calendar, default: [:]][id] = SyncIssue(
            event: id,
            code: .unreadableField,
            field: "start",
            message: "The start cannot be read."
        )
        record(id, in: calendar)
    }

    mutating func remove(_ id: RemoteEventID, from calendar: CalendarID) {
        if let key = occurrenceKey(of: id, in: calendar) {
            guard cancelled[calendar]?[id] == nil else { return }
            events[calendar]?[id] = nil
            cancelled[calendar, default: [:]][id] = key
            return record(id, in: calendar)
        }
        guard events[calendar]?.removeValue(forKey: id) != nil else { return }
        record(id, in: calendar)
        for exception in exceptions(of: id, in: calendar) {
            events[calendar]?[exception.id] = nil
            record(exception.id, in: calendar)
        }
        cancelled[calendar] = cancelled[calendar]?.filter { $0.value.series != id }
    }

    /// Enters a change into the log and tells those who watch the calendar.
    private mutating func record(_ id: RemoteEventID, in calendar: CalendarID) {
        log.append(Change(calendar: calendar, event: id))
        notify(calendar)
    }

    func event(_ id: RemoteEventID, in calendar: CalendarID) throws -> RemoteEvent {
        if let event = events[calendar]?[id] { return event }
        guard let key = occurrenceKey(of: id, in: calendar) else { throw notFound(id) }
        return try occurrence(key, in: calendar)
    }

    func notFound(_ id: RemoteEventID) -> CalendarError {
        CalendarError(.notFound, "There is no such event.", identifier: id.rawValue)
    }
}
