import CalendarCore
import Foundation

/// `events.instances`: the occurrences of a series, all that touch a window or the one with an original start.
struct EventInstancesRequest {
    /// Which occurrences are asked for.
    enum Selection {
        case window(SyncWindow)
        case originalStart(EventTime)
    }

    let calendar: CalendarID
    let series: RemoteEventID
    let selection: Selection
    let pageToken: String?

    func request(root: URL) throws -> HTTPRequest {
        var query = FormFields([("maxResults", "2500")])
        switch selection {
        case .window(let window):
            query.add("timeMin", window.start.rfc3339Text)
            query.add("timeMax", window.end?.rfc3339Text)
        case .originalStart(let start):
            query.add("originalStart", Self.text(start))
        }
        query.add("pageToken", pageToken)
        let endpoint = Endpoint(
            root,
            "calendars",
            calendar.rawValue,
            "events",
            series.rawValue,
            "instances",
            query: query
        )
        return HTTPRequest(.get, try endpoint.url, operation: "events.instances")
    }

    /// The start as the service prints it: a date, or an instant.
    private static func text(_ start: EventTime) -> String {
        switch start {
        case .day(let date): date.description
        case .zoned(let time): time.date.rfc3339Text
        }
    }
}
