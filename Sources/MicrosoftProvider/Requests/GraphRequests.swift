import CalendarCore
import Foundation

/// Builds the requests to Graph: addresses, the one `Prefer` header, preconditions and bodies.
///
/// Reads go through the calendar; writes address single events as `me/events/{id}`, because nested writes fail.
struct GraphRequests: Sendable {
    let root: URL
    let pageSize: Int
    let names: ExtendedPropertyNames

    // MARK: - Reading

    func calendars() throws -> HTTPRequest {
        let query = FormFields([("$top", "\(pageSize)")])
        return get(try Endpoint(root, "me", "calendars", query: query).url, "calendars.list", body: false)
    }

    func mailboxSettings() throws -> HTTPRequest {
        get(try Endpoint(root, "me", "mailboxSettings").url, "mailboxSettings.get", body: false)
    }

    /// A further page of any list.
    func page(_ link: GraphLink, operation: String) -> HTTPRequest {
        get(link.url, operation, isPaged: true)
    }

    func firstDelta(in calendar: CalendarID, window: SyncWindow) throws -> HTTPRequest {
        let query = FormFields([
            ("startDateTime", window.start.rfc3339Text),
            ("endDateTime", (window.end ?? window.start).rfc3339Text),
        ])
        let endpoint = Endpoint(
            root,
            "me",
            "calendars",
            calendar.rawValue,
            "calendarView",
            "delta",
            query: query
        )
        return get(try endpoint.url, "events.delta", isPaged: true)
    }

    /// Reads an event wherever in the mailbox it is.
    func event(_ id: RemoteEventID) throws -> HTTPRequest {
        let query = FormFields([("$expand", names.expansion)])
        return get(try Endpoint(root, "me", "events", id.rawValue, query: query).url, "events.get")
    }

    /// Reads an event by the path of its calendar, which alone finds those of shared calendars and none of others.
    func event(_ id: RemoteEventID, in calendar: CalendarID) throws -> HTTPRequest {
        let query = FormFields([("$expand", names.expansion)])
        let endpoint = Endpoint(root, "me", "calendars", calendar.rawValue, "events", id.rawValue, query: query)
        return get(try endpoint.url, "events.get")
    }

    /// The few fields that tell whether deleting an event would send mail.
    func guests(of id: RemoteEventID) throws -> HTTPRequest {
        let query = FormFields([("$select", "isOrganizer,attendees")])
        return get(try Endpoint(root, "me", "events", id.rawValue, query: query).url, "events.get", body: false)
    }

    func events(in calendar: CalendarID, createdUnder key: OperationID) throws -> HTTPRequest {
        let query = FormFields([("$filter", names.filter(key: key.rawValue)), ("$expand", names.recovery)])
        let endpoint = Endpoint(root, "me", "calendars", calendar.rawValue, "events", query: query)
        return get(try endpoint.url, "events.find", isPaged: true)
    }

    // MARK: - Writing

    func create(_ body: JSONObject, in calendar: CalendarID) throws -> HTTPRequest {
        let url = try Endpoint(root, "me", "calendars", calendar.rawValue, "events").url
        return write(.post, url, "events.create", body: body, repeatSafety: .onlyIfUnprocessed)
    }

    func update(_ id: RemoteEventID, _ body: JSONObject, etag: String?) throws -> HTTPRequest {
        let url = try Endpoint(root, "me", "events", id.rawValue).url
        var request = write(
            .patch,
            url,
            "events.update",
            body: body,
            repeatSafety: etag == nil ? .onlyIfUnprocessed : .safe
        )
        request.headers["If-Match"] = etag
        return request
    }

    func delete(_ id: RemoteEventID, etag: String?) throws -> HTTPRequest {
        let url = try Endpoint(root, "me", "events", id.rawValue).url
        var request = HTTPRequest(.delete, url, operation: "events.delete", repeatSafety: .safe)
        request.headers["Prefer"] = prefer()
        request.headers["If-Match"] = etag
        return request
    }

    /// The end of a meeting with a word to its guests; a second one could mail them again, so it is not repeated blindly.
    func cancel(_ id: RemoteEventID, comment: String) throws -> HTTPRequest {
        let url = try Endpoint(root, "me", "events", id.rawValue, "cancel").url
        let body = JSONObject([(key: "comment", value: .string(comment))])
        return write(.post, url, "events.cancel", body: body, repeatSafety: .onlyIfUnprocessed)
    }

    func schedule(_ addresses: [String], from start: Date, to end: Date) throws -> HTTPRequest {
        var body = JSONObject()
        body["schedules"] = .array(addresses.map { .string($0) })
        body["startTime"] = GraphDateTime.written(EventZone.utc.civil(at: start), zone: "UTC")
        body["endTime"] = GraphDateTime.written(EventZone.utc.civil(at: end), zone: "UTC")
        body["availabilityViewInterval"] = 30
        let url = try Endpoint(root, "me", "calendar", "getSchedule").url
        return write(.post, url, "freeBusy.query", body: body, repeatSafety: .safe)
    }

    // MARK: - Parts

    func get(_ url: URL, _ operation: String, body: Bool = true, isPaged: Bool = false) -> HTTPRequest {
        var request = HTTPRequest(.get, url, operation: operation)
        request.headers["Prefer"] = prefer(body: body, isPaged: isPaged)
        request.headers["Accept"] = "application/json"
        return request
    }

    func write(
        _ method: HTTPMethod,
        _ url: URL,
        _ operation: String,
        body: JSONObject,
        repeatSafety: HTTPRequest.RepeatSafety
    ) -> HTTPRequest {
        var request = HTTPRequest(
            method,
            url,
            operation: operation,
            body: JSONNode.object(body).data,
            repeatSafety: repeatSafety
        )
        request.headers["Prefer"] = prefer(body: true)
        request.headers["Accept"] = "application/json"
        request.headers["Content-Type"] = "application/json"
        return request
    }

    /// The preferences of a request, which Graph does not remember from one to the next.
    private func prefer(body: Bool = false, isPaged: Bool = false) -> String {
        var parts = ["IdType=\"ImmutableId\"", "outlook.timezone=\"UTC\""]
        if body { parts.append("outlook.body-content-type=\"html\"") }
        if isPaged { parts.append("odata.maxpagesize=\(pageSize)") }
        return parts.joined(separator: ", ")
    }
}
