/// A recurrence rule with all parts of RFC 5545 section 3.3.10.
///
/// A rule made by hand can hold anything; `init(parsing:)` is the strict door.
public struct RecurrenceRule: Hashable, Sendable {
    /// The unit of repetition.
    public enum Frequency: String, CaseIterable, Sendable, Hashable, Codable {
        /// Every second.
        case secondly = "SECONDLY"
        /// Every minute.
        case minutely = "MINUTELY"
        /// Every hour.
        case hourly = "HOURLY"
        /// Every day.
        case daily = "DAILY"
        /// Every week.
        case weekly = "WEEKLY"
        /// Every month.
        case monthly = "MONTHLY"
        /// Every year.
        case yearly = "YEARLY"
    }

    /// The last moment at which an occurrence may start, inclusive.
    public enum Until: Sendable, Hashable {
        /// A day; the whole day counts.
        case date(CivilDate)
        /// An instant, given as its reading in UTC.
        case utc(CivilDateTime)
        /// A reading on the clock of the series.
        case local(CivilDateTime)
    }

    /// A weekday, alone or as the nth of its month or year.
    public struct NthWeekday: Sendable, Hashable {
        /// The weekday.
        public var weekday: Weekday
        /// Which one, counted from the end when negative; nil means every one.
        public var ordinal: Int?

        /// Creates a weekday, alone or with its place.
        public init(_ weekday: Weekday, ordinal: Int? = nil) {
            self.weekday = weekday
            self.ordinal = ordinal
        }
    }

    /// The unit of repetition.
    public var frequency: Frequency
    /// Every how many units, 1 or more.
    public var interval = 1
    /// How many occurrences there are; nil for no such limit.
    public var count: Int?
    /// The last moment of the series; nil for no such limit.
    public var until: Until?
    /// Seconds of the minute, 0 to 60.
    public var bySecond: [Int] = []
    /// Minutes of the hour, 0 to 59.
    public var byMinute: [Int] = []
    /// Hours of the day, 0 to 23.
    public var byHour: [Int] = []
    /// Weekdays.
    public var byDay: [NthWeekday] = []
    /// Days of the month, 1 to 31 or -31 to -1.
    public var byMonthDay: [Int] = []
    /// Days of the year, 1 to 366 or -366 to -1.
    public var byYearDay: [Int] = []
    /// ISO weeks, 1 to 53 or -53 to -1.
    public var byWeekNumber: [Int] = []
    /// Months, 1 to 12.
    public var byMonth: [Int] = []
    /// Places within the set of one period, 1 to 366 or -366 to -1.
    public var bySetPosition: [Int] = []
    /// The day on which weeks begin.
    public var weekStart: Weekday = .monday

    /// Creates a rule without limits.
    public init(frequency: Frequency, interval: Int = 1) {
        self.frequency = frequency
        self.interval = interval
    }

    /// Whether the rule names an end, by COUNT or UNTIL.
    public var isFinite: Bool { count != nil || until != nil }
}
