import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The transport used by default: Foundation's `URLSession`, on Linux and on Apple platforms.
///
/// One transport is one session with its own connections; share it (``shared``) instead of making one per account.
///
/// - No redirect is followed: a 3xx is an answer, because following one would send `Authorization` to another host.
/// - No cookie, cache or stored credential is used. A demand for a password (`WWW-Authenticate: Basic`) is answered by
///   nobody and arrives as status 401; its body is empty on Linux.
/// - `timeout` counts from ``send(_:)`` to the last byte, however steadily bytes arrive.
/// - A body beyond `responseLimit` is not kept: the request fails with `responseTooLarge` even if it ends well later.
///   On Linux the session does not wait while bytes are dropped, so a very fast sender can cost memory for a moment.
/// - A proxy is taken from the system, which on Linux means the environment (`https_proxy`, `http_proxy`, `no_proxy`).
/// - Certificates are judged by the system's list of authorities alone.
///
/// One danger on Linux cannot be designed around: a server that closes a plain connection in the middle of the header
/// fields ends the process (`NativeProtocol.swift`, "Transfer completed, but there's no response"). Over TLS the cut is
/// an ordinary failure. A host that talks to servers it does not trust brings its own transport.
///
/// `isOutcomeUnknown` is false only for failures that come before sending: name lookup, connecting, TLS. Linux does not
/// tell a refused certificate from other failures, so there it is true for one.
public final class URLSessionTransport: HTTPTransport {
    /// One transport for the whole process, with the default configuration.
    public static let shared = URLSessionTransport()

    private let configuration: Configuration
    private let session: URLSession
    private let exchanges: Exchanges

    /// Creates a transport; its connections are closed when the last reference to it goes.
    public init(configuration: Configuration = Configuration()) {
        let settings = URLSessionConfiguration.ephemeral
        // With a cache, a cancel that meets the completion ends the process on Linux (swift-corelibs-foundation #3292).
        settings.urlCache = nil
        settings.requestCachePolicy = .reloadIgnoringLocalCacheData
        settings.httpCookieStorage = nil
        settings.httpShouldSetCookies = false
        settings.httpCookieAcceptPolicy = .never
        settings.urlCredentialStorage = nil
        settings.httpMaximumConnectionsPerHost = max(1, configuration.connectionsPerHost)
        self.configuration = configuration
        self.exchanges = Exchanges()
        self.session = URLSession(
            configuration: settings,
            delegate: exchanges,
            delegateQueue: .serial("swift-calendar.transport.reports")
        )
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    /// How many requests have neither been answered nor failed.
    package var runningRequests: Int { exchanges.count }

    /// Sends a request and waits for the whole answer.
    ///
    /// - Throws: `CancellationError` as soon as the calling task is cancelled; `CalendarError` with code
    ///   `connectionFailed`, `timedOut` or `responseTooLarge`, or `invalidArgument` for a request that cannot be sent.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try request.validate()
        try Task.checkCancellation()
        let outgoing = URLRequest(request, userAgent: configuration.userAgent)
        let ticket = exchanges.admit()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                exchanges.start(ticket, request, outgoing, in: session, continuation)
            }
        } onCancel: {
            exchanges.cancel(ticket)
        }
    }
}

/// The requests under way, and the delegate of the session that carries them.
///
/// Two serial queues and one lock, so that nobody can wait for each other in a circle:
///
/// - What the session reports runs on its delegate queue and never calls into the session. That keeps it fast: the
///   session hands over bytes without waiting for anybody, and what is over a limit has to be dropped as it comes.
/// - Starting and stopping tasks waits for the session (`URLSessionTask.cancel()` does so inside), therefore it happens
///   on a queue of its own. A canceller that waited itself, while the session completes the same task, would wait for
///   ever.
/// - The lock is never held across a call into the session or into a waiting task.
private final class Exchanges: NSObject, URLSessionDataDelegate, Sendable {
    typealias Waiter = CheckedContinuation<HTTPResponse, any Error>

    private struct Exchange {
        let operation: String
        let task: URLSessionDataTask
        let deadline: any DispatchSourceTimer
        let waiter: Waiter
        var partial: PartialResponse
    }

    private struct State {
        var lastTicket = 0
        /// Requests that are admitted and not started, and whether they were cancelled meanwhile.
        var admitted: [Int: Bool] = [:]
        var running: [Int: Exchange] = [:]
        var tickets: [Int: Int] = [:]
    }

    private let state = Mutex(State())
    private let control = OperationQueue.serial("swift-calendar.transport.control")

    var count: Int {
        state.withLock { $0.admitted.count + $0.running.count }
    }

    /// Names a request before anybody can cancel it, so that an early cancel is not lost.
    func admit() -> Int {
        state.withLock { state in
            state.lastTicket += 1
            state.admitted[state.lastTicket] = false
            return state.lastTicket
        }
    }

    /// Starts an admitted request; `waiter` is resumed exactly once.
    func start(
        _ ticket: Int,
        _ request: HTTPRequest,
        _ outgoing: URLRequest,
        in session: URLSession,
        _ waiter: Waiter
    ) {
        control.addOperation { self.begin(ticket, request, outgoing, in: session, waiter) }
    }

    /// Ends a request at its caller's wish; nothing happens when it is over already.
    func cancel(_ ticket: Int) {
        control.addOperation {
            let isWaiting = self.state.withLock { $0.admitted.updateIfPresent(ticket, true) }
            if !isWaiting { self.settle(ticket, .failure(CancellationError()), stopping: true) }
        }
    }

    private func begin(
        _ ticket: Int,
        _ request: HTTPRequest,
        _ outgoing: URLRequest,
        in session: URLSession,
        _ waiter: Waiter
    ) {
        guard state.withLock({ $0.admitted.removeValue(forKey: ticket) }) == false else {
            waiter.resume(throwing: CancellationError())
            return
        }
        guard request.timeout > .zero else {
            let error = CalendarError(.timedOut, "There is no time left to send the request.")
            waiter.resume(throwing: error.adding(operation: request.operation))
            return
        }
        let task = session.dataTask(with: outgoing)
        state.withLock { state in
            // `timeoutIntervalForResource` is not honoured on Linux, and an idle timeout is no deadline. A dispatch
            // source is freed when it is cancelled, unlike a sleeping task or a delayed block.
            let deadline = DispatchSource.makeTimerSource(queue: .global())
            deadline.schedule(deadline: .now() + request.timeoutSeconds, leeway: .milliseconds(5))
            deadline.setEventHandler { [weak self] in
                self?.expire(ticket)
            }
            state.tickets[task.taskIdentifier] = ticket
            state.running[ticket] = Exchange(
                operation: request.operation,
                task: task,
                deadline: deadline,
                waiter: waiter,
                partial: PartialResponse(to: request)
            )
            deadline.activate()
        }
        task.resume()
    }

    private func expire(_ ticket: Int) {
        let error = CalendarError(.timedOut, "The answer did not arrive in time.", isOutcomeUnknown: true)
        settle(ticket, .failure(error), stopping: true)
    }

    /// Answers the caller and forgets the request; whatever the session still says about it finds nobody.
    ///
    /// The caller never waits for the session to agree that a task is over: there are tasks that it never ends.
    private func settle(_ ticket: Int, _ result: Result<HTTPResponse, any Error>, stopping: Bool) {
        let ended = state.withLock { state -> (waiter: Waiter, task: URLSessionDataTask, operation: String)? in
            guard let exchange = state.running.removeValue(forKey: ticket) else { return nil }
            state.tickets[exchange.task.taskIdentifier] = nil
            exchange.deadline.cancel()
            return (exchange.waiter, exchange.task, exchange.operation)
        }
        guard let ended else { return }
        if stopping { control.addOperation { ended.task.cancel() } }
        ended.waiter.resume(
            with: result.mapError { ($0 as? CalendarError)?.adding(operation: ended.operation) ?? $0 }
        )
    }

    /// Changes what is known of a task's answer; nil when nobody waits for it any more.
    private func update<Value: Sendable>(
        _ task: URLSessionTask,
        _ change: (inout PartialResponse) -> Value
    ) -> (ticket: Int, value: Value)? {
        state.withLock { state in
            guard let ticket = state.tickets[task.taskIdentifier], var exchange = state.running[ticket] else {
                return nil
            }
            // Taken out while it changes: a second reference would copy the body with every piece.
            state.running[ticket] = nil
            let value = change(&exchange.partial)
            state.running[ticket] = exchange
            return (ticket, value)
        }
    }

    private func refuse(_ ticket: Int) {
        let error = CalendarError(
            .responseTooLarge,
            "The answer is larger than the request allows.",
            isOutcomeUnknown: true
        )
        settle(ticket, .failure(error), stopping: true)
    }

    // MARK: - What the session reports

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        guard let http = response as? HTTPURLResponse else {
            completionHandler(.allow)
            return
        }
        let head = HTTPResponse(http)
        guard let (ticket, fits) = update(dataTask, { $0.begin(head) }) else {
            completionHandler(.cancel)
            return
        }
        if !fits { refuse(ticket) }
        completionHandler(fits ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard let (ticket, fits) = update(dataTask, { $0.append(data) }) else { return }
        if !fits { refuse(ticket) }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        let head = HTTPResponse(response)
        let ticket = state.withLock { $0.tickets[task.taskIdentifier] }
        if let ticket { settle(ticket, .success(head), stopping: false) }
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        #if !canImport(FoundationNetworking)
        // TLS is judged by the system. On Linux it asks nobody.
        if challenge.protectionSpace.authenticationMethod == NSURLAuthenticationMethodServerTrust {
            completionHandler(.performDefaultHandling, nil)
            return
        }
        #endif
        let answer = (challenge.failureResponse as? HTTPURLResponse).map { HTTPResponse($0) }
        _ = update(task) { $0.refuse(answer ?? HTTPResponse(status: 401)) }
        completionHandler(.rejectProtectionSpace, nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let (ticket, answer) = update(task, { $0.answer(failed: error != nil) }) else { return }
        let result: Result<HTTPResponse, any Error> =
            if let answer { .success(answer) } else { .failure(CalendarError(transportFailure: error)) }
        settle(ticket, result, stopping: false)
    }
}

extension OperationQueue {
    /// A queue of its own that runs one operation after the other.
    fileprivate static func serial(_ name: String) -> OperationQueue {
        let queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = 1
        queue.qualityOfService = .userInitiated
        return queue
    }
}

extension Dictionary {
    /// Replaces the value of a key that is there; tells whether it was.
    fileprivate mutating func updateIfPresent(_ key: Key, _ value: Value) -> Bool {
        guard let index = index(forKey: key) else { return false }
        values[index] = value
        return true
    }
}

extension HTTPRequest {
    /// The deadline in seconds; a week counts as for ever.
    fileprivate var timeoutSeconds: Double {
        min(timeout / .seconds(1), 604_800)
    }
}

extension HTTPResponse {
    /// The status and header fields of an answer, sorted by name.
    ///
    /// Values are read by name because Foundation changes the case of names (`ETag` becomes `Etag` on Linux).
    fileprivate init(_ response: HTTPURLResponse) {
        self.init(status: response.statusCode)
        for name in response.allHeaderFields.keys.compactMap({ $0 as? String }).sorted() {
            headers[name] = response.value(forHTTPHeaderField: name)
        }
    }
}

extension URLRequest {
    fileprivate init(_ request: HTTPRequest, userAgent: String) {
        self.init(url: request.url)
        httpMethod = request.method.rawValue
        // Foundation's own timeout is the longest silence; it must not end a request before its deadline does.
        timeoutInterval = request.timeoutSeconds + 60
        httpShouldHandleCookies = false
        for name in request.headers.names { setValue(request.headers[name], forHTTPHeaderField: name) }
        if request.headers["User-Agent"] == nil { setValue(userAgent, forHTTPHeaderField: "User-Agent") }
        let body = request.body ?? Data()
        let tellsLength = [HTTPMethod.post, .put, .patch].contains(request.method)
        if !body.isEmpty || tellsLength { httpBody = body }
    }
}

extension CalendarError {
    /// Failures that come before the first byte of a request is sent.
    ///
    /// On Linux the number for an answer that is not HTTP is that of an unusable address; addresses are checked before.
    private static let beforeSending: Set<URLError.Code> = [
        .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet, .secureConnectionFailed,
        .serverCertificateUntrusted, .serverCertificateHasBadDate, .serverCertificateHasUnknownRoot,
        .serverCertificateNotYetValid, .appTransportSecurityRequiresSecureConnection,
    ]

    fileprivate init(transportFailure error: (any Error)?) {
        let code = (error as? URLError)?.code
        if code == .timedOut {
            self.init(.timedOut, "The connection was silent for too long.", isOutcomeUnknown: true)
        } else if let code, Self.beforeSending.contains(code) {
            self.init(.connectionFailed, "No connection to the service could be made.")
        } else {
            self.init(
                .connectionFailed,
                "The connection ended before the answer was complete.",
                isOutcomeUnknown: true
            )
        }
        reason = code.map { "URLError \($0.rawValue)" }
    }
}
