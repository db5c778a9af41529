import CalendarCore
import Foundation
internal import Synchronization

/// The pages of a service's change feeds, told in other ways that the service is free to choose.
///
/// No order of a page's items is promised, and an item may come more than once in a round (google-calendar.md section 2,
/// microsoft-graph-calendar.md section 8.1).
final class SimulatedPages: Sendable {
    private let keys: (items: String, next: String)
    private let marks: [String]
    /// The items of the round's page before, by the feed's path.
    private let earlier = Mutex<[String: [JSONNode]]>([:])

    init(of service: ProviderID) {
        let isGoogle = service == "google"
        keys = isGoogle ? ("items", "nextPageToken") : ("value", "@odata.nextLink")
        marks = isGoogle ? ["/events"] : ["/delta", "/delta()"]
    }

    /// The answer to a request as a fault has it told; anything but a page of a feed stays as it is.
    func told(_ response: HTTPResponse, to request: HTTPRequest, under fault: SimulationFault?) -> HTTPResponse {
        let path = request.url.path
        guard request.method == .get, response.isSuccess, marks.contains(where: { path.hasSuffix($0) }),
            let document = try? JSONDocument(response.body)
        else { return response }
        var page = JSONNode(document.root)
        guard case .array(let own)? = page[keys.items] else { return response }
        let before = earlier.withLock { earlier in
            let before = earlier[path]
            earlier[path] = page[keys.next] == nil ? nil : own
            return before
        }
        switch fault {
        case .reversePage: page[keys.items] = .array(own.reversed())
        case .repeatPage: page[keys.items] = .array((before ?? own) + own)
        default: return response
        }
        return HTTPResponse(status: response.status, headers: response.headers, body: page.data)
    }
}
