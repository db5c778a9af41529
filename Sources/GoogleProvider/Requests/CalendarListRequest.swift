import CalendarCore
import Foundation

/// `calendarList.list`: one page of the account's calendars.
struct CalendarListRequest {
    let pageToken: String?

    func request(root: URL) throws -> HTTPRequest {
        var query = FormFields([("maxResults", "250")])
        query.add("pageToken", pageToken)
        let endpoint = Endpoint(root, "users", "me", "calendarList", query: query)
        return HTTPRequest(.get, try endpoint.url, operation: "calendarList.list")
    }
}
