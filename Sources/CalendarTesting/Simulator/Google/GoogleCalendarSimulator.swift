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
    /// The client that is registered with the service from the start; ``register(_:)`` adds more.
    public let client: OAuthClient

    private let clock: any WallClock
    private let receivers: (any HTTPTransport)?
    private let state: Mutex<GoogleService>

    /// Creates a service without accounts.
    ///
    /// - Parameters:
    ///   - clock: Tells the service's time.
    ///   - crypto: Checks PKCE challenges and the signatures of service accounts.
    ///   - seed: Decides the identifiers and tokens; equal seeds give equal ones.
    ///   - receivers: Leads to the addresses of push channels, for ``sendsSyncEarly`` only; every other notification
    ///     waits until it is taken.
    public init(
        clock: any WallClock,
        crypto: any CryptoSuite,
        seed: UInt64 = 1,
        receivers: (any HTTPTransport)? = nil
    ) {
        let client = OAuthClient(
            id: "1029384756-simulated.apps.googleusercontent.com",
            secret: Secret("GOCSPX-simulated"),
            redirectURI: "http://127.0.0.1:8080/google/callback"
        )
        self.client = client
        self.clock = clock
        self.receivers = receivers
        state = Mutex(GoogleService(client: client, crypto: crypto, seed: seed, now: clock.now))
    }

    /// Answers one request at once.
    ///
    /// - Throws: `CalendarError.connectionFailed` where a fault says so, `responseTooLarge` over the request's limit.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let response = try access { (service) throws(CalendarError) in try service.handle(request) }
        if let receivers, sendsSyncEarly, request.url.path(percentEncoded: true).hasSuffix("/watch") {
            try await deliver(through: receivers)
        }
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
            // What people do changes calendars as requests do.
            defer { service.noticeChanges() }
            return try body(&service)
        }
    }
}
