extension CalendarError {
    /// A situation the caller can act on; the set may grow, so switch with a default.
    public struct Code: Hashable, Sendable, Codable {
        /// The code as text, stable across versions.
        public let rawValue: String

        /// Wraps a code; providers outside this package may bring their own.
        public init(_ rawValue: String) {
            self.rawValue = rawValue
        }

        /// An argument is unusable; nothing was changed.
        public static let invalidArgument = Code("invalidArgument")
        /// The principal may not do this.
        public static let permissionDenied = Code("permissionDenied")
        /// The user has to connect again; `reason` carries the service's code.
        public static let reconnectRequired = Code("reconnectRequired")
        /// A scope that the operation needs was not granted.
        public static let scopeMissing = Code("scopeMissing")
        /// The authorization attempt is unknown, expired, used already or belongs to someone else.
        public static let attemptInvalid = Code("attemptInvalid")
        /// The service's user or administrator refused the grant.
        public static let accessDenied = Code("accessDenied")
        /// Another account was chosen at the service than the one the connection belongs to; nothing was changed.
        public static let accountMismatch = Code("accountMismatch")
        /// The OAuth client or the deployment is set up wrongly; connections stay as they are.
        public static let configuration = Code("configuration")
        /// The position in the change feed is no longer valid; only a full round helps.
        public static let cursorExpired = Code("cursorExpired")
        /// The thing changed since it was last read (HTTP 412).
        public static let conflict = Code("conflict")
        /// The identifier is taken already.
        public static let duplicate = Code("duplicate")
        /// The thing does not exist, or is not visible any more.
        public static let notFound = Code("notFound")
        /// The service forbids the operation.
        public static let forbidden = Code("forbidden")
        /// Too many requests; wait and try again.
        public static let rateLimited = Code("rateLimited")
        /// The service refuses writes of this account for hours; reading goes on.
        public static let writesPaused = Code("writesPaused")
        /// The service cannot answer at the moment.
        public static let unavailable = Code("unavailable")
        /// The answer is not what the service documents.
        public static let invalidResponse = Code("invalidResponse")
        /// The answer is larger than the request allows.
        public static let responseTooLarge = Code("responseTooLarge")
        /// The deadline passed before an answer arrived.
        public static let timedOut = Code("timedOut")
        /// The connection to the service failed.
        public static let connectionFailed = Code("connectionFailed")
        /// The access token was refused.
        public static let unauthenticated = Code("unauthenticated")
        /// The service refused the content of one event or request; the same request would be refused again.
        public static let rejected = Code("rejected")
        /// Stored data moved between reading and committing; read again.
        public static let revisionConflict = Code("revisionConflict")
        /// Another worker holds the lease, or took it over.
        public static let leaseLost = Code("leaseLost")
        /// A stored secret is not sealed, was changed, or was sealed with another key or for another place.
        public static let sealBroken = Code("sealBroken")
        /// The host's storage failed, `reason` says how; what is stored is as it was.
        public static let storage = Code("storage")
        /// The provider or service cannot do this.
        public static let unsupported = Code("unsupported")
        /// A calendar needed for the decision could not be read.
        public static let busyUnknown = Code("busyUnknown")
        /// The time is no longer free.
        public static let slotTaken = Code("slotTaken")
    }
}

extension CalendarError.Code: CustomStringConvertible {
    /// The code as text.
    public var description: String { rawValue }
}
