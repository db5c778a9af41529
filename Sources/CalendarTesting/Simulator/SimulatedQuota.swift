/// How much a simulated service lets its callers do.
///
/// Windows slide on the simulator's clock. What is refused does not count. A patch costs three units, any other request
/// one, and a batch what its parts cost.
public struct SimulatedQuota: Hashable, Sendable {
    /// How the service spells that a caller is too fast; clients must understand both.
    public enum Spelling: Hashable, Sendable {
        /// 403 with `rateLimitExceeded` or `userRateLimitExceeded`.
        case forbidden
        /// 429 with `rateLimitExceeded`.
        case tooManyRequests
    }

    /// The units of one user in a minute; nil for any number.
    public var perUser: Int?
    /// The units of the project, all users together, in a minute; nil for any number.
    public var perProject: Int?
    /// The units of the project in 24 hours; nil for any number.
    public var perDay: Int?
    /// How many invitations an account may send in 24 hours before its writes are refused for a day; nil for any number.
    public var invitations: Int?
    /// How "too fast" is spelled.
    public var spelling: Spelling
    /// The seconds in `Retry-After` when a caller is too fast; nil for no such header.
    public var retryAfter: Int?

    /// Creates a quota; without arguments nothing is limited.
    public init(
        perUser: Int? = nil,
        perProject: Int? = nil,
        perDay: Int? = nil,
        invitations: Int? = nil,
        spelling: Spelling = .forbidden,
        retryAfter: Int? = nil
    ) {
        self.perUser = perUser
        self.perProject = perProject
        self.perDay = perDay
        self.invitations = invitations
        self.spelling = spelling
        self.retryAfter = retryAfter
    }

    /// No limits.
    public static let unlimited = SimulatedQuota()

    /// Google's documented limits: 600 units a minute for a user, 10,000 for the project.
    public static let google = SimulatedQuota(perUser: 600, perProject: 10_000)
}
