extension URLSessionTransport {
    /// How a transport behaves; every field has a default that suits a server.
    public struct Configuration: Sendable, Hashable {
        /// The largest number of connections to one host, at least 1; further requests wait for a free one.
        ///
        /// Over HTTP/2, which both services speak, requests share a connection, so a small number serves many.
        public var connectionsPerHost: Int
        /// The `User-Agent` of requests that bring none (RFC 9110 section 10.1.5).
        ///
        /// Put the host's own product token first. Google compresses answers only for an agent that names `gzip`
        /// (developers.google.com/workspace/calendar/api/guides/performance), so keep that word.
        public var userAgent: String

        /// The product token and comment used when a host sets nothing else.
        public static let defaultUserAgent = "swift-calendar/0.1 (gzip)"

        /// Creates a configuration.
        public init(connectionsPerHost: Int = 6, userAgent: String = Configuration.defaultUserAgent) {
            self.connectionsPerHost = connectionsPerHost
            self.userAgent = userAgent
        }
    }
}
