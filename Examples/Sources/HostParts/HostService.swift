import CalendarCore
import Foundation

/// Puts the host's own storage and its own way to the services into the SDK.
///
/// Outside tests the clock is a `SystemClock` and the cryptography a `SwiftCryptoSuite`.
package func makeService(
    _ providers: [ProviderRegistration],
    store: HostStore,
    traffic: HostTraffic,
    crypto: any CryptoSuite,
    clock: any WallClock
) -> CalendarService {
    CalendarService(
        providers: providers.map { registration in
            ProviderRegistration(
                provider: registration.provider,
                client: registration.client,
                transport: HostTransport(next: registration.transport, traffic: traffic)
            )
        },
        storage: CalendarStorage(store),
        crypto: crypto,
        clock: clock
    )
}

/// What the host's web framework sends back to the browser.
package struct HostReply: Hashable, Sendable {
    /// The HTTP status.
    package var status: Int
    /// Where the browser goes next, for a redirection.
    package var location: String?

    package init(_ status: Int, location: String? = nil) {
        self.status = status
        self.location = location
    }
}

/// The route that the services send the browser back to, such as `GET /calendars/callback`.
///
/// The address comes with its query, and the cookie is the one set when the attempt was started; nil when the browser
/// sent none. Only `CancellationError` is thrown: every other failure has a status.
package func answerCallback(_ callback: URL, cookie: String?, for calendars: ActingCalendars) async throws -> HostReply
{
    guard let cookie else { return HostReply(400) }
    do {
        let connection = try await calendars.complete(callback: callback, of: Secret(cookie))
        return HostReply(303, location: "/calendars/\(connection.key.connection)")
    } catch let error as CalendarError {
        switch error.code {
        case .attemptInvalid: return HostReply(400)
        case .accessDenied, .scopeMissing, .permissionDenied: return HostReply(403)
        case .configuration: return HostReply(500)
        default: return HostReply(502)
        }
    }
}
