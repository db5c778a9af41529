/// Something a provider can do, and a scope can open.
public struct ProviderCapability: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The capability as text.
    public let rawValue: String

    /// Wraps a capability.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// List calendars.
    public static let listCalendars = ProviderCapability("listCalendars")
    /// Read events and follow their changes.
    public static let readEvents = ProviderCapability("readEvents")
    /// Create, change and delete events.
    public static let writeEvents = ProviderCapability("writeEvents")
    /// Ask when somebody is busy.
    public static let freeBusy = ProviderCapability("freeBusy")
    /// Ask when any calendar, not only an account's main one, is busy; subjects of a query may be calendar ids.
    public static let freeBusyByCalendar = ProviderCapability("freeBusyByCalendar")
    /// List the occurrences of a series, and name a single one.
    public static let instances = ProviderCapability("instances")
    /// Answer an invitation.
    public static let respond = ProviderCapability("respond")
    /// Move an event into another calendar.
    public static let moveEvents = ProviderCapability("moveEvents")
    /// Report changes on a channel.
    public static let notifications = ProviderCapability("notifications")

    /// The capability as text.
    public var description: String { rawValue }

    /// Orders capabilities by text, for deterministic output.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What a provider is called and what it can do, as data (requirement M-09).
public struct ProviderDescriptor: Sendable, Hashable {
    /// Whether a capability is there, and if not, why.
    public enum Availability: Sendable, Hashable {
        /// It works.
        case available
        /// It does not, for a reason that may be shown.
        case unavailable(String)
    }

    /// Whether the service lets the caller decide if a write sends mail.
    public enum MailControl: Sendable, Hashable {
        /// Each write says whether mail is sent.
        case perWrite
        /// Every write of a meeting with guests sends mail.
        case always
    }

    /// The provider's id.
    public let id: ProviderID
    /// The name shown to users.
    public let name: String
    /// What it can do.
    public let capabilities: [ProviderCapability: Availability]
    /// Whether mail can be suppressed.
    public let mailControl: MailControl
    /// Prefixes of the environment variables that name its OAuth client, the preferred one first.
    public let environmentPrefixes: [String]
    /// Where to register an OAuth client, for people.
    public let registrationHelp: String

    /// Creates a descriptor.
    public init(
        id: ProviderID,
        name: String,
        capabilities: [ProviderCapability: Availability],
        mailControl: MailControl,
        environmentPrefixes: [String],
        registrationHelp: String
    ) {
        self.id = id
        self.name = name
        self.capabilities = capabilities
        self.mailControl = mailControl
        self.environmentPrefixes = environmentPrefixes
        self.registrationHelp = registrationHelp
    }

    /// Whether a capability works.
    public func can(_ capability: ProviderCapability) -> Bool {
        capabilities[capability] == .available
    }
}
