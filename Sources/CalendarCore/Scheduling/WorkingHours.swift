/// When somebody can be met: ranges of wall-clock time per weekday in their own zone, and days that differ.
///
/// An instant is within working hours when the clock of the zone then shows a reading in one of the day's ranges. So on
/// a day on which clocks go forward a range loses the skipped part, and on a day on which they go back a reading that
/// occurs twice counts both times. A night shift is two ranges, up to 24:00 and from 00:00 of the next day; they join.
public struct WorkingHours: Hashable, Sendable {
    /// The zone whose clock the ranges are read on.
    public let zone: EventZone
    /// The ranges of each weekday, ascending; a weekday that is absent is closed.
    public let week: [Weekday: [MinuteRange]]
    /// The ranges of days that differ from their weekday, ascending; an empty list closes the day.
    public let overrides: [CivilDate: [MinuteRange]]

    /// Creates working hours.
    ///
    /// - Parameters:
    ///   - zone: The zone whose clock the ranges are read on.
    ///   - week: The ranges of each weekday, ascending and without overlap; a weekday left out is closed.
    ///   - overrides: The ranges of single days, in place of those of their weekday.
    /// - Throws: `CalendarError.invalidArgument` naming the list, such as `week.monday` or `overrides.2026-12-24`.
    public init(
        zone: EventZone,
        week: [Weekday: [MinuteRange]],
        overrides: [CivilDate: [MinuteRange]] = [:]
    ) throws(CalendarError) {
        for weekday in Weekday.allCases {
            try Self.check(week[weekday] ?? [], "week.\(weekday)")
        }
        for date in overrides.keys.sorted() {
            try Self.check(overrides[date] ?? [], "overrides.\(date)")
        }
        self.zone = zone
        self.week = week.filter { !$0.value.isEmpty }
        self.overrides = overrides
    }

    /// The same hours from Monday to Friday, such as from `09:00` to `17:00`.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming `from` or `to`.
    public static func weekdays(
        from: String,
        to: String,
        in zone: EventZone
    ) throws(CalendarError) -> WorkingHours {
        let range = try MinuteRange(from: from, to: to)
        let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        return try WorkingHours(zone: zone, week: Dictionary(uniqueKeysWithValues: days.map { ($0, [range]) }))
    }

    /// The same hours with some days set differently; days set before and not named stay as they are.
    ///
    /// - Throws: `CalendarError.invalidArgument` naming the day, such as `overrides.2026-12-24`.
    public func overriding(_ days: [CivilDate: [MinuteRange]]) throws(CalendarError) -> WorkingHours {
        try WorkingHours(zone: zone, week: week, overrides: overrides.merging(days) { _, new in new })
    }

    /// The ranges of a day, ascending; empty when it is closed.
    public func ranges(on date: CivilDate) -> [MinuteRange] {
        overrides[date] ?? week[date.weekday] ?? []
    }

    private static func check(_ ranges: [MinuteRange], _ field: String) throws(CalendarError) {
        var end = 0
        for range in ranges {
            guard range.start >= end else {
                throw .invalidArgument(field, "The ranges of a day ascend and do not overlap.")
            }
            end = range.end
        }
    }
}

extension WorkingHours: Codable {
    private enum CodingKeys: String, CodingKey {
        case zone
        case week
        case overrides
    }

    private struct Override: Codable {
        var date: CivilDate
        var ranges: [MinuteRange]
    }

    /// Decodes and checks working hours.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let lists = try container.decode([[MinuteRange]].self, forKey: .week)
        guard lists.count == Weekday.allCases.count else {
            throw CalendarError.invalidArgument("week", "A week has seven lists of ranges, the first for Monday.")
        }
        let days = try container.decodeIfPresent([Override].self, forKey: .overrides) ?? []
        try self.init(
            zone: try container.decode(EventZone.self, forKey: .zone),
            week: Dictionary(uniqueKeysWithValues: zip(Weekday.allCases, lists)),
            overrides: Dictionary(days.map { ($0.date, $0.ranges) }) { _, last in last }
        )
    }

    /// Encodes the zone, seven lists of ranges from Monday on, and the days that differ in ascending order.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(zone, forKey: .zone)
        try container.encode(Weekday.allCases.map { week[$0] ?? [] }, forKey: .week)
        let days = overrides.sorted { $0.key < $1.key }.map { Override(date: $0.key, ranges: $0.value) }
        try container.encode(days, forKey: .overrides)
    }
}
