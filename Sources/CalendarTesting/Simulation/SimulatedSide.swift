import CalendarCore
import Foundation

/// What a simulated run needs of a simulated service.
protocol SimulatedSide: HTTPTransport {
    var client: OAuthClient { get }
    var mail: [SimulatedMail] { get }
    var requests: [SimulatedRequest] { get }
    func clearRequests()
    func add(_ fault: SimulatedFault)
    func receive(_ mail: SimulatedMail)
    func addAccount(_ address: String, name: String, zone: EventZone)
    func addCalendar(_ title: String, to address: String, zone: EventZone, access: RemoteCalendar.Access) -> CalendarID
    func add(_ content: EventContent, to address: String, calendar: CalendarID?) -> RemoteEventID
    func change(_ id: RemoteEventID, of: String, calendar: CalendarID?, _ edit: (inout EventContent) -> Void)
    func remove(_ id: RemoteEventID, of address: String, calendar: CalendarID?)
    func cancelOccurrence(of: RemoteEventID, startingAt: EventTime, of address: String, calendar: CalendarID?)
    func changeOccurrence(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID?,
        _ edit: (inout EventContent) -> Void
    )
    func events(of address: String, calendar: CalendarID?) -> [SimulatedEvent]
    func consent(to url: URL, as address: String, granting scopes: Set<String>?) throws -> URL
    func expireAccessTokens()
    func expireSyncTokens()
    /// Answers an invitation as a guest does in the service's app.
    func accept(_ id: RemoteEventID, as address: String, with response: ResponseStatus)
}

extension GoogleCalendarSimulator: SimulatedSide {
    func accept(_ id: RemoteEventID, as address: String, with response: ResponseStatus) {
        answer(id, as: address, with: response)
    }
}

extension MicrosoftGraphSimulator: SimulatedSide {
    func accept(_ id: RemoteEventID, as address: String, with response: ResponseStatus) {
        answer(id, of: address, with: response)
    }
}
