import CalendarCore
import Foundation

/// `events.move`; repeating it blindly could meet the moved event, so an unknown outcome is looked up.
struct EventMoveRequest {
    let calendar: CalendarID
    let move: EventMove

    func request(root: URL) throws -> HTTPRequest {
        guard !move.destination.rawValue.isEmpty else {
            throw CalendarError.invalidArgument("destination", "The destination of a move is empty.")
        }
        var query = WriteQuery(invitations: move.invitations).fields
        query.add("destination", move.destination.rawValue)
        let endpoint = Endpoint(
            root,
            "calendars",
            calendar.rawValue,
            "events",
            move.event.rawValue,
            "move",
            query: query
        )
        var request = HTTPRequest(.post, try endpoint.url, operation: "events.move")
        request.headers["If-Match"] = move.etag
        return request
    }
}
