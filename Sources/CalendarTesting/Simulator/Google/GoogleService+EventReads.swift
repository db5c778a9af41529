import CalendarCore
import Foundation

extension GoogleService {
    /// `events.get`: a deleted event is still there, as cancelled.
    func getEvent(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readEvents, for: "Events.Get")
        let found = try calendar(call, call.path[1], needing: .freeBusy)
        let store = calendars[found.index]
        guard let row = store.find(id) else { throw .notFound }
        if call.headers["If-None-Match"] == row.etag {
            return HTTPResponse(status: 304, headers: ["ETag": row.etag])
        }
        let zone = call.query["timeZone"].map { EventZone($0) }
        let node = found.access == .freeBusy ? store.masked(row, zone: zone) : store.render(row, zone: zone)
        return .google(node, etag: row.etag)
    }
}
