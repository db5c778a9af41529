public import Foundation

/// A span of time in which somebody is not free.
public struct BusyInterval: Hashable, Sendable, Codable, Comparable {
    /// The start, inclusive.
    public let start: Date
    /// The end, exclusive.
    public let end: Date
    /// How the time is filled.
    public let availability: Availability

    /// Creates an interval.
    public init(start: Date, end: Date, availability: Availability = .busy) {
        self.start = start
        self.end = end
        self.availability = availability
    }

    /// Orders by start, end, then kind.
    public static func < (left: Self, right: Self) -> Bool {
        (left.start, left.end, left.availability.rawValue) < (right.start, right.end, right.availability.rawValue)
    }
}

/// A question to one service about when calendars are busy.
public struct FreeBusyQuery: Hashable, Sendable {
    /// Whose time is asked for: mail addresses or ids of calendars.
    public let subjects: [String]
    /// The start, inclusive.
    public let start: Date
    /// The end, exclusive.
    public let end: Date

    /// Creates a question.
    ///
    /// - Throws: `CalendarError.invalidArgument` when the end does not lie after the start.
    public init(subjects: [String], start: Date, end: Date) throws {
        guard start < end else {
            throw CalendarError.invalidArgument("end", "The window's end must lie after its start.")
        }
        self.subjects = subjects
        self.start = start
        self.end = end
    }
}

/// What is known of somebody's time; unknown is never free (requirement R-37).
public enum BusyTime: Hashable, Sendable {
    /// The busy intervals within the asked window, ascending by start.
    case known([BusyInterval])
    /// The calendar could not be read, for a reason that holds no address.
    case unknown(reason: String)
}
