import CalendarCore
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider
import Testing

/// The two services, as an argument of a test whose promise is the same for both.
enum Service: String, CaseIterable, CustomTestStringConvertible {
    case google
    case microsoft

    var id: ProviderID {
        switch self {
        case .google: .google
        case .microsoft: .microsoft
        }
    }

    /// The account that a test of one service uses.
    var address: String {
        switch self {
        case .google: "ada@example.com"
        case .microsoft: "grace@example.org"
        }
    }

    /// The host's user who owns that account.
    var user: UserID {
        switch self {
        case .google: "ada"
        case .microsoft: "grace"
        }
    }

    /// A part of the path of requests to the change feed.
    var feed: String {
        switch self {
        case .google: "/events"
        case .microsoft: "/delta"
        }
    }

    /// The member of a page of the feed that holds its events.
    var list: String {
        switch self {
        case .google: "items"
        case .microsoft: "value"
        }
    }

    var testDescription: String { rawValue }
}

/// What both simulators can do, so that one test covers both.
protocol SimulatedService: HTTPTransport {
    var client: OAuthClient { get }
    var requests: [SimulatedRequest] { get }
    var mail: [SimulatedMail] { get }
    var pageSize: Int? { get nonmutating set }
    var emptyPageEvery: Int? { get nonmutating set }
    func addCalendar(_ title: String, to: String, zone: EventZone, access: RemoteCalendar.Access) -> CalendarID
    func add(_ content: EventContent, to address: String, calendar: CalendarID?) -> RemoteEventID
    func change(_ id: RemoteEventID, of: String, calendar: CalendarID?, _ edit: (inout EventContent) -> Void)
    func remove(_ id: RemoteEventID, of address: String, calendar: CalendarID?)
    func cancelOccurrence(of: RemoteEventID, startingAt: EventTime, of address: String, calendar: CalendarID?)
    func editOccurrence(of id: RemoteEventID, at start: EventTime, of: String, _ edit: (inout EventContent) -> Void)
    func events(of address: String, calendar: CalendarID?) -> [SimulatedEvent]
    func consent(to url: URL, as address: String, granting scopes: Set<String>?) throws -> URL
    func refuse(_ url: URL) -> URL
    func expireAccessTokens()
    func expireSyncTokens()
    func revoke(_ address: String)
    func add(_ fault: SimulatedFault)
    func receive(_ mail: SimulatedMail)
    func clearRequests()
}

extension GoogleCalendarSimulator: SimulatedService {
    func editOccurrence(
        of id: RemoteEventID,
        at start: EventTime,
        of address: String,
        _ edit: (inout EventContent) -> Void
    ) {
        changeOccurrence(of: id, startingAt: start, of: address, edit)
    }
}

extension MicrosoftGraphSimulator: SimulatedService {
    func editOccurrence(
        of id: RemoteEventID,
        at start: EventTime,
        of address: String,
        _ edit: (inout EventContent) -> Void
    ) {
        changeOccurrence(of: id, startingAt: start, of: address, edit)
    }
}

extension SimulatedService {
    @discardableResult
    func add(_ content: EventContent, to address: String) -> RemoteEventID {
        add(content, to: address, calendar: nil)
    }

    func events(of address: String) -> [SimulatedEvent] { events(of: address, calendar: nil) }

    /// Requests that could change a calendar.
    var writes: [SimulatedRequest] { requests.filter(\.isWrite) }

    /// Requests to the token endpoint.
    var tokenRequests: [SimulatedRequest] { requests.filter { $0.path.hasSuffix("/token") } }
}
