public import Foundation

/// The span of time that is mirrored; an event that leaves it is not deleted (requirement M-35).
public struct SyncWindow: Hashable, Sendable, Codable {
    /// The start, inclusive.
    public let start: Date
    /// The end, exclusive; nil means open.
    public let end: Date?

    /// Creates a window.
    ///
    /// - Throws: `CalendarError.invalidArgument` when the end does not lie after the start.
    public init(start: Date, end: Date?) throws {
        if let end, end <= start {
            throw CalendarError.invalidArgument("end", "The window's end must lie after its start.")
        }
        self.start = start
        self.end = end
    }

    /// Whether a span of time touches the window.
    public func overlaps(start other: Date, end otherEnd: Date) -> Bool {
        otherEnd > start && (end.map { other < $0 } ?? true)
    }
}

/// An opaque position in a change feed after a whole round; kept once, with the last page of the round.
public struct SyncCursor: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The provider's text; it may hold an address with opaque state, so keep it out of logs.
    public let rawValue: String

    /// Wraps the provider's text.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Says that it is a cursor, not which.
    public var description: String { "cursor" }
}

/// An opaque position inside an unfinished round; kept with every page and void once the feed expires.
public struct ResumePoint: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The provider's text; keep it out of logs.
    public let rawValue: String

    /// Wraps the provider's text.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Says that it is a resume point, not which.
    public var description: String { "resume point" }
}

/// Where reading a change feed goes on; a window can only be given at the beginning (requirement R-24).
public enum ChangePosition: Hashable, Sendable {
    /// A full round over a window.
    case beginning(SyncWindow)
    /// The next page of an unfinished round.
    case page(ResumePoint)
    /// What changed since a finished round.
    case cursor(SyncCursor)
}

/// One change of a calendar.
public enum RemoteChange: Hashable, Sendable {
    /// An event is there, new or changed or simply mentioned again.
    case upserted(RemoteEvent)
    /// An event is gone; when not certain, it may merely have left the window and has to be looked up first.
    case removed(RemoteEventID, isCertain: Bool)
    /// One occurrence of a series does not take place.
    case occurrenceCancelled(OccurrenceKey, id: RemoteEventID, etag: String?)
    /// The complete set of occurrences that a series has within the window, from services that list them one by one.
    case occurrences(SeriesOccurrences)
    /// An event could not be read; everything else goes on.
    case unreadable(SyncIssue)
}

/// The occurrences a service listed for one series within a window; those it left out do not take place.
public struct SeriesOccurrences: Hashable, Sendable, Codable {
    /// The master.
    public let series: RemoteEventID
    /// The window that was listed.
    public let window: SyncWindow
    /// The starts that the rule gave the listed occurrences, ascending.
    public let originalStarts: [Date]

    /// Creates a set of occurrences.
    public init(series: RemoteEventID, window: SyncWindow, originalStarts: [Date]) {
        self.series = series
        self.window = window
        self.originalStarts = originalStarts
    }
}

/// One step of a change feed.
public struct ChangePage: Sendable {
    /// What follows the page.
    public enum Continuation: Hashable, Sendable {
        /// Another page.
        case more(ResumePoint)
        /// Nothing: the round is complete, and the next one starts at the cursor.
        case end(SyncCursor)
    }

    /// The changes, in the service's order; a page may hold none and still not be the last.
    public let changes: [RemoteChange]
    /// What follows.
    public let continuation: Continuation

    /// Creates a page.
    public init(changes: [RemoteChange], continuation: Continuation) {
        self.changes = changes
        self.continuation = continuation
    }
}
