/// A recorded fault of one event, which stops nobody else (requirement R-28).
public struct SyncIssue: Hashable, Sendable, Codable {
    /// What kind of fault it is; the set may grow.
    public struct Code: Hashable, Sendable, Codable, CustomStringConvertible {
        /// The code as text.
        public let rawValue: String

        /// Wraps a code.
        public init(_ rawValue: String) {
            self.rawValue = rawValue
        }

        /// A field is missing or cannot be read.
        public static let unreadableField = Code("unreadableField")
        /// The recurrence cannot be expanded; it is kept as it came.
        public static let unsupportedRecurrence = Code("unsupportedRecurrence")
        /// The zone is unknown; times are computed as UTC.
        public static let unknownZone = Code("unknownZone")
        /// Occurrences of a series came without it and it cannot be read yet; each round tries again.
        public static let pendingHydration = Code("pendingHydration")
        /// Several events of the calendar have one UID and say the same (requirement R-09).
        public static let duplicates = Code("duplicates")
        /// The service refused a write for good; one that would have made an event goes under its operation's id.
        public static let writeRejected = Code("writeRejected")

        /// The code as text.
        public var description: String { rawValue }
    }

    /// The event at fault; nil when not even its id could be read.
    public var event: RemoteEventID?
    /// The version of the event; the issue is tried again when it changes.
    public var etag: String?
    /// What kind of fault it is.
    public var code: Code
    /// The field at fault.
    public var field: String?
    /// One sentence without personal data.
    public var message: String
    /// Whether somebody has asked not to be shown it, which holds until the event changes.
    public var isIgnored: Bool

    /// Creates an issue.
    public init(event: RemoteEventID?, etag: String? = nil, code: Code, field: String? = nil, message: String) {
        self.event = event
        self.etag = etag
        self.code = code
        self.field = field
        self.message = message
        isIgnored = false
    }
}

extension SyncIssue {
    /// Reads a stored issue; one that was stored without the mark is shown.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            event: try stored.decodeIfPresent(RemoteEventID.self, forKey: .event),
            etag: try stored.decodeIfPresent(String.self, forKey: .etag),
            code: try stored.decode(Code.self, forKey: .code),
            field: try stored.decodeIfPresent(String.self, forKey: .field),
            message: try stored.decode(String.self, forKey: .message)
        )
        isIgnored = try stored.decodeIfPresent(Bool.self, forKey: .isIgnored) ?? false
    }

    /// Whether it is the same fault of the same event.
    func isSameFault(as other: SyncIssue) -> Bool {
        event == other.event && code == other.code
    }

    /// The same issue, ignored where the fault of the same version of the event was.
    func ignored(as known: [SyncIssue]) -> SyncIssue {
        var issue = self
        issue.isIgnored = known.contains { $0.isIgnored && $0.isSameFault(as: self) && $0.etag == etag }
        return issue
    }
}

/// Something a service cannot express and that a write therefore leaves out or changes.
public struct FidelityLoss: Hashable, Sendable, Codable {
    /// The field concerned.
    public var field: EventField
    /// One sentence without personal data.
    public var message: String

    /// Creates a loss.
    public init(_ field: EventField, _ message: String) {
        self.field = field
        self.message = message
    }
}
