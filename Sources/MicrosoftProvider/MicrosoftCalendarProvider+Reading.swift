public import CalendarCore
import Foundation

extension MicrosoftCalendarProvider {
    /// The account's calendars, the default one first, then in Graph's order; one request a page.
    public func calendars(session: ProviderSession) async throws -> [RemoteCalendar] {
        let call = GraphCall(session: session, identifier: nil)
        var calendars: [RemoteCalendar] = []
        var seen: Set<String> = []
        var request = try requests.calendars()
        while true {
            let response = try await call.send(request)
            let page = try call.reading(request.operation) { try GraphPage(response.body) }
            calendars += page.items.compactMap { CalendarMapping.read($0) }
            guard let link = page.nextLink else { break }
            guard seen.insert(link).inserted else {
                throw CalendarError(
                    .invalidResponse,
                    "The pages of the list run in a circle.",
                    provider: .microsoft,
                    operation: request.operation
                )
            }
            request = try requests.page(checked(link, call, request.operation), operation: request.operation)
        }
        return CalendarMapping.ordered(calendars)
    }

    /// One page of a calendar's view delta; costs exactly one request.
    public func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage {
        let call = GraphCall(session: session, identifier: calendar.rawValue)
        let window: SyncWindow
        let request: HTTPRequest
        switch position {
        case .beginning(let asked):
            window = try asked.boundedForGraph()
            request = try requests.firstDelta(in: calendar, window: window)
        case .page(let point): (window, request) = try following(point.rawValue, call)
        case .cursor(let cursor): (window, request) = try following(cursor.rawValue, call)
        }
        let response = try await call.send(request, .feed)
        return try call.reading(request.operation) {
            try DeltaPage(mapping: mapping, account: session.accountAddress, window: window)
                .read(GraphPage(response.body), root: configuration.graph)
        }
    }

    /// One event as it is now.
    public func event(
        _ id: RemoteEventID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let call = GraphCall(session: session, identifier: id.rawValue)
        let request = try requests.event(id)
        let response = try await call.send(request)
        return try read(response, of: request, call)
    }

    private func following(_ text: String, _ call: GraphCall) throws -> (SyncWindow, HTTPRequest) {
        let position = try FeedPosition(text)
        let link = try checked(position.link, call, "events.delta")
        return (position.window, requests.page(link, operation: "events.delta"))
    }

    func checked(_ link: String, _ call: GraphCall, _ operation: String) throws -> GraphLink {
        try call.reading(operation) { try GraphLink(link, root: configuration.graph) }
    }

    /// Reads the one event of an answer.
    func read(
        _ response: HTTPResponse,
        of request: HTTPRequest,
        _ call: GraphCall,
        written: ExtendedProperties? = nil
    ) throws -> RemoteEvent {
        try call.reading(request.operation) {
            try mapping.read(GraphPage.root(response.body), account: call.session.accountAddress, written: written)
        }
    }
}
