import CalendarCore
import Foundation

/// `events.delete`; repeating it finds the event gone, which is success.
struct EventDeleteRequest {
    let calendar: CalendarID
    let deletion: EventDeletion

    func request(root: URL) throws -> HTTPRequest {
        let endpoint = Endpoint(
            root,
            "calendars",
            calendar.rawValue,
            "events",
            deletion.id.rawValue,
            query: WriteQuery(invitations: deletion.invitations).fields
        )
        var request = HTTPRequest(.delete, try endpoint.url, operation: "events.delete", repeatSafety: .safe)
        request.headers["If-Match"] = deletion.etag
        return request
    }
}
