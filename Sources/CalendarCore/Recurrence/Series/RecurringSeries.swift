internal import Foundation

/// When a recurring event happens: its recurrence, its first start and how long an occurrence lasts.
///
/// A value with pure operations: nothing here reads a clock or a store.
public struct RecurringSeries: Hashable, Sendable, Codable {
    /// The rules, additions and exclusions.
    public var recurrence: Recurrence

    /// The start of the series, which fixes its zone and what the rules leave open.
    public var start: EventTime

    /// How long an occurrence lasts.
    public var duration: Duration

    /// Creates a series.
    ///
    /// - Parameters:
    ///   - recurrence: The rules, additions and exclusions.
    ///   - start: The start of the series.
    ///   - duration: How long an occurrence lasts; for an all-day series a multiple of 24 hours.
    public init(_ recurrence: Recurrence, start: EventTime, duration: Duration = .zero) {
        self.recurrence = recurrence
        self.start = start
        self.duration = duration
    }

    /// The occurrences.
    public var set: RecurrenceSet { RecurrenceSet(recurrence, start: start, duration: duration) }

    /// Whether an original start names an occurrence of the series, excluded ones left aside.
    ///
    /// The comparison is by instant in a timed series, whatever zone the original start is written in (the
    /// RECURRENCE-ID of RFC 5545 section 3.8.4.4), and by day in an all-day series. A day never names an occurrence of a
    /// timed series, nor a time one of an all-day series: after such a change the exception has lost its place.
    ///
    /// Costs as much as one small window of the set: independent of the distance where the rule allows jumping.
    public func contains(originalStart: EventTime) -> Bool {
        guard let moment = moment(of: originalStart) else { return false }
        let set = RecurrenceSet(recurrence, start: start)
        return set.hasStart(from: moment.instant, upTo: moment.instant + 1)
    }
}

extension RecurringSeries {
    /// An event time in the terms of the series, or nil when one is a day and the other a time.
    func moment(of time: EventTime) -> SeriesMoment? {
        switch (time, start) {
        case (.day, .day): SeriesMoment(time)
        case (.zoned(let zoned), .zoned(let first)):
            SeriesMoment(.zoned(ZonedDateTime(zoned.date, in: first.zone)))
        default: nil
        }
    }

    /// A value of RDATE or EXDATE in the terms of the series.
    func moment(of date: RecurrenceDate) -> SeriesMoment { SeriesMoment(date.time(like: start)) }
}

/// A time of a series with its instant; a day counts as its midnight in UTC, which keeps days in order.
struct SeriesMoment {
    let time: EventTime
    let instant: Int64

    init(_ time: EventTime) {
        self.time = time
        instant = time.date(floatingIn: .utc).secondsSinceEpoch
    }
}
