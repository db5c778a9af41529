public import CalendarCore

/// Calendars of Microsoft 365 and Outlook.com through Microsoft Graph, version 1.0.
///
/// Stateless: every call stands alone. Ids are Graph's immutable ids; times are read in UTC and shown in the zone they
/// were made in. Graph mails guests on every write of a meeting, so writes that ask for silence are refused when there
/// are guests; a silent deletion costs one request more, which looks whether there are any.
public struct MicrosoftCalendarProvider: CalendarProvider {
    /// How the service is reached and how events are marked.
    public let configuration: Configuration
    /// The endpoints of the Microsoft identity platform.
    public let authorizationServer: AuthorizationServer

    let requests: GraphRequests
    let mapping: EventMapping

    /// Creates a provider.
    public init(configuration: Configuration = Configuration()) {
        self.configuration = configuration
        authorizationServer = MicrosoftAuthorization.server(configuration)
        requests = GraphRequests(
            root: configuration.graph,
            pageSize: configuration.pageSize,
            names: configuration.properties
        )
        mapping = EventMapping(names: configuration.properties, allDayZone: configuration.allDayZone)
    }

    /// What the provider is called and can do.
    public var descriptor: ProviderDescriptor {
        ProviderDescriptor(
            id: .microsoft,
            name: "Microsoft 365 and Outlook",
            capabilities: [
                .listCalendars: .available,
                .readEvents: .available,
                .writeEvents: .available,
                .freeBusy: .available,
                .freeBusyByCalendar: .available,
                .instances: .available,
                .respond: .available,
                .notifications: .available,
                .moveEvents: .unavailable("Microsoft Graph cannot move an event to another calendar."),
            ],
            mailControl: .always,
            environmentPrefixes: ["MICROSOFT_CALENDAR", "OUTLOOK"],
            registrationHelp: "Register an application at https://entra.microsoft.com under App registrations."
        )
    }

    /// The form in which two contents are compared: what Graph would answer after writing this one.
    public func canonical(_ content: EventContent) -> EventContent {
        EventMapping.canonical(content)
    }

    /// What Graph cannot express of a content.
    public func losses(writing content: EventContent) -> [FidelityLoss] {
        EventMapping.losses(content)
    }
}
