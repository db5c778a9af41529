import CalendarCore

/// The entries of several pages put together; an entry that two pages name counts once, as the later says.
struct CalendarListEntries {
    private var order: [CalendarID] = []
    private var entries: [CalendarID: RemoteCalendar?] = [:]

    mutating func add(_ page: CalendarListPage) {
        for entry in page.entries {
            if entries.updateValue(entry.calendar, forKey: entry.id) == nil { order.append(entry.id) }
        }
    }

    /// The calendars that are there, in the service's order.
    var calendars: [RemoteCalendar] { order.compactMap { entries[$0] ?? nil } }

    /// The ids of those that are not, in the service's order.
    var removed: [CalendarID] { order.filter { (entries[$0] ?? nil) == nil } }
}
