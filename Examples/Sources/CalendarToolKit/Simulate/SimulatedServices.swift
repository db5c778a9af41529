import CalendarCore
import CalendarTesting
import Foundation
import Synchronization

/// The two simulated services behind one address, with the control API beside them.
package final class SimulatedServices: Sendable {
    /// What a reset replaces.
    struct Stage: Sendable {
        let google: GoogleCalendarSimulator
        let microsoft: MicrosoftGraphSimulator
    }

    /// The address under which both are reached, such as `http://127.0.0.1:8080`.
    package let root: String
    let clock: SimulationClock
    let crypto: any CryptoSuite
    private let receivers: (any HTTPTransport)?
    /// Calls for the courier, after each request and whenever asked for; several may become one.
    let calls: AsyncStream<Void>
    private let caller: AsyncStream<Void>.Continuation
    private let state: Mutex<Stage>

    /// Creates services without accounts.
    ///
    /// - Parameters:
    ///   - root: The address under which they are reached, without a slash at its end.
    ///   - clock: The services' time.
    ///   - crypto: Checks PKCE challenges and signatures.
    ///   - receivers: Leads to the addresses of subscriptions, which Microsoft asks a question first; without it none
    ///     can be opened there.
    package init(
        root: String,
        clock: SimulationClock,
        crypto: any CryptoSuite,
        receivers: (any HTTPTransport)? = nil
    ) {
        self.root = root
        self.clock = clock
        self.crypto = crypto
        self.receivers = receivers
        (calls, caller) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        state = Mutex(Self.newStage(root, clock, crypto, receivers))
    }

    var stage: Stage { state.withLock { $0 } }

    /// Answers one request.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - target: The target as it stands in the request line, still percent-encoded.
    ///   - headers: The header fields.
    ///   - body: The body, perhaps empty.
    /// - Returns: The reply, or silence where a fault takes it away.
    /// - Throws: `CancellationError`.
    package func answer(
        method: String,
        target: String,
        headers: HTTPHeaders,
        body: Data
    ) async throws -> SimulatedAnswer {
        defer { wakeCourier() }
        let route = SimulatorRoute(target: target)
        if case .control(let path) = route { return try await control(method: method, path: path, body: body) }
        guard let url = RequestTarget.address(of: target, below: root) else {
            return .reply(HTTPResponse(status: 400))
        }
        let request = HTTPRequest(
            HTTPMethod(method),
            url,
            operation: "simulate",
            headers: headers,
            body: body.isEmpty ? nil : body
        )
        let stage = stage
        do {
            return .reply(try await (route == .google ? stage.google.send(request) : stage.microsoft.send(request)))
        } catch let error as CalendarError where error.code == .connectionFailed {
            return .silence
        }
    }

    /// Begins anew, at the time the clock shows without what was added by hand.
    func reset() {
        clock.reset()
        state.withLock { $0 = Self.newStage(root, clock, crypto, receivers) }
    }

    /// Lets the courier look for notifications that are due.
    func wakeCourier() { caller.yield() }

    /// Sends the notifications that are due to the addresses of their channels.
    package func deliver(through transport: any HTTPTransport) async throws {
        let stage = stage
        try await stage.google.deliver(through: transport)
        try await stage.microsoft.deliver(through: transport)
    }

    private static func newStage(
        _ root: String,
        _ clock: SimulationClock,
        _ crypto: any CryptoSuite,
        _ receivers: (any HTTPTransport)?
    ) -> Stage {
        let google = GoogleCalendarSimulator(clock: clock, crypto: crypto)
        google.publicRoot = URL(string: root)
        google.welcomesStrangers = true
        let microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto, receivers: receivers)
        microsoft.publicRoot = URL(string: root)
        microsoft.welcomesStrangers = true
        return Stage(google: google, microsoft: microsoft)
    }
}
