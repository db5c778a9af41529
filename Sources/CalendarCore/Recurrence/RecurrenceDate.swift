/// One value of an RDATE or EXDATE line, after RFC 5545 sections 3.8.5.1 and 3.8.5.2.
public enum RecurrenceDate: Hashable, Sendable, Codable {
    /// A day, from `VALUE=DATE` or a value without a time.
    case day(CivilDate)

    /// An instant, given as its reading in UTC.
    case utc(CivilDateTime)

    /// A reading in the zone the line names.
    case zoned(ZonedDateTime)

    /// A reading on the clock of the series.
    case local(CivilDateTime)
}

extension RecurrenceDate {
    /// The time as one of a series, in the terms of the series' start: a day, or a reading in its zone.
    ///
    /// For a day beside a timed start the time of day is the start's.
    package func time(like start: EventTime) -> EventTime {
        guard case .zoned(let first) = start else {
            return .day(civil.date)
        }
        return switch self {
        case .day(let date):
            .zoned(CivilDateTime(date: date, secondOfDay: first.civil.secondOfDay), first.zone)
        case .local(let reading): .zoned(reading, first.zone)
        case .utc(let reading): .zoned(ZonedDateTime(EventZone.utc.date(of: reading), in: first.zone))
        case .zoned(let time): .zoned(ZonedDateTime(time.date, in: first.zone))
        }
    }

    /// The reading as written.
    private var civil: CivilDateTime {
        switch self {
        case .day(let date): CivilDateTime(startOf: date)
        case .utc(let reading), .local(let reading): reading
        case .zoned(let time): time.civil
        }
    }
}

/// One value of an RDATE line with `VALUE=PERIOD`, after RFC 5545 section 3.3.9; its start is also an addition.
public struct RecurrencePeriod: Hashable, Sendable, Codable {
    /// How a period ends.
    public enum End: Hashable, Sendable, Codable {
        /// At a time, exclusive.
        case at(RecurrenceDate)
        /// After so many days of the calendar and then so many seconds.
        case after(days: Int, seconds: Int)
    }

    /// Where it starts.
    public var start: RecurrenceDate
    /// Where it ends.
    public var end: End

    /// Creates a period.
    public init(start: RecurrenceDate, end: End) {
        self.start = start
        self.end = end
    }
}
