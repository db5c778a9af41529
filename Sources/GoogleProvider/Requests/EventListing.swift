import CalendarCore
import Foundation

/// `events.list`: the parameters of one round of a calendar's change feed.
///
/// Two types, because a sync token and a lower bound exclude each other (requirement R-24; guide "Synchronize
/// resources"). Each page repeats the round's parameters unchanged.
enum EventListing: Hashable {
    case full(FullListing)
    case increment(IncrementalListing)

    /// The request for one page.
    func request(root: URL, calendar: CalendarID) throws -> HTTPRequest {
        // Masters and exceptions instead of occurrences; the page size is the largest there is.
        var query = FormFields([("singleEvents", "false"), ("maxResults", "2500")])
        switch self {
        case .full(let listing): listing.add(to: &query)
        case .increment(let listing): listing.add(to: &query)
        }
        let endpoint = Endpoint(root, "calendars", calendar.rawValue, "events", query: query)
        return HTTPRequest(.get, try endpoint.url, operation: "events.list")
    }

    /// The same round at its next page.
    func page(_ token: String) -> EventListing {
        switch self {
        case .full(let listing): .full(FullListing(timeMin: listing.timeMin, pageToken: token))
        case .increment(let listing): .increment(IncrementalListing(syncToken: listing.syncToken, pageToken: token))
        }
    }

    var pageToken: String? {
        switch self {
        case .full(let listing): listing.pageToken
        case .increment(let listing): listing.pageToken
        }
    }
}

/// Everything that ends after a time.
struct FullListing: Hashable {
    /// The exclusive lower bound on the end, RFC 3339.
    let timeMin: String
    var pageToken: String?

    func add(to query: inout FormFields) {
        query.add("timeMin", timeMin)
        query.add("showDeleted", "false")
        query.add("pageToken", pageToken)
    }
}

/// Everything that changed since a sync token, deleted events included.
struct IncrementalListing: Hashable {
    let syncToken: String
    var pageToken: String?

    func add(to query: inout FormFields) {
        query.add("syncToken", syncToken)
        query.add("pageToken", pageToken)
    }
}
