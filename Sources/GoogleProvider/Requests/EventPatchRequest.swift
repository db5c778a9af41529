import CalendarCore
import Foundation

/// `events.patch` of the fields that changed, only if the version is still the expected one.
///
/// With an etag the request may be repeated: a second one meets the changed etag and is refused.
struct EventPatchRequest {
    let calendar: CalendarID
    let update: EventUpdate
    let changed: Set<EventField>
    let markers: MarkerNames

    func request(root: URL) throws -> HTTPRequest {
        let endpoint = Endpoint(
            root,
            "calendars",
            calendar.rawValue,
            "events",
            update.id.rawValue,
            query: WriteQuery(invitations: update.invitations).fieldsWithBody
        )
        var request = HTTPRequest(
            .patch,
            try endpoint.url,
            operation: "events.patch",
            headers: ["Content-Type": "application/json"],
            body: body,
            repeatSafety: update.etag == nil ? .onlyIfUnprocessed : .safe
        )
        request.headers["If-Match"] = update.etag
        return request
    }

    /// The changed fields as JSON; `{}` when there are none.
    var body: Data {
        var writer = JSONWriter()
        writer.object { writer in
            EventMapping(markers: markers).write(update.content, for: .patch(update), only: changed, to: &writer)
        }
        return writer.data
    }
}
