import CalendarCore
import Foundation

extension GoogleService {
    /// `events.get`: a deleted event is still there, as cancelled, until the service forgets it.
    func getEvent(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        let found = try readableCalendar(call, for: "Events.Get")
        let store = calendars[found.index]
        let view = try GoogleEventView(call.query, access: found.access)
        guard let row = store.find(id) else { throw .notFound }
        if call.headers["If-None-Match"] == row.etag {
            return HTTPResponse(status: 304, headers: ["ETag": row.etag])
        }
        return .google(store.node(row, view), etag: row.etag)
    }

    /// `events.instances`: its lower bound is inclusive.
    ///
    /// An occurrence's own id gives that occurrence, a single event's id gives that event.
    func listInstances(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        let found = try readableCalendar(call, for: "Events.Instances")
        let store = listedCalendar(found.index)
        let view = try GoogleEventView(call.query, access: found.access)
        guard let row = store.find(id), row.life != .gone else { throw .notFound }
        let lower = try GoogleEventTimes.bound(call.query, "timeMin")
        // Times are whole seconds.
        let after = lower?.addingTimeInterval(-1)
        let before = try GoogleEventTimes.bound(call.query, "timeMax")
        if let lower, let before, lower >= before { throw .emptyRange(parameter: "timeMax") }
        var rows =
            row.isMaster && row.life == .live
            ? store.occurrences(of: row, after: after, before: before)
            : [store.effective(row)].filter { $0.overlaps(after: after, before: before, zone: store.zone) }
        if !call.query.isTrue("showDeleted") { rows.removeAll(where: \.isCancelled) }
        if let text = call.query["originalStart"] {
            rows.removeAll { row in !Self.isOriginalStart(text, of: row) }
        }
        let size = try GoogleListQuery.size(call.query)
        let page = try cut(rows, call, size: size, anchor: store.changes, isStored: false)
        var answer = envelope(of: store, call, view)
        if let next = page.next { answer["nextPageToken"] = .string(next) }
        answer["items"] = .array(page.rows.map { store.listed($0, view) })
        return .google(answer)
    }

    private static func isOriginalStart(_ text: String, of row: GoogleEventRow) -> Bool {
        switch row.originalStart {
        case .day(let day): CivilDate(text) == day
        case .zoned(let time): Date(rfc3339: text) == time.date
        case nil: false
        }
    }
}
