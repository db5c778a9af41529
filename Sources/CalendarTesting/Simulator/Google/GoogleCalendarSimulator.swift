public import CalendarCore
import Foundation
import Synchronization

/// A stateful double of the Google Calendar API and its OAuth endpoints, for tests and demonstrations without an account.
///
/// It is a transport: give it to the SDK in place of a network. It routes by path whatever the host, keeps everything in
/// memory, and is deterministic: identifiers follow from the seed, times from the clock. What it models is the behaviour
/// that clients trip over: sync tokens and their expiry, short and empty pages, versions shared by a whole series, ids
/// that stay taken after a deletion, guests' copies and the mail that a write sends. Every call is atomic.
public final class GoogleCalendarSimulator: HTTPTransport, Sendable {
    /// The one client that is registered with the service.
    public let client: OAuthClient

    private let clock: any WallClock
    private let state: Mutex<GoogleService>

    /// Creates a service without accounts.
    ///
    /// - Parameters:
    ///   - clock: Tells the service's time.
    ///   - crypto: Checks PKCE challenges; only its SHA-256 is used.
    ///   - seed: Decides the identifiers and tokens; equal seeds give equal ones.
    public init(clock: any WallClock, crypto: any CryptoSuite, seed: UInt64 = 1) {
        let client = OAuthClient(
            id: "1029384756-simulated.apps.googleusercontent.com",
            secret: Secret("GOCSPX-simulated"),
            redirectURI: "http://127.0.0.1:8080/google/callback"
        )
        self.client = client
        self.clock = clock
        state = Mutex(GoogleService(client: client, crypto: crypto, seed: seed, now: clock.now))
    }

    /// Answers one request at once.
    ///
    /// - Throws: `CalendarError.connectionFailed` where a fault says so, `responseTooLarge` over the request's limit.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let response = try access { (service) throws(CalendarError) in try service.handle(request) }
        guard response.body.count <= request.responseLimit else {
            throw CalendarError(.responseTooLarge, "The answer is larger than the request allows.")
        }
        return response
    }

    /// Everything that happens to the state happens in here, at the clock's time.
    func access<Value: Sendable, Failure: Error>(
        _ body: (inout GoogleService) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let now = clock.now
        return try state.withLock { (service) throws(Failure) in
            service.now = now
            return try body(&service)
        }
    }
}
