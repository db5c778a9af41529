public import CalendarCore

/// A request that reached a simulator, for counting traffic; without query, headers or body.
public struct SimulatedRequest: Hashable, Sendable {
    /// The method.
    public let method: HTTPMethod
    /// The decoded path.
    public let path: String
    /// The status answered; nil when the reply was lost.
    public let status: Int?

    /// Creates a request.
    public init(method: HTTPMethod, path: String, status: Int?) {
        self.method = method
        self.path = path
        self.status = status
    }

    /// Whether it could change a calendar: anything but a read, a token call or a question about free time.
    ///
    /// The parts of a batch are requests of their own, so the batch itself does not count.
    public var isWrite: Bool {
        let path = path.lowercased()
        let readingEnds = ["/token", "freebusy", "getschedule"]
        let isBatch = path.contains("/batch/") || path.hasSuffix("/$batch")
        return method != .get && !isBatch && !readingEnds.contains { path.hasSuffix($0) }
    }
}
