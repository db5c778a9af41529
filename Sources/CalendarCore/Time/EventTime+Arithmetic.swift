import Foundation

extension EventTime {
    /// The time so many seconds later: by whole days for an all-day time, by elapsed seconds for a zoned one.
    ///
    /// An all-day time moves by the number of whole days in `seconds`, rounded down; the result stays within the
    /// supported years.
    package func advanced(bySeconds seconds: Double) -> EventTime {
        switch self {
        case .day(let date): .day(date.adding(days: Int((seconds / 86_400).rounded(.down))))
        case .zoned(let time): .zoned(ZonedDateTime(time.date.addingTimeInterval(seconds), in: time.zone))
        }
    }
}
