/// A word from a service's vocabulary: known words are static members, others are kept as they came.
///
/// Services add words without notice, and a strict reader then loses whole pages; so every such value is open.
public protocol OpenVocabulary: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible
where RawValue == String {
    /// Wraps a word, known or not.
    init(rawValue: String)
}

extension OpenVocabulary {
    /// The word itself.
    public var description: String { rawValue }
}

/// The state of an event (RFC 5545 STATUS).
public struct EventStatus: OpenVocabulary {
    /// The word.
    public let rawValue: String

    /// Wraps a word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// It takes place.
    public static let confirmed = EventStatus(rawValue: "confirmed")
    /// It may take place.
    public static let tentative = EventStatus(rawValue: "tentative")
    /// It does not take place.
    public static let cancelled = EventStatus(rawValue: "cancelled")
}

/// How an event fills its owner's time.
public struct Availability: OpenVocabulary {
    /// The word.
    public let rawValue: String

    /// Wraps a word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The time stays free.
    public static let free = Availability(rawValue: "free")
    /// The time may be taken.
    public static let tentative = Availability(rawValue: "tentative")
    /// The time is taken.
    public static let busy = Availability(rawValue: "busy")
    /// The owner is away.
    public static let outOfOffice = Availability(rawValue: "outOfOffice")
    /// The owner works from another place and can be met.
    public static let workingElsewhere = Availability(rawValue: "workingElsewhere")

    /// Whether a meeting cannot be put on top of it; unknown words count as taken.
    public var blocksTime: Bool { self != .free && self != .workingElsewhere }
}

/// Who may see an event's details.
public struct EventVisibility: OpenVocabulary {
    /// The word.
    public let rawValue: String

    /// Wraps a word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// As the calendar's sharing says.
    public static let standard = EventVisibility(rawValue: "default")
    /// Everybody who sees the calendar.
    public static let `public` = EventVisibility(rawValue: "public")
    /// Personal, a milder form of private (Microsoft Graph).
    public static let personal = EventVisibility(rawValue: "personal")
    /// Guests only.
    public static let `private` = EventVisibility(rawValue: "private")
    /// Guests only, marked confidential.
    public static let confidential = EventVisibility(rawValue: "confidential")

    /// Whether others must not see the details (requirement M-47).
    public var hidesDetails: Bool { self != .standard && self != .public }
}

/// What an event is, where a service has special kinds.
public struct EventKind: OpenVocabulary {
    /// The word.
    public let rawValue: String

    /// Wraps a word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// An ordinary event.
    public static let standard = EventKind(rawValue: "default")
    /// Time away.
    public static let outOfOffice = EventKind(rawValue: "outOfOffice")
    /// Time without meetings.
    public static let focusTime = EventKind(rawValue: "focusTime")
    /// Where somebody works.
    public static let workingLocation = EventKind(rawValue: "workingLocation")
    /// A birthday.
    public static let birthday = EventKind(rawValue: "birthday")
    /// Made from a mail.
    public static let fromGmail = EventKind(rawValue: "fromGmail")
}

/// How much an event matters (Microsoft Graph).
public struct EventImportance: OpenVocabulary {
    /// The word.
    public let rawValue: String

    /// Wraps a word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Little.
    public static let low = EventImportance(rawValue: "low")
    /// As usual.
    public static let normal = EventImportance(rawValue: "normal")
    /// Much.
    public static let high = EventImportance(rawValue: "high")
}

/// A guest's answer (RFC 5545 PARTSTAT).
public struct ResponseStatus: OpenVocabulary {
    /// The word.
    public let rawValue: String

    /// Wraps a word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// No answer yet.
    public static let needsAction = ResponseStatus(rawValue: "needsAction")
    /// Comes.
    public static let accepted = ResponseStatus(rawValue: "accepted")
    /// May come.
    public static let tentative = ResponseStatus(rawValue: "tentative")
    /// Does not come.
    public static let declined = ResponseStatus(rawValue: "declined")
    /// Is the organizer, who needs no answer.
    public static let organizer = ResponseStatus(rawValue: "organizer")
}
