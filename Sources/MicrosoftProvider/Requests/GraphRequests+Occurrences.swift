import CalendarCore

extension GraphRequests {
    /// The occurrences of a series that touch a window (https://learn.microsoft.com/graph/api/event-list-instances).
    func instances(of series: RemoteEventID, during window: SyncWindow) throws -> HTTPRequest {
        let query = FormFields([
            ("startDateTime", window.start.rfc3339Text),
            ("endDateTime", (window.end ?? window.start).rfc3339Text),
            ("$expand", names.expansion),
        ])
        let endpoint = Endpoint(root, "me", "events", series.rawValue, "instances", query: query)
        return get(try endpoint.url, "events.instances", isPaged: true)
    }

    /// Which occurrences of a series were deleted, which Graph tells only when asked for it.
    func deletedOccurrences(of series: RemoteEventID) throws -> HTTPRequest {
        let query = FormFields([("$select", "cancelledOccurrences")])
        return get(try Endpoint(root, "me", "events", series.rawValue, query: query).url, "events.get", body: false)
    }
}
