/// The text of an event.
public struct EventBody: Hashable, Sendable, Codable {
    /// The text; HTML when ``isHTML`` says so.
    public var text: String
    /// Whether the text is HTML.
    public var isHTML: Bool

    /// Creates a text.
    public init(_ text: String, isHTML: Bool = false) {
        self.text = text
        self.isHTML = isHTML
    }
}

/// When an event's owner is reminded; a personal setting that guests do not share.
public struct EventReminders: Hashable, Sendable, Codable {
    /// One reminder.
    public struct Reminder: Hashable, Sendable, Codable {
        /// How it reaches the owner, such as `popup` or `email`.
        public var method: String
        /// Minutes before the start.
        public var minutesBefore: Int

        /// Creates a reminder.
        public init(method: String = "popup", minutesBefore: Int) {
            self.method = method
            self.minutesBefore = minutesBefore
        }
    }

    /// Whether the calendar's own reminders apply.
    public var usesDefault: Bool
    /// The event's own reminders.
    public var overrides: [Reminder]

    /// Creates reminders.
    public init(usesDefault: Bool, overrides: [Reminder] = []) {
        self.usesDefault = usesDefault
        self.overrides = overrides
    }
}

/// A way to join an event from elsewhere.
public struct EventConference: Hashable, Sendable, Codable {
    /// How far the service is with making it.
    public enum State: String, Hashable, Sendable, Codable {
        /// Asked for; the link comes later.
        case pending
        /// There is a link, or none was needed.
        case ready
        /// The service could not make one.
        case failed
    }

    /// The service's word for the solution, such as `hangoutsMeet` or `teamsForBusiness`.
    public var solution: String?
    /// The address to join; treat it as a secret in logs.
    public var joinURL: String?
    /// How far the service is.
    public var state: State
    /// Every way in that the service names, the join address among them; read and never written.
    public var entryPoints: [ConferenceEntryPoint]

    /// Creates a conference.
    public init(
        solution: String?,
        joinURL: String?,
        state: State,
        entryPoints: [ConferenceEntryPoint] = []
    ) {
        self.solution = solution
        self.joinURL = joinURL
        self.state = state
        self.entryPoints = entryPoints
    }
}

/// A file or link that belongs to an event.
public struct EventAttachment: Hashable, Sendable, Codable {
    /// The address of the file.
    public var url: String
    /// The name shown.
    public var title: String?
    /// The media type.
    public var mediaType: String?

    /// Creates an attachment.
    public init(url: String, title: String? = nil, mediaType: String? = nil) {
        self.url = url
        self.title = title
        self.mediaType = mediaType
    }
}

extension EventConference {
    /// Reads a stored conference; one that was stored without ways in has none.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            solution: try stored.decodeIfPresent(String.self, forKey: .solution),
            joinURL: try stored.decodeIfPresent(String.self, forKey: .joinURL),
            state: try stored.decode(State.self, forKey: .state),
            entryPoints: try stored.decodeIfPresent([ConferenceEntryPoint].self, forKey: .entryPoints) ?? []
        )
    }
}
