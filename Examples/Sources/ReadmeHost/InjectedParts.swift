import CalendarCore
import CalendarCrypto
import GoogleProvider

/// A host that brings every part itself.
func service(
    events: any EventRepository,
    connections: any ConnectionRepository,
    tokens: any TokenStore,
    transport: any HTTPTransport,
    policy: any AccessPolicy,
    clock: any WallClock
) -> CalendarService {
    // snippet: inject
    let calendars = CalendarService(
        providers: [.google(client: .environment, transport: transport)],
        storage: CalendarStorage(events: events, connections: connections, tokens: tokens),
        crypto: SwiftCryptoSuite(),
        policy: policy,
        clock: clock
    )
    // snippet end
    return calendars
}
