internal import Foundation

/// Turns local readings of a series into instants and event times, by the zone of the series.
struct SeriesClock: Sendable {
    /// A start of the series as integers.
    struct Start: Sendable {
        /// The reading, seconds as if in UTC, moved out of a gap.
        var local: Int64
        /// The instant, seconds since 1970.
        var instant: Int64
    }

    private let start: EventTime
    private let table: ZoneTable

    init(start: EventTime, floatingIn zone: EventZone) {
        self.start = start
        table = start.zone?.table ?? zone.table
    }

    /// The start at a local reading; a day stays that day even where midnight does not exist.
    func start(atLocal local: Int64) -> Start {
        switch table.reading(ofLocal: local) {
        case .once(let offset):
            return Start(local: local, instant: local - Int64(offset))
        case .twice(let before, let after):
            // The first of two, but for the series' own start, which says which one it is.
            let isLater = isLaterStart && local == start.civil.secondsSinceEpoch
            return Start(local: local, instant: local - Int64(isLater ? after : before))
        case .skipped(let before, let after):
            let moved = start.isAllDay ? local : local + Int64(after - before)
            return Start(local: moved, instant: local - Int64(before))
        }
    }

    /// The start of an event time that is already in the terms of the series.
    func start(at time: EventTime) -> Start {
        guard case .zoned(let zoned) = time else { return start(atLocal: time.civil.secondsSinceEpoch) }
        let instant = zoned.date.secondsSinceEpoch
        return Start(local: instant + Int64(table.offset(at: instant)), instant: instant)
    }

    /// The event time of a start.
    func time(of start: Start) -> EventTime {
        let civil = CivilDateTime(secondsSinceEpoch: start.local)
        guard let zone = self.start.zone else { return .day(civil.date) }
        let isLater = table.seconds(of: civil) != start.instant
        return .zoned(ZonedDateTime(civil: civil, zone: zone, isLaterInOverlap: isLater))
    }

    /// A local reading that is certainly not after any start at or after an instant.
    func local(before instant: Int64) -> Int64 {
        instant + Int64(table.offset(at: instant)) - 2 * 86_400
    }

    private var isLaterStart: Bool {
        if case .zoned(let time) = start { time.isLaterInOverlap } else { false }
    }
}
