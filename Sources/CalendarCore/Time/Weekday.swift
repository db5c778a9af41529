/// A day of the week, numbered as ISO 8601 does: Monday is 1 and Sunday is 7.
public enum Weekday: Int, CaseIterable, Sendable, Hashable, Codable, Comparable {
    /// The first day of the ISO week.
    case monday = 1
    /// The second day of the ISO week.
    case tuesday
    /// The third day of the ISO week.
    case wednesday
    /// The fourth day of the ISO week.
    case thursday
    /// The fifth day of the ISO week.
    case friday
    /// The sixth day of the ISO week.
    case saturday
    /// The last day of the ISO week.
    case sunday

    /// The two letters of RFC 5545 section 3.3.10, such as `MO`.
    public var iCalendarCode: String {
        switch self {
        case .monday: "MO"
        case .tuesday: "TU"
        case .wednesday: "WE"
        case .thursday: "TH"
        case .friday: "FR"
        case .saturday: "SA"
        case .sunday: "SU"
        }
    }

    /// Creates a weekday from the two letters of RFC 5545 section 3.3.10, in any case.
    public init?(iCalendarCode: String) {
        let code = iCalendarCode.uppercased()
        guard let match = Self.allCases.first(where: { $0.iCalendarCode == code }) else { return nil }
        self = match
    }

    /// Creates the weekday of a day counted from 1 January 1970, which was a Thursday.
    package init(daysSinceEpoch days: Int) {
        let index = ((days + 3) % 7 + 7) % 7
        self = Self(rawValue: index + 1) ?? .monday
    }

    /// How many days this weekday lies after another one, 0 to 6.
    package func days(after start: Weekday) -> Int {
        (rawValue - start.rawValue + 7) % 7
    }

    /// Orders weekdays from Monday to Sunday.
    public static func < (left: Weekday, right: Weekday) -> Bool {
        left.rawValue < right.rawValue
    }
}
