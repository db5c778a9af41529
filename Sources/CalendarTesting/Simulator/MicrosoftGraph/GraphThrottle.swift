/// How much a simulated Microsoft Graph lets an application do with one mailbox.
///
/// The window of ten minutes slides on the simulator's clock, and what is refused counts too. Subscriptions have no part
/// in it. See https://learn.microsoft.com/graph/throttling-limits.
public struct GraphThrottle: Hashable, Sendable {
    /// How the service spells that a caller does too much, always with 429; clients must understand all.
    public enum Spelling: Hashable, Sendable {
        /// `TooManyRequests` for requests in a window, `ApplicationThrottled` for requests at the same time.
        case usual
        /// `TooManyRequests`, with an inner error that repeats the status.
        case tooManyRequests
        /// `ApplicationThrottled`, whose message names the limit `MailboxConcurrency`.
        case applicationThrottled
        /// `UnknownError` without a message.
        case unknownError
    }

    /// What `Retry-After` says.
    public enum Wait: Hashable, Sendable {
        /// Whole seconds until a request would be let in; 10 for requests at the same time.
        case whole
        /// The same with a fraction, such as `10.128`.
        case fraction
        /// One second, however long it takes.
        case one
        /// Nothing: there is no such header.
        case missing
    }

    /// The requests to a mailbox in ten minutes; nil for any number.
    public var requests: Int?
    /// The requests to a mailbox at the same time, parts of a batch included; nil for any number.
    public var concurrentRequests: Int?
    /// How "too much" is spelled.
    public var spelling: Spelling
    /// What `Retry-After` says.
    public var wait: Wait

    /// Creates a limit; without arguments nothing is limited.
    public init(
        requests: Int? = nil,
        concurrentRequests: Int? = nil,
        spelling: Spelling = .usual,
        wait: Wait = .whole
    ) {
        self.requests = requests
        self.concurrentRequests = concurrentRequests
        self.spelling = spelling
        self.wait = wait
    }

    /// No limits.
    public static let unlimited = GraphThrottle()

    /// The documented limits: 10,000 requests in ten minutes, four at the same time.
    public static let documented = GraphThrottle(requests: 10_000, concurrentRequests: 4)
}
