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
    ///
    /// A window that Graph does not list in time is halved, down to days, and the page is empty; each part is followed
    /// by itself from then on. As time goes by, the window moves: a round begins with a listing of the new window and
    /// ends with a last look at the old one.
    public func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage {
        let call = GraphCall(session: session, identifier: calendar.rawValue)
        let feed = try self.feed(position, now: session.clock.now)
        let request =
            if let link = feed.chain.link {
                requests.page(try checked(link, call, "events.delta"), operation: "events.delta")
            } else {
                try requests.firstDelta(in: calendar, window: feed.chain.window)
            }
        let response = try await call.answer(to: request)
        if GraphFailure.suggestsSmallerWindow(response), let halved = feed.halved() {
            return ChangePage(changes: [], continuation: .more(ResumePoint(halved.text)))
        }
        try call.check(response, to: request, .feed)
        return try call.reading(request.operation) {
            try DeltaPage(mapping: mapping, account: session.accountAddress, feed: feed)
                .read(GraphPage(response.body), root: configuration.graph)
        }
    }

    /// One event as it is now, looked for in this calendar alone.
    ///
    /// - Throws: `CalendarError.notFound` when it is gone, also to another calendar.
    public func event(
        _ id: RemoteEventID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let call = GraphCall(session: session, identifier: id.rawValue)
        let request = try requests.event(id, in: calendar)
        let response = try await call.send(request)
        return try read(response, of: request, call)
    }

    private func feed(_ position: ChangePosition, now: Date) throws -> FeedPosition {
        switch position {
        case .beginning(let window): FeedPosition(beginning: try window.boundedForGraph(), at: now)
        case .page(let point): try FeedPosition(point.rawValue)
        case .cursor(let cursor): try FeedPosition(cursor.rawValue).moved(to: now)
        }
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
