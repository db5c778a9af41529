public import CalendarCore
internal import Foundation

/// Google Calendar, through version 3 of its API.
///
/// A value without state: everything about a call comes with its session. Each write says whether guests are told, is
/// conditional on the etag where one is known, and asks the service to keep conference data.
public struct GoogleCalendarProvider: CalendarProvider {
    /// Where the service is found and how this SDK's own marks are named.
    public let configuration: Configuration

    /// What the provider is called and can do.
    public let descriptor = ProviderDescriptor(
        id: .google,
        name: "Google Calendar",
        capabilities: [
            .listCalendars: .available, .readEvents: .available, .writeEvents: .available, .freeBusy: .available,
            .freeBusyByCalendar: .available,
        ],
        mailControl: .perWrite,
        environmentPrefixes: ["GOOGLE_CALENDAR"],
        registrationHelp: "Register an OAuth client at https://console.cloud.google.com/apis/credentials."
    )

    /// Google's OAuth endpoints.
    public let authorizationServer: AuthorizationServer

    /// Creates a provider; the default configuration means the real service.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        authorizationServer = .google(configuration.authorization)
    }

    /// One page of a calendar's change feed; costs exactly one request.
    ///
    /// A full round lists masters and exceptions that end after the window's start, without an upper bound: increments
    /// are not limited by a window at the service, so an upper bound would never move (guide "Synchronize resources").
    ///
    /// - Throws: `CalendarError.cursorExpired` when the position is no longer valid, at the first page or in between.
    public func changes(
        in calendar: CalendarID,
        from position: ChangePosition,
        session: ProviderSession
    ) async throws -> ChangePage {
        let listing = try EventListing(position)
        let request = try listing.request(root: configuration.root, calendar: calendar)
        let isContinued = if case .beginning = position { false } else { true }
        let document = try await document(answering: request, session: session, isContinued: isContinued)
        return try EventPage(document, markers: configuration.markers).changePage(after: listing)
    }

    /// One event as it is now.
    ///
    /// - Throws: `CalendarError.notFound` when it is gone, also when the service still shows its cancelled remains.
    public func event(
        _ id: RemoteEventID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let request = try EventReadRequest(calendar: calendar, event: id).request(root: configuration.root)
        let document = try await document(answering: request, session: session, event: id)
        guard document.root["status"]?.string != "cancelled" else {
            throw CalendarError(
                .notFound,
                "The event was cancelled.",
                provider: .google,
                operation: request.operation,
                identifier: id.rawValue
            )
        }
        return try read(document, answering: request, event: id)
    }

    /// The form in which two contents are compared.
    public func canonical(_ content: EventContent) -> EventContent {
        EventMapping(markers: configuration.markers).canonical(content)
    }

    /// What Google cannot express of a content, in the order of the fields' names.
    public func losses(writing content: EventContent) -> [FidelityLoss] {
        EventMapping(markers: configuration.markers).losses(content)
    }
}
