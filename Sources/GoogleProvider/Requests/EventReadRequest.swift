import CalendarCore
import Foundation

/// `events.get`.
struct EventReadRequest {
    let calendar: CalendarID
    let event: RemoteEventID

    func request(root: URL) throws -> HTTPRequest {
        let endpoint = Endpoint(root, "calendars", calendar.rawValue, "events", event.rawValue)
        return HTTPRequest(.get, try endpoint.url, operation: "events.get")
    }
}
