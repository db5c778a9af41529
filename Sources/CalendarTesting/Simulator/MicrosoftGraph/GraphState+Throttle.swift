import CalendarCore
import Foundation

/// What callers have asked of each mailbox, and how slow the service is.
struct GraphTraffic: Sendable {
    var throttle = GraphThrottle(concurrentRequests: 4)
    /// When requests came to a mailbox in the last ten minutes, oldest first.
    var arrivals: [Int: [Date]] = [:]
    /// How many requests to a mailbox are under way.
    var underway: [Int: Int] = [:]
    /// How many seconds each request takes.
    var responseTime: Double = 0
    /// The longest window in days that is served in time; nil for any.
    var longestWindow: Int?
    /// What longer windows answer.
    var overloadStatus = 504
}

/// Throttling (https://learn.microsoft.com/graph/throttling).
extension GraphState {
    private static let window: Double = 600

    /// Counts a call, and refuses it when there were too many or when it cannot be served in time.
    mutating func admit(_ call: GraphCall) throws(GraphFailure) {
        guard call.segments.first?.lowercased() != "subscriptions" else { return }
        if let refusal = count(call.account) { throw refusal }
        try checkWindow(call)
    }

    /// The mailbox whose limits a request is held against; nil for none.
    func mailbox(of request: HTTPRequest) -> Int? {
        let segments = GraphCall.segments(of: request.url)
        guard let call = try? call(request, segments), call.segments.first?.lowercased() != "subscriptions" else {
            return nil
        }
        return call.account
    }

    /// Gives a request that takes time one of its mailbox's places, or refuses it when all are taken.
    mutating func occupy(_ visit: inout GraphVisit) {
        guard traffic.responseTime > 0 else { return }
        visit.duration = traffic.responseTime
        guard let mailbox = mailbox(of: visit.request) else { return }
        guard hasPlace(in: mailbox, besides: 0) else {
            visit.response = response(to: crowded(mailbox))
            visit.isOver = true
            return
        }
        visit.mailbox = mailbox
        traffic.underway[mailbox, default: 0] += 1
    }

    /// Gives the place of a request free.
    mutating func leave(_ visit: GraphVisit) {
        if let mailbox = visit.mailbox { traffic.underway[mailbox, default: 1] -= 1 }
    }

    /// Whether a mailbox has a place for one more request.
    ///
    /// - Parameters:
    ///   - mailbox: The position of its account.
    ///   - others: How many requests there are besides those under way.
    /// - Returns: Whether there is one.
    func hasPlace(in mailbox: Int, besides others: Int) -> Bool {
        guard let limit = traffic.throttle.concurrentRequests else { return true }
        return traffic.underway[mailbox, default: 0] + others < limit
    }

    /// The refusal of a request that comes while all places are taken; it counts like any other.
    mutating func crowded(_ mailbox: Int) -> GraphFailure {
        count(mailbox) ?? throttled(seconds: 10, isCrowded: true)
    }

    /// Counts a request to a mailbox; gives a refusal when there were too many in the window.
    private mutating func count(_ mailbox: Int) -> GraphFailure? {
        guard let limit = traffic.throttle.requests else { return nil }
        var arrivals = traffic.arrivals[mailbox] ?? []
        let start = now.addingTimeInterval(-Self.window)
        arrivals.removeAll { $0 <= start }
        let isTooMany = arrivals.count >= limit
        arrivals.append(now)
        traffic.arrivals[mailbox] = arrivals
        guard isTooMany else { return nil }
        // One more gets in when fewer than the limit are younger than the window.
        let release = limit > 0 ? arrivals[arrivals.count - limit].addingTimeInterval(Self.window) : now
        return throttled(seconds: max(1, Int(release.timeIntervalSince(now).rounded(.up))), isCrowded: false)
    }

    private func throttled(seconds: Int, isCrowded: Bool) -> GraphFailure {
        var failure: GraphFailure =
            switch traffic.throttle.spelling {
            case .usual: isCrowded ? .applicationThrottled : .tooManyRequests
            case .tooManyRequests: .tooManyRequests
            case .applicationThrottled: .applicationThrottled
            case .unknownError: GraphFailure(status: 429, code: "UnknownError", message: "")
            }
        failure.retryAfter =
            switch traffic.throttle.wait {
            case .whole: String(seconds)
            case .fraction: "\(seconds).128"
            case .one: "1"
            case .missing: nil
            }
        return failure
    }

    /// Fails views and feeds over windows that are too long
    /// (https://github.com/microsoftgraph/microsoft-graph-docs/issues/7352).
    private func checkWindow(_ call: GraphCall) throws(GraphFailure) {
        let isView = call.segments.contains { $0.lowercased() == "calendarview" }
        guard let days = traffic.longestWindow, isView else { return }
        let token = [call.option("skiptoken"), call.option("deltatoken")].compactMap { $0 }.first
        let window = token.flatMap { cursors[$0]?.window } ?? (try? call.window())
        guard let window, window.upperBound.timeIntervalSince(window.lowerBound) > Double(days) * 86_400 else { return }
        throw GraphFailure(status: traffic.overloadStatus, code: "UnknownError", message: "")
    }
}

extension GraphFailure {
    static let tooManyRequests = GraphFailure(
        status: 429,
        code: "TooManyRequests",
        message: "Please retry again later.",
        inner: ["code": "429", "message": "Please retry after", "status": "429"]
    )

    static let applicationThrottled = GraphFailure(
        status: 429,
        code: "ApplicationThrottled",
        message: "Application is over its MailboxConcurrency limit."
    )
}
