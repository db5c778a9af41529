#if SQLite
import CalendarCore
import Foundation

/// Where a record lies in time, as the indexes see it.
///
/// An index by start alone would have to be read from its beginning, because an event may last for years. So records are
/// kept apart by their length: those of one length that touch a span start within a known time of it.
struct EventSpan: Equatable {
    /// The length's number: the first limit that holds the record, one more for longer ones, two more for series.
    let length: Int
    /// The start in milliseconds; a day earlier for all-day events, which float.
    let starts: Int64
    /// The end in milliseconds, likewise a day later; never for series, whose end only their rule tells.
    let ends: Int64

    /// The number of series, which touch every span behind their start.
    static let series = limits.count + 1

    init(length: Int, starts: Int64, ends: Int64) {
        (self.length, self.starts, self.ends) = (length, starts, ends)
    }

    init(_ record: EventRecord) {
        let slack: Int64 = record.content.start.isAllDay ? Self.day : 0
        let starts = record.content.start.date(floatingIn: .utc).millisecondsSinceEpoch - slack
        self.starts = starts
        if record.role == .series {
            (length, ends) = (Self.series, .max)
        } else {
            let ends = record.content.end.date(floatingIn: .utc).millisecondsSinceEpoch + slack
            self.ends = ends
            length = Self.limits.firstIndex { ends - starts <= $0 } ?? Self.limits.count
        }
    }

    /// For each length, the instant behind which records start that end behind another one.
    static func earliestStarts(endingAfter instant: Int64) -> [Int64] {
        limits.map { instant - $0 } + [.min, .min]
    }

    private static let day: Int64 = 86_400_000
    private static let limits = [1, 4, 32, 366].map { $0 * day }
}
#endif
