/// Limits on how much callers may do, and how long it takes.
extension MicrosoftGraphSimulator {
    /// The limits for each mailbox; at first four requests at the same time.
    ///
    /// Requests are at the same time when they take time, see ``responseTime``, or are parts of one batch.
    public var throttle: GraphThrottle {
        get { withState { $0.traffic.throttle } }
        set { withState { $0.traffic.throttle = newValue } }
    }

    /// How many seconds each request takes, by the simulator's clock; none at first.
    ///
    /// A request keeps its place until then, and takes effect at the end.
    public var responseTime: Double {
        get { withState { $0.traffic.responseTime } }
        set { withState { $0.traffic.responseTime = newValue } }
    }

    /// Makes views and change feeds fail whose window is too long, as the service does when it runs out of time.
    ///
    /// - Parameters:
    ///   - days: The longest window that is served; nil for any.
    ///   - status: What others answer, 503 or 504, with an `UnknownError` that says nothing.
    public func failWindows(longerThan days: Int?, status: Int = 504) {
        withState { state in
            state.traffic.longestWindow = days
            state.traffic.overloadStatus = status
        }
    }
}
