public import CalendarCore
import Foundation
import Synchronization

/// Microsoft Graph's calendar and its sign-in, in memory and behind HTTP.
///
/// It answers as the service does, unpleasant parts included: sparse occurrences in change feeds, removals of events
/// nobody was told of, pages longer than asked for, mail with every write to a meeting. It knows paths, not hosts, so
/// it serves any address. The same seed, clock readings and requests give the same answers, byte for byte.
///
/// ```swift
/// let graph = MicrosoftGraphSimulator(clock: clock, crypto: crypto)
/// graph.addAccount("ada@example.com", name: "Ada", zone: EventZone("Europe/London"))
/// ```
public final class MicrosoftGraphSimulator: HTTPTransport, Sendable {
    private let state: Mutex<GraphState>
    private let clock: any WallClock
    private let receivers: (any HTTPTransport)?

    /// The client that is registered with the service.
    public let client: OAuthClient

    /// Creates a service without accounts.
    ///
    /// - Parameters:
    ///   - clock: What time it is; tokens expire by it.
    ///   - crypto: Checks code verifiers.
    ///   - seed: Decides identifiers and tokens.
    ///   - receivers: Leads to the addresses of subscriptions, for the question that each is asked before a subscription
    ///     is opened; without it nobody answers, and none can be opened. Notifications wait until they are taken.
    public init(
        clock: any WallClock,
        crypto: any CryptoSuite,
        seed: UInt64 = 1,
        receivers: (any HTTPTransport)? = nil
    ) {
        self.clock = clock
        self.receivers = receivers
        client = OAuthClient(
            id: "11112222-3333-4444-5555-666677778888",
            secret: Secret("simulated~secret.+/1"),
            redirectURI: "https://host.example.com/calendars/callback",
            label: "Simulated Microsoft client"
        )
        state = Mutex(GraphState(client: client, crypto: crypto, now: clock.now, seed: seed))
    }

    /// Answers a request, at once unless a subscription is opened or ``responseTime`` is set.
    ///
    /// - Throws: `CalendarError.connectionFailed` when a fault takes the request or its reply away, `responseTooLarge`
    ///   over the request's limit.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        var visit = withState { $0.arrive(request) }
        if !visit.isOver { try await complete(&visit) }
        guard let response = visit.response else {
            throw CalendarError(.connectionFailed, "The connection was lost.", isOutcomeUnknown: true)
        }
        guard response.body.count <= request.responseLimit else {
            throw CalendarError(.responseTooLarge, "The answer is larger than the request allows.")
        }
        return response
    }

    /// Lets a request take its time and its addresses answer, and serves it then.
    private func complete(_ visit: inout GraphVisit) async throws {
        let arrival = visit
        defer { withState { $0.leave(arrival) } }
        let proofs = try await ask(visit.questions)
        if visit.duration > 0 { try await clock.sleep(until: clock.now.addingTimeInterval(visit.duration)) }
        visit = withState { state in
            var served = arrival
            state.push.proofs = proofs
            state.finish(&served)
            state.push.proofs = GraphProofs()
            return served
        }
    }

    /// Asks addresses whether they want notifications, one after the other.
    private func ask(_ questions: [GraphQuestion]) async throws -> GraphProofs {
        var proofs = GraphProofs()
        for question in questions {
            let start = clock.now
            var answer: HTTPResponse?
            do {
                if let request = question.request { answer = try await receivers?.send(request) }
            } catch let error as CancellationError {
                throw error
            } catch {
                answer = nil
            }
            let verdict = question.verdict(on: answer, after: clock.now.timeIntervalSince(start))
            proofs.note(verdict, of: question.url)
            if verdict != nil { break }
        }
        return proofs
    }

    /// Runs a function on the state at the current instant, one at a time.
    func withState<Output: Sendable, Failure: Error>(
        _ body: (inout GraphState) throws(Failure) -> Output
    ) throws(Failure) -> Output {
        let now = clock.now
        return try state.withLock { state throws(Failure) -> Output in
            state.now = now
            // What people do changes mailboxes as requests do.
            defer { state.noticeChanges() }
            return try body(&state)
        }
    }
}

/// What goes wrong and what went by.
extension MicrosoftGraphSimulator {
    /// Lets something go wrong with one of the next requests.
    public func add(_ fault: SimulatedFault) {
        withState { $0.faults.add(fault) }
    }

    /// The size of every page, whatever is asked for; nil leaves it to the request.
    public var pageSize: Int? {
        get { withState { $0.pageSize } }
        set { withState { $0.pageSize = newValue } }
    }

    /// Makes every so manyth page of a change feed an empty one with a link to the next; nil for none.
    public var emptyPageEvery: Int? {
        get { withState { $0.emptyPageEvery } }
        set { withState { $0.emptyPageEvery = newValue } }
    }

    /// Every request so far, in order.
    public var requests: [SimulatedRequest] { withState { $0.requests } }

    /// Forgets the requests so far.
    public func clearRequests() {
        withState { $0.requests = [] }
    }

    /// Every mail that was sent so far, in order.
    public var mail: [SimulatedMail] { withState { $0.mail } }

    /// Lets a mail from outside arrive for a local account.
    ///
    /// An invitation or update makes or updates the guest's copy in the default calendar, tentative and without an
    /// answer; a cancellation marks it; a response goes into the organizer's event. A mail without recurrence about a
    /// series concerns the occurrence nearest to its start.
    public func receive(_ mail: SimulatedMail) {
        withState { $0.deliver(mail, about: nil) }
    }

    /// Makes every link of a change feed that was given out so far answer 410.
    public func expireSyncTokens() {
        withState { $0.generation += 1 }
    }
}
