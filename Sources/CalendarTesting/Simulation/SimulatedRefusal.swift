import CalendarCore
import Foundation

/// How a service refuses a request on purpose, in its own words; nil where it has none for such a request.
enum SimulatedRefusal {
    /// The refusal that a plan's fault is for a request.
    ///
    /// The words are those of the simulators (google-calendar.md section 12, microsoft-graph-calendar.md section 12).
    static func effect(
        of fault: SimulationFault,
        on request: HTTPRequest,
        of service: ProviderID
    ) -> SimulatedFault.Effect? {
        let isGoogle = service == "google"
        let isSignIn = request.url.path.hasSuffix("/token")
        switch fault {
        // A server that fails answers every request so, the sign-in's too.
        case .status(let status) where status >= 500: return .status(status)
        case .throttle: return isSignIn ? nil : isGoogle ? .status(403) : .status(429, retryAfter: 3)
        case .pauseWrites: return isGoogle && isWrite(request) ? .status(403, reason: "quotaExceeded") : nil
        case .status(429): return isSignIn ? nil : .status(429, retryAfter: 2)
        case .status(401): return isSignIn ? nil : .status(401)
        case .status(409): return isGoogle && isWrite(request) ? .status(409) : nil
        case .status(410): return isInsideFeed(request) ? .status(410) : nil
        case .status(412): return request.headers["If-Match"] == nil ? nil : .status(412)
        default: return nil
        }
    }

    /// Whether a request changes an event.
    private static func isWrite(_ request: HTTPRequest) -> Bool {
        request.method != .get && request.url.path.contains("/events")
    }

    /// Whether a request carries a position in a change feed.
    private static func isInsideFeed(_ request: HTTPRequest) -> Bool {
        let query = request.url.query(percentEncoded: false)?.lowercased() ?? ""
        return ["synctoken=", "pagetoken=", "$deltatoken=", "$skiptoken="].contains { query.contains($0) }
    }
}
