import CalendarCore

extension GraphRequests {
    /// The groups of calendars (https://learn.microsoft.com/graph/api/user-list-calendargroups).
    func calendarGroups() throws -> HTTPRequest {
        let query = FormFields([("$top", "\(pageSize)")])
        return get(try Endpoint(root, "me", "calendarGroups", query: query).url, "calendarGroups.list", body: false)
    }

    /// The calendars of one group.
    func calendars(inGroup id: String) throws -> HTTPRequest {
        let query = FormFields([("$top", "\(pageSize)"), ("$select", "id")])
        let endpoint = Endpoint(root, "me", "calendarGroups", id, "calendars", query: query)
        return get(try endpoint.url, "calendarGroups.calendars", body: false)
    }

    /// The events and occurrences of a calendar that touch a window, as far as they fill its owner's time
    /// (https://learn.microsoft.com/graph/api/calendar-list-calendarview).
    ///
    /// - Parameters:
    ///   - calendar: The calendar; nil for the default one.
    ///   - window: The window, shorter than 1,825 days.
    /// - Returns: The request for the first page.
    /// - Throws: `CalendarError.invalidArgument` for an id that cannot stand in an address.
    func busyView(of calendar: CalendarID?, during window: SyncWindow) throws -> HTTPRequest {
        let query = FormFields([
            ("startDateTime", window.start.rfc3339Text),
            ("endDateTime", (window.end ?? window.start).rfc3339Text),
            ("$select", "start,end,isAllDay,isCancelled,showAs,responseStatus"),
            ("$top", "\(pageSize)"),
        ])
        let endpoint =
            calendar.map { Endpoint(root, "me", "calendars", $0.rawValue, "calendarView", query: query) }
            ?? Endpoint(root, "me", "calendarView", query: query)
        return get(try endpoint.url, "calendarView.list", body: false)
    }
}
