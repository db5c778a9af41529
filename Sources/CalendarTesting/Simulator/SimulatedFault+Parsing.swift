public import CalendarCore

extension SimulatedFault {
    /// Creates a fault whose effect is written as text, as a control interface gets it.
    ///
    /// The texts are `dropReply`, `loseRequest`, `status:503`, `status:429:retryAfter=2`, `status:403:reason=quotaExceeded`,
    /// `statusAfter:500`, `expireSyncTokens`, `expireAccessToken`, `malformedBody`, `unknownField` and
    /// `unknownValue:eventType`.
    ///
    /// - Parameters:
    ///   - text: The effect.
    ///   - method: Only requests with this method; nil for any.
    ///   - pathContains: Only requests whose decoded path contains this text; nil for any.
    ///   - skipping: How many matching requests pass untouched before it strikes.
    ///   - times: How many matching requests it strikes.
    /// - Throws: `CalendarError.invalidArgument` naming `fault` for any other text.
    public init(
        parsing text: String,
        method: HTTPMethod? = nil,
        pathContains: String? = nil,
        skipping: Int = 0,
        times: Int = 1
    ) throws(CalendarError) {
        guard let effect = Effect(text) else {
            throw CalendarError.invalidArgument("fault", "There is no fault with such a name or value.")
        }
        self.init(effect, method: method, pathContains: pathContains, skipping: skipping, times: times)
    }
}

extension SimulatedFault.Effect {
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("dropReply", 1), ("loseReply", 1): self = .loseReply
        case ("loseRequest", 1): self = .loseRequest
        case ("expireSyncTokens", 1): self = .expireSyncTokens
        case ("expireAccessToken", 1), ("expireAccessTokens", 1): self = .expireAccessTokens
        case ("malformedBody", 1): self = .malformedBody
        case ("unknownField", 1): self = .unknownField
        case ("unknownValue", 2) where !parts[1].isEmpty: self = .unknownValue(key: parts[1])
        case ("statusAfter", 2):
            guard let status = Self.status(parts[1]), status >= 500 else { return nil }
            self = .statusAfterEffect(status)
        case ("status", 2...):
            guard let status = Self.status(parts[1]) else { return nil }
            self.init(status: status, options: parts.dropFirst(2))
        default: return nil
        }
    }

    private init?(status: Int, options: some Sequence<String>) {
        var reason: String?
        var retryAfter: Int?
        for option in options {
            let sides = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { return nil }
            switch sides[0] {
            case "reason": reason = sides[1]
            case "retryAfter":
                guard let seconds = Int(sides[1]), seconds >= 0 else { return nil }
                retryAfter = seconds
            default: return nil
            }
        }
        self = .status(status, reason: reason, retryAfter: retryAfter)
    }

    private static func status(_ text: String) -> Int? {
        Int(text).flatMap { (400...599).contains($0) ? $0 : nil }
    }
}
